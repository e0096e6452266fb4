package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8693. */
class ExchangeGrantTest {
    private static final String TYPE = "urn:ietf:params:oauth:token-type:";
    private static final String NOT_GOOD =
            " is not a token of this server that is good and that this client may exchange";

    private final Signer partner = Signer.es256();
    private final Office office = new Office(s -> s.trustedIssuers(
            AssertionIssuer.of("https://partner.example", partner.jwks()).scopes("stock.read")));

    @BeforeEach
    void register() {
        office.server.client(Office.shop("shop"));
        office.server.client(Office.orders());
        office.server.client(Office.orders("billing"));
    }

    @AfterEach
    void stop() {
        office.close();
    }

    private String aliceAt(String audience, String... scopes) {
        return office.server.issue("alice", audience, scopes);
    }

    private static String request(String subjectToken, String... more) {
        List<String> pairs = new ArrayList<>(List.of(
                "grant_type",
                GrantTypes.TOKEN_EXCHANGE,
                "subject_token",
                subjectToken,
                "subject_token_type",
                TYPE + "access_token"));
        pairs.addAll(List.of(more));
        return Office.form(pairs.toArray(String[]::new));
    }

    private HttpResponse<String> ask(String form) {
        return office.caller.token("orders-service", "s3cret", form);
    }

    private String own(String client) {
        return office.caller.accessToken(client, "s3cret", "grant_type=client_credentials");
    }

    @Test
    void aResourceServerActsAsTheUserElsewhereWithNoMoreThanItGot() throws Exception {
        JsonNode tokens = Office.good(ask(request(aliceAt("orders", "orders.read", "orders.write"))));

        assertThat(tokens.get("issued_token_type").textValue()).isEqualTo(TYPE + "access_token");
        assertThat(tokens.get("token_type").textValue()).isEqualTo("Bearer");
        assertThat(tokens.get("scope").textValue()).isEqualTo("orders.read");
        assertThat(tokens.has("refresh_token")).isFalse();
        SignedJWT token = SignedJWT.parse(tokens.get("access_token").textValue());
        assertThat(token.getHeader().getType()).hasToString("at+jwt");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("alice");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("stock");
        assertThat(token.getJWTClaimsSet().getClaim("client_id")).isEqualTo("orders-service");
        assertThat(token.getJWTClaimsSet().getClaim("act")).isNull();
    }

    @Test
    void withAnActorTheTokenSaysWhoActsForWhom() {
        String form = request(
                aliceAt("orders", "orders.read"),
                "actor_token",
                own("orders-service"),
                "actor_token_type",
                TYPE + "access_token");
        String once = Office.good(ask(form)).get("access_token").textValue();
        assertThat(office.introspect(once).get("act")).hasToString("{\"sub\":\"orders-service\"}");

        String again = Office.good(ask(
                        request(once, "actor_token", own("orders-service"), "actor_token_type", TYPE + "access_token")))
                .get("access_token")
                .textValue();
        assertThat(office.introspect(again).get("act"))
                .hasToString("{\"sub\":\"orders-service\",\"act\":{\"sub\":\"orders-service\"}}");
    }

    @Test
    void whoActsIsNotForgottenByAFurtherExchange() {
        String form = request(
                aliceAt("orders", "orders.read"),
                "actor_token",
                own("orders-service"),
                "actor_token_type",
                TYPE + "access_token");
        String once = Office.good(ask(form)).get("access_token").textValue();
        String plain = Office.good(ask(request(once))).get("access_token").textValue();
        assertThat(office.introspect(plain).get("act")).hasToString("{\"sub\":\"orders-service\"}");
    }

    @Test
    void theChainOfActorsHasAnEnd() {
        String token = aliceAt("orders", "orders.read");
        String[] actor = {"actor_token", own("orders-service"), "actor_token_type", TYPE + "access_token"};
        for (int i = 0; i < 4; i++) {
            token = Office.good(ask(request(token, actor))).get("access_token").textValue();
        }
        Office.isError(ask(request(token, actor)), "invalid_request", "there may be at most 4 actors in a row");
    }

    @Test
    void anActorTokenOfAnotherClientIsRefused() {
        Office.isError(
                ask(request(
                        aliceAt("orders"), "actor_token", own("billing"), "actor_token_type", TYPE + "access_token")),
                "invalid_request",
                "actor_token" + NOT_GOOD);
    }

    @Test
    void actorTokenAndItsTypeBelongTogether() {
        String why = "actor_token and actor_token_type belong together (RFC 8693, 2.1)";
        Office.isError(ask(request(aliceAt("orders"), "actor_token", "x")), "invalid_request", why);
        Office.isError(
                ask(request(aliceAt("orders"), "actor_token_type", TYPE + "access_token")), "invalid_request", why);
    }

    @Test
    void scopesNeverGrow() {
        String token = aliceAt("orders", "orders.read");
        Office.isError(
                ask(request(token, "scope", "stock.read")),
                "invalid_scope",
                "scope 'stock.read' is not in the subject_token, or not allowed for this client");
    }

