package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749, 4.1.3; RFC 7636; RFC 9700, 4.5 and 4.8. */
class CodeGrantTest {
    private static final String UNKNOWN = "the code is not known or has expired";

    private final Office office = new Office();

    @BeforeEach
    void register() {
        office.server.client(Office.shop("shop"));
        office.server.client(Office.shop("other"));
        office.server.client(Office.app("app"));
        office.server.client(Office.orders());
    }

    @AfterEach
    void stop() {
        office.close();
    }

    @Test
    void aCodeGivesTokensForTheUser() throws Exception {
        JsonNode tokens = office.tokens("shop", Office.redeem(office.code("shop", "scope", "openid orders.read")));

        assertThat(tokens.fieldNames())
                .toIterable()
                .containsExactly("access_token", "token_type", "expires_in", "scope", "refresh_token", "id_token");
        assertThat(tokens.get("token_type").textValue()).isEqualTo("Bearer");
        assertThat(tokens.get("expires_in").intValue()).isEqualTo(300);
        assertThat(tokens.get("scope").textValue()).isEqualTo("openid orders.read");
        JWTClaimsSet claims = new Verifier(office.server, SigningAlgorithm.ES256, office.clock)
                .verify(tokens.get("access_token").textValue(), "orders");
        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getStringClaim("client_id")).isEqualTo("shop");
        assertThat(claims.getStringClaim("scope")).isEqualTo("openid orders.read");
        assertThat(claims.getLongClaim("auth_time"))
                .isEqualTo(office.clock.instant().getEpochSecond());
        JWTClaimsSet id = SignedJWT.parse(tokens.get("id_token").textValue()).getJWTClaimsSet();
        assertThat(id.getAudience()).containsExactly("shop");
        assertThat(id.getSubject()).isEqualTo("alice");
    }

    @Test
    void aPublicClientNeedsOnlyItsIdAndTheVerifier() {
        JsonNode tokens = Office.good(office.caller.form(Office.redeem(office.code("app")) + "&client_id=app"));
        assertThat(tokens.has("refresh_token")).isTrue();
    }

    @Test
    void aClientWithoutTheGrantGetsNoRefreshToken() {
        office.server.client(Office.shop("short").grants(GrantTypes.AUTHORIZATION_CODE));
        JsonNode tokens = office.tokens("short", Office.redeem(office.code("short", "scope", "orders.read")));
        assertThat(tokens.fieldNames())
                .toIterable()
                .containsExactly("access_token", "token_type", "expires_in", "scope");
    }

    @Test
    void theSecondUseOfACodeRevokesWhatTheFirstGave() {
        String code = office.code("shop");
        JsonNode tokens = office.tokens("shop", Office.redeem(code));
        String access = tokens.get("access_token").textValue();
        assertThat(office.introspect(access).get("active").booleanValue()).isTrue();

        Office.isError(
                office.caller.token("shop", "s3cret", Office.redeem(code)),
                "invalid_grant",
                "the code has been used before; the tokens that it gave are revoked");

        assertThat(office.introspect(access)).hasToString("{\"active\":false}");
        Office.isError(
                office.caller.token(
                        "shop",
                        "s3cret",
                        Office.refresh(tokens.get("refresh_token").textValue())),
                "invalid_grant",
                "the refresh token is not known, has expired, or is another client's");
    }

    @Test
    void ofManyWhoRedeemACodeAtOnceNoneKeepsIt() throws Exception {
        String code = office.code("shop");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<String> outcomes = new ArrayList<>();
        List<Future<JsonNode>> answers = new ArrayList<>();
        Callable<JsonNode> one = () -> Caller.json(
                office.caller.token("shop", "s3cret", Office.redeem(code)).body());
        for (int i = 0; i < 4; i++) {
            answers.add(threads.submit(one));
        }
        String access = "";
        for (Future<JsonNode> answer : answers) {
            outcomes.add(answer.get().path("error").asText("issued"));
            access = answer.get().path("access_token").asText(access);
        }
        threads.shutdown();
        // The first is refused as well if another comes while its tokens are made.
        assertThat(outcomes).isSubsetOf("issued", "invalid_grant");
        assertThat(outcomes.stream().filter("issued"::equals)).hasSizeLessThanOrEqualTo(1);
        assertThat(access.isEmpty() || office.introspect(access).get("active").booleanValue())
                .isEqualTo(access.isEmpty());
    }

    /** Does something when an identifier is drawn, as the server does in the middle of a request. */
    private static final class Drawing extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient AtomicReference<Runnable> next = new AtomicReference<>(() -> {});

        @Override
        public void nextBytes(byte[] bytes) {
            super.nextBytes(bytes);
            next.getAndSet(() -> {}).run();
        }
    }

    @Test
    void aCodeThatComesAgainWhileItsTokensAreMadeGivesNone() {
        Drawing random = new Drawing();
        try (Office slow = new Office(s -> s.random(random))) {
            slow.server.client(Office.shop("shop"));
            String redeem = Office.redeem(slow.code("shop"));
            AtomicReference<HttpResponse<String>> second = new AtomicReference<>();
            Runnable again = () -> second.set(slow.caller.token("shop", "s3cret", redeem));
            // The first that is drawn is the name of the family, the next is that of its access token.
            random.next.set(() -> random.next.set(again));
            HttpResponse<String> first = slow.caller.token("shop", "s3cret", redeem);
            String why = "the code has been used before; the tokens that it gave are revoked";
            Office.isError(second.get(), "invalid_grant", why);
            Office.isError(first, "invalid_grant", why);
        }
    }

    @Test
    void aCodeIsGoodForAMinute() {
        String young = office.code("shop");
        office.clock.forward(Duration.ofSeconds(59));
        assertThat(office.tokens("shop", Office.redeem(young)).has("access_token"))
                .isTrue();
        String old = office.code("shop");
        office.clock.forward(Duration.ofSeconds(60));
        Office.isError(office.caller.token("shop", "s3cret", Office.redeem(old)), "invalid_grant", UNKNOWN);
    }

    @Test
    void aCodeOfAnotherClientIsSpentByTheAttempt() {
        String code = office.code("shop");
        Office.isError(
                office.caller.token("other", "s3cret", Office.redeem(code)),
                "invalid_grant",
                "the code was made for another client");
        assertThat(office.caller.token("shop", "s3cret", Office.redeem(code)).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example/callback/",
                "https://app.example/callback?a=b",
                "https://app.example/call%62ack",
                "https://APP.example/callback",
                "https://evil.example/"
            })
    void theRedirectUriIsComparedExactly(String redirect) {
        String form = Office.form(
                "grant_type",
                GrantTypes.AUTHORIZATION_CODE,
                "code",
                office.code("shop"),
                "redirect_uri",
                redirect,
                "code_verifier",
                Office.VERIFIER);
        Office.isError(
                office.caller.token("shop", "s3cret", form),
                "invalid_grant",
                "redirect_uri is not where the code was sent to");
    }

    @Test
    void theVerifierMustBelongToTheChallenge() {
        String wrong = Office.redeem(office.code("shop")).replace("dBjft", "aBjft");
        Office.isError(
                office.caller.token("shop", "s3cret", wrong),
                "invalid_grant",
                "code_verifier does not belong to the code_challenge");
        String challenge = Office.redeem(office.code("shop")).replace(Office.VERIFIER, Office.CHALLENGE);
        Office.isError(
                office.caller.token("shop", "s3cret", challenge),
                "invalid_grant",
                "code_verifier does not belong to the code_challenge");
    }

    @Test
    void aRequestWithoutVerifierIsADowngrade() {
        String form = Office.form(
                "grant_type",
                GrantTypes.AUTHORIZATION_CODE,
                "code",
                office.code("shop"),
                "redirect_uri",
                Office.CALLBACK);
        Office.isError(office.caller.token("shop", "s3cret", form), "invalid_grant", "code_verifier is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "sp ace-sp ace-sp ace-sp ace-sp ace-sp ace-sp ace", "ü"})
    void aMalformedVerifierDoesNotSpendTheCode(String verifier) {
        String code = office.code("shop");
        String form = Office.form(
                "grant_type",
                GrantTypes.AUTHORIZATION_CODE,
                "code",
                code,
                "redirect_uri",
                Office.CALLBACK,
                "code_verifier",
                verifier);
        Office.isError(
                office.caller.token("shop", "s3cret", form),
                "invalid_request",
                "code_verifier must be 43 to 128 characters of A-Z, a-z, 0-9, hyphen, dot, underscore, tilde");
        assertThat(office.tokens("shop", Office.redeem(code)).has("access_token"))
                .isTrue();
    }

    @Test
    void aCodeNobodyMade() {
        Office.isError(office.caller.token("shop", "s3cret", Office.redeem("nobody")), "invalid_grant", UNKNOWN);
    }

    @Test
    void aUserIsNotMistakenForAClient() {
        office.server.loginAs("orders-service");
        Office.isError(
                office.caller.token("shop", "s3cret", Office.redeem(office.code("shop"))),
                "invalid_grant",
                "the user has the same name as a client");
    }

    @Test
    void anAccessTokenIsOnlyForWhatTheUserAllowed() {
        String form = Office.redeem(office.code("shop"), "audience", "stock");
        Office.isError(
                office.caller.token("shop", "s3cret", form),
                "invalid_target",
                "an audience or resource that is asked for is not allowed for this client");
    }
}
