package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Secret;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 7662 and RFC 7009. */
class IntrospectionTest {
    private static final String INACTIVE = "{\"active\":false}";

    private final Office office = new Office();

    @BeforeEach
    void register() {
        office.server.client(Office.shop("shop"));
        office.server.client(Office.shop("opaque").opaqueTokens());
        office.server.client(Office.orders());
        office.server.client(ClientRegistration.of("stranger", Secret.of("s3cret")));
    }

    @AfterEach
    void stop() {
        office.close();
    }

    private JsonNode tokens(String client) {
        return office.tokens(client, Office.redeem(office.code(client, "scope", "orders.read")));
    }

    private static String access(JsonNode tokens) {
        return tokens.get("access_token").textValue();
    }

    private java.net.http.HttpResponse<String> revoke(String client, String token, String... more) {
        String form = Office.form("token", token);
        return office.post(
                "/revoke",
                more.length == 0 ? form : form + "&" + Office.form(more),
                "Authorization",
                Caller.basic(client, "s3cret"));
    }

    @Test
    void aResourceServerIsToldWhatATokenSays() {
        String token = access(tokens("shop"));
        JsonNode said = office.introspect(token);
        assertThat(said.fieldNames())
                .toIterable()
                .containsExactly(
                        "active", "scope", "client_id", "token_type", "exp", "iat", "sub", "aud", "iss", "jti");
        assertThat(said.get("aud").textValue()).isEqualTo("orders");
        assertThat(said.get("client_id").textValue()).isEqualTo("shop");
        assertThat(said.get("exp").longValue() - said.get("iat").longValue()).isEqualTo(300);
    }

    @Test
    void anOpaqueTokenSaysNothingByItselfAndTheSameHere() {
        String token = access(tokens("opaque"));
        assertThat(token).hasSize(43).doesNotContain(".");
        assertThat(office.introspect(token).get("sub").textValue()).isEqualTo("alice");
        office.clock.forward(Duration.ofMinutes(5));
        assertThat(office.introspect(token)).hasToString(INACTIVE);
    }

    @Test
    void toEverybodyElseItIsAsIfThereWereNoSuchToken() {
        JsonNode tokens = tokens("shop");
        assertThat(office.introspect("stranger", access(tokens))).hasToString(INACTIVE);
        assertThat(office.introspect(
                        "orders-service", tokens.get("refresh_token").textValue()))
                .hasToString(INACTIVE);
        assertThat(office.introspect("stranger", "nonsense")).hasToString(INACTIVE);
        assertThat(office.introspect("shop", access(tokens)).get("active").booleanValue())
                .isTrue();
    }

    @Test
    void aRefreshTokenIsItsOwnClientsBusiness() {
        JsonNode said =
                office.introspect("shop", tokens("shop").get("refresh_token").textValue());
        assertThat(said.fieldNames()).toIterable().containsExactly("active", "scope", "client_id", "exp", "sub", "iss");
    }

    @Test
    void whoCannotProveThemselvesLearnNothing() {
        office.server.client(Office.app("app"));
        Office.isError(
                office.post("/introspect", "token=x&client_id=app"),
                "unauthorized_client",
                "a client that cannot prove itself may not ask about tokens");
        Office.isError(
                office.post("/introspect", "token=x"),
                401,
                "invalid_client",
                "the client must authenticate with id and secret");
        Office.isError(
                office.post("/introspect", "", "Authorization", Caller.basic("shop", "s3cret")),
                "invalid_request",
                "the parameter token is missing");
    }

    @Test
    void aTokenOfTheKeyBeforeIsStillGoodAndOneOfARetiredKeyIsNot() {
        String token = access(tokens("shop"));
        office.server.rotateKeys();
        assertThat(office.introspect(token).get("active").booleanValue()).isTrue();
        office.server.retireOldKeys();
        assertThat(office.introspect(token)).hasToString(INACTIVE);
    }

    @Test
    void aForgedTokenIsNotGood() {
        String token = access(tokens("shop"));
        try (Office other = new Office(s -> s.issuer(office.server.issuer()))) {
            assertThat(office.introspect(other.server.issue("alice", "orders"))).hasToString(INACTIVE);
        }
        assertThat(office.introspect(token + "A")).hasToString(INACTIVE);
        assertThat(office.introspect(token.substring(0, token.lastIndexOf('.') + 1)))
                .hasToString(INACTIVE);
    }

    @Test
    void revokingAnAccessTokenEndsItAndNoOther() {
        JsonNode tokens = tokens("shop");
        assertThat(revoke("shop", access(tokens)).statusCode()).isEqualTo(200);
        assertThat(office.introspect(access(tokens))).hasToString(INACTIVE);
        assertThat(office.tokens(
                                "shop",
                                Office.refresh(tokens.get("refresh_token").textValue()))
                        .has("access_token"))
                .isTrue();
    }

    @Test
    void revokingARefreshTokenEndsItsFamily() {
        JsonNode tokens = tokens("opaque");
        String refresh = tokens.get("refresh_token").textValue();
        assertThat(revoke("opaque", refresh, "token_type_hint", "access_token").statusCode())
                .isEqualTo(200);
        assertThat(office.introspect(access(tokens))).hasToString(INACTIVE);
        assertThat(office.caller
                        .token("opaque", "s3cret", Office.refresh(refresh))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void anUnknownTokenIsRevokedAlready() {
        var answer = revoke("shop", "nonsense");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void nobodyRevokesTheTokensOfOthers() {
        JsonNode tokens = tokens("shop");
        for (String name : new String[] {"access_token", "refresh_token"}) {
            Office.isError(
                    revoke("opaque", tokens.get(name).textValue()),
                    "unauthorized_client",
                    "the token was issued to another client");
        }
        assertThat(office.introspect(access(tokens)).get("active").booleanValue())
                .isTrue();
    }

    @Test
    void aPublicClientRevokesItsOwn() {
        office.server.client(Office.app("app"));
        JsonNode tokens = Office.good(office.caller.form(Office.redeem(office.code("app")) + "&client_id=app"));
        String form = Office.form("token", tokens.get("refresh_token").textValue(), "client_id", "app");
        assertThat(office.post("/revoke", form).statusCode()).isEqualTo(200);
        assertThat(office.introspect(access(tokens))).hasToString(INACTIVE);
    }

    @Test
    void revocationsAreForgottenWhenTheirTokensHaveExpired() {
        Revocations revocations = new Revocations(office.clock, new Changes());
        revocations.revoke("f", office.clock.instant().plusSeconds(1));
        revocations.revoke("old", office.clock.instant());
        assertThat(revocations.isRevoked("f.1")).isTrue();
        assertThat(revocations.isRevoked("g.1")).isFalse();
        assertThat(revocations.all()).containsOnlyKeys("f");
        office.clock.forward(Duration.ofSeconds(1));
        assertThat(revocations.all()).isEmpty();
    }
}