    @Test
    void anAudienceThatTheClientHasNotIsRefused() {
        Office.isError(
                ask(request(aliceAt("orders"), "audience", "payments")),
                "invalid_target",
                "an audience or resource that is asked for is not allowed for this client");
    }

    @Test
    void aTokenForSomebodyElseIsNotExchanged() {
        Office.isError(ask(request(aliceAt("payments"))), "invalid_request", "subject_token" + NOT_GOOD);
    }

    @Test
    void aTokenThatIsNoLongerGoodIsNotExchanged() {
        String token = aliceAt("orders");
        office.clock.forward(Duration.ofMinutes(5));
        Office.isError(ask(request(token)), "invalid_request", "subject_token" + NOT_GOOD);
        Office.isError(ask(request("x.y.z")), "invalid_request", "subject_token" + NOT_GOOD);
        Office.isError(ask(request("opaque")), "invalid_request", "subject_token" + NOT_GOOD);
    }

    @Test
    void theNewTokenDoesNotOutliveTheOldOne() {
        String token = aliceAt("orders", "orders.read");
        office.clock.forward(Duration.ofMinutes(4));
        assertThat(Office.good(ask(request(token))).get("expires_in").intValue())
                .isEqualTo(59);
    }

    @Test
    void whatComesOfAFamilyEndsWithIt() {
        JsonNode tokens = office.tokens("shop", Office.redeem(office.code("shop", "scope", "orders.read")));
        String exchanged = Office.good(ask(request(tokens.get("access_token").textValue())))
                .get("access_token")
                .textValue();
        assertThat(office.introspect(exchanged).get("active").booleanValue()).isTrue();
        String refresh = tokens.get("refresh_token").textValue();
        Office.good(office.caller.token("shop", "s3cret", Office.refresh(refresh)));
        assertThat(office.caller
                        .token("shop", "s3cret", Office.refresh(refresh))
                        .statusCode())
                .isEqualTo(400);
        assertThat(office.introspect(exchanged).get("active").booleanValue()).isFalse();
    }

    @Test
    void aClientExchangesItsOwnIdToken() throws Exception {
        office.server.client(Office.shop("web").grants(GrantTypes.AUTHORIZATION_CODE, GrantTypes.TOKEN_EXCHANGE));
        JsonNode tokens = office.tokens("web", Office.redeem(office.code("web", "scope", "openid")));
        String id = tokens.get("id_token").textValue();
        String form = request(id).replace("%3Aaccess_token", "%3Aid_token");
        JsonNode exchanged = office.tokens("web", form);
        assertThat(SignedJWT.parse(exchanged.get("access_token").textValue())
                        .getJWTClaimsSet()
                        .getSubject())
                .isEqualTo("alice");
        Office.isError(ask(form), "invalid_request", "subject_token" + NOT_GOOD);
    }

    private JsonNode loggedIn(String scopes, String... grants) {
        office.server.client(Office.shop("web").grants(grants));
        return office.tokens("web", Office.redeem(office.code("web", "scope", scopes)));
    }

    private static String idToken(JsonNode tokens) {
        return request(tokens.get("id_token").textValue()).replace("%3Aaccess_token", "%3Aid_token");
    }

    @Test
    void anIdTokenGivesNoScopeThatTheUserHasNotAllowed() {
        JsonNode tokens = loggedIn(
                "openid orders.read",
                GrantTypes.AUTHORIZATION_CODE,
                GrantTypes.REFRESH_TOKEN,
                GrantTypes.TOKEN_EXCHANGE);
        assertThat(office.tokens("web", idToken(tokens)).get("scope").textValue())
                .isEqualTo("openid orders.read");
        Office.isError(
                office.caller.token("web", "s3cret", idToken(tokens) + "&scope=orders.write"),
                "invalid_scope",
                "scope 'orders.write' is not in the subject_token, or not allowed for this client");
    }

    @Test
    void anIdTokenWithoutRefreshTokenOnlySaysWhoTheUserIs() {
        JsonNode tokens = loggedIn("openid orders.read", GrantTypes.AUTHORIZATION_CODE, GrantTypes.TOKEN_EXCHANGE);
        assertThat(office.tokens("web", idToken(tokens)).get("scope").textValue())
                .isEqualTo("openid");
    }

    @Test
    void anIdTokenAndWhatItGaveEndWithTheirFamily() {
        JsonNode tokens =
                loggedIn("openid", GrantTypes.AUTHORIZATION_CODE, GrantTypes.REFRESH_TOKEN, GrantTypes.TOKEN_EXCHANGE);
        String exchanged =
                office.tokens("web", idToken(tokens)).get("access_token").textValue();
        assertThat(office.introspect(exchanged).get("active").booleanValue()).isTrue();
        office.post(
                "/revoke",
                Office.form("token", tokens.get("refresh_token").textValue()),
                "Authorization",
                Caller.basic("web", "s3cret"));
        Office.isError(
                office.caller.token("web", "s3cret", idToken(tokens)), "invalid_request", "subject_token" + NOT_GOOD);
        assertThat(office.introspect(exchanged).get("active").booleanValue()).isFalse();
    }

