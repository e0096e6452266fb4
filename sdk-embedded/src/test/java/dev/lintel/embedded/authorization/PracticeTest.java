package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import dev.lintel.core.Secret;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The current practice for servers (RFC 9700) and for JWTs (RFC 8725), by section; what a page or a code has to do with
 * it is told where codes and pages are tested.
 */
class PracticeTest {
    private final Office office = new Office();

    @BeforeEach
    void register() {
        office.server.client(Office.shop("shop").grants(Office.USER_GRANTS));
        office.server.client(Office.orders());
    }

    @AfterEach
    void stop() {
        office.close();
    }

    private JsonNode metadata() {
        return Caller.json(
                office.caller.get("/.well-known/oauth-authorization-server").body());
    }

    @Test
    void section2_1_1_onlyS256IsOffered() {
        assertThat(metadata().get("code_challenge_methods_supported")).hasToString("[\"S256\"]");
    }

    @Test
    void section2_1_2_thereIsNoImplicitGrant() {
        assertThat(metadata().get("response_types_supported")).hasToString("[\"code\"]");
        assertThat(metadata().get("grant_types_supported").toString()).doesNotContain("implicit");
    }

    @Test
    void section2_2_2_refreshTokensOfPublicClientsTurnAndReuseIsNoticed() {
        office.server.client(Office.app("app"));
        JsonNode first = Office.good(office.caller.form(Office.redeem(office.code("app")) + "&client_id=app"));
        String form = Office.refresh(first.get("refresh_token").textValue()) + "&client_id=app";
        Office.good(office.caller.form(form));
        Office.isError(
                office.caller.form(form),
                "invalid_grant",
                "the refresh token has been used before; all tokens of its family are revoked");
    }

    @Test
    void section2_3_tokensAreForAnAudience() throws Exception {
        String token = office.tokens("shop", Office.redeem(office.code("shop")))
                .get("access_token")
                .textValue();
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getAudience()).containsExactly("orders");
    }

    @Test
    void section2_4_thereIsNoPasswordGrant() {
        Office.isError(
                office.caller.token("shop", "s3cret", "grant_type=password&username=alice&password=x"),
                "unsupported_grant_type",
                "this grant_type is not offered here");
    }

    @Test
    void section2_6_theServerTellsWhereThingsAreAndNothingElse() {
        for (JsonNode endpoint : metadata()) {
            if (endpoint.isTextual() && endpoint.textValue().startsWith("http")) {
                assertThat(endpoint.textValue())
                        .startsWith(office.server.issuer().toString());
            }
        }
        metadata().fieldNames().forEachRemaining(name -> {
            if (name.endsWith("_endpoint")) {
                String path = metadata()
                        .get(name)
                        .textValue()
                        .substring(office.server.issuer().toString().length());
                assertThat(office.caller.send("BREW", path, "").statusCode())
                        .as(name)
                        .isEqualTo(405);
            }
        });
    }

    @Test
    void section4_4_answersNameTheIssuer() {
        assertThat(metadata()
                        .get("authorization_response_iss_parameter_supported")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void section4_10_tokensCanBeBound() {
        assertThat(metadata().get("dpop_signing_alg_values_supported")).isNotEmpty();
    }

    @Test
    void section4_15_aClientIsNotMistakenForAUserNorTheOtherWayRound() {
        office.server.client("machine", Secret.of("s3cret"));
        office.server.loginAs("machine");
        Office.isError(
                office.caller.token("shop", "s3cret", Office.redeem(office.code("shop"))),
                "invalid_grant",
                "the user has the same name as a client");
    }

    @Test
    void failedAttemptsAreCountedPerClientAndForgottenAfterAMinute() {
        try (Office strict = new Office(s -> s.failedAuthentications(3))) {
            strict.server.client("shop", Secret.of("s3cret"));
            strict.server.client("other", Secret.of("s3cret"));
            String form = "grant_type=client_credentials";
            for (int i = 0; i < 3; i++) {
                assertThat(strict.caller.token("shop", "wrong", form).statusCode())
                        .isEqualTo(401);
            }
            var answer = strict.caller.token("shop", "s3cret", form);
            Office.isError(
                    answer,
                    429,
                    "temporarily_unavailable",
                    "this client has failed to authenticate too often, wait a minute");
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
            Office.good(strict.caller.token("other", "s3cret", form));
            strict.clock.forward(Duration.ofMinutes(1));
            Office.good(strict.caller.token("shop", "s3cret", form));
        }
    }

    @Test
    void rfc8725_3_11_accessTokensSayWhatTheyAre() throws Exception {
        String token = office.server.issue("alice", "orders");
        assertThat(SignedJWT.parse(token).getHeader().getType()).hasToString("at+jwt");
    }

    @Test
    void everyRequestOfAClientIsNotedWithoutSecrets() {
        String code = office.code("shop");
        JsonNode tokens = office.tokens("shop", Office.redeem(code));
        String access = tokens.get("access_token").textValue();
        office.introspect(access);
        office.caller.token("shop", "wrong", Office.redeem(code));

        assertThat(office.server.requests())
                .extracting(one -> one.method() + " " + one.endpoint() + " " + one.client() + " " + one.status() + " "
                        + one.outcome())
                .contains(
                        "POST /token shop 200 ok",
                        "POST /introspect orders-service 200 ok",
                        "POST /token null 401 invalid_client");
        assertThat(office.server.requests())
                .filteredOn(one -> one.endpoint().equals("/authorize"))
                .extracting(EndpointRequest::status)
                .containsExactly(303);
        assertThat(office.server.tokenRequests()).isEqualTo(2);
        assertThat(office.server.tokenRequests(one -> "shop".equals(one.client())))
                .isEqualTo(1);
        assertThat(office.server.tokenRequests(one -> GrantTypes.AUTHORIZATION_CODE.equals(one.grant())))
                .isEqualTo(1);
        assertThat(office.server.requests().toString() + office.server.journal())
                .doesNotContain("s3cret", "wrong", code, access);
    }
}