    @Test
    void anIdTokenThatHasExpiredIsNotExchanged() {
        JsonNode tokens =
                loggedIn("openid", GrantTypes.AUTHORIZATION_CODE, GrantTypes.REFRESH_TOKEN, GrantTypes.TOKEN_EXCHANGE);
        office.clock.forward(Duration.ofMinutes(5));
        Office.isError(
                office.caller.token("web", "s3cret", idToken(tokens)), "invalid_request", "subject_token" + NOT_GOOD);
    }

    /** RFC 8725, 3.12: one kind of token is never taken for another. */
    @Test
    void anAccessTokenIsNotTakenForAnIdTokenNorTheOtherWayRound() {
        office.server.client(Office.shop("web")
                .grants(GrantTypes.AUTHORIZATION_CODE, GrantTypes.TOKEN_EXCHANGE)
                .audiences("web"));
        JsonNode tokens = office.tokens("web", Office.redeem(office.code("web", "scope", "openid")));
        String access = request(tokens.get("access_token").textValue()).replace("%3Aaccess_token", "%3Aid_token");
        Office.isError(office.caller.token("web", "s3cret", access), "invalid_request", "subject_token" + NOT_GOOD);
        Office.isError(
                office.caller.token(
                        "web", "s3cret", request(tokens.get("id_token").textValue())),
                "invalid_request",
                "subject_token" + NOT_GOOD);
    }

    private String statement(Object... more) {
        return partner.sign(
                "JWT",
                Signer.assertion(
                        "https://partner.example",
                        "carol",
                        office.server.issuer().toString(),
                        office.clock.instant(),
                        more));
    }

    private static String jwt(String token) {
        return request(token).replace("%3Aaccess_token", "%3Ajwt");
    }

    @Test
    void aTrustedIssuersStatementIsExchangedOnce() {
        String form = jwt(statement());
        JsonNode tokens = Office.good(ask(form));
        assertThat(tokens.get("scope").textValue()).isEqualTo("stock.read");
        Office.isError(ask(form), "invalid_request", "the assertion is not good: it has been used before");
        Office.isError(
                ask(jwt(statement("iss", "https://evil.example"))),
                "invalid_request",
                "the issuer of the assertion is not trusted here");
        Office.isError(ask(jwt(statement("sub", "shop"))), "invalid_request", "the user has the same name as a client");
    }

    @Test
    void aStatementMayNameTheOnlyOneWhoMayAct() {
        String[] actor = {"actor_token", own("orders-service"), "actor_token_type", TYPE + "access_token"};
        String good = jwt(statement("may_act", Map.of("sub", "orders-service"))) + "&" + Office.form(actor);
        assertThat(Office.good(ask(good)).has("access_token")).isTrue();
        for (Object other : List.of(Map.of("sub", "billing"), Map.of(), "orders-service")) {
            Office.isError(
                    ask(jwt(statement("may_act", other)) + "&" + Office.form(actor)),
                    "invalid_request",
                    "the subject_token names another one who may act (RFC 8693, 4.4)");
        }
    }

    @Test
    void whoMayActIsAskedWithoutAnActorTokenToo() {
        String good = jwt(statement("may_act", Map.of("sub", "orders-service")));
        assertThat(Office.good(ask(good)).has("access_token")).isTrue();
        for (Object other : List.of(Map.of("sub", "billing"), Map.of(), "orders-service")) {
            Office.isError(
                    ask(jwt(statement("may_act", other))),
                    "invalid_request",
                    "the subject_token names another one who may act (RFC 8693, 4.4)");
        }
    }

    @Test
    void aPublicClientExchangesNothing() {
        office.server.client(Office.app("app").grants(GrantTypes.TOKEN_EXCHANGE));
        Office.isError(
                office.caller.form(request(aliceAt("orders")) + "&client_id=app"),
                "unauthorized_client",
                "a client that cannot prove itself may not exchange tokens");
    }

    @ParameterizedTest
    @CsvSource({
        "requested_token_type,urn:ietf:params:oauth:token-type:saml2,this requested_token_type is not offered here",
        "requested_token_type,urn:ietf:params:oauth:token-type:refresh_token,"
                + "this requested_token_type is not offered here"
    })
    void whatIsNotOffered(String name, String value, String why) {
        Office.isError(ask(request(aliceAt("orders"), name, value)), "invalid_request", why);
    }

    @Test
    void otherKindsOfTokensAreNotTaken() {
        Office.isError(
                ask(request(aliceAt("orders")).replace("%3Aaccess_token", "%3Asaml2")),
                "invalid_request",
                "this subject_token_type is not taken here");
        Office.isError(
                ask("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"),
                "invalid_request",
                "the parameter subject_token is missing");
    }
}
