package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6749, 6; RFC 9700, 4.14. */
class RefreshGrantTest {
    private static final String REUSED = "the refresh token has been used before; all tokens of its family are revoked";
    private static final String UNKNOWN = "the refresh token is not known, has expired, or is another client's";

    private static Office office(Duration grace) {
        Office office = new Office(s -> s.refreshGrace(grace).refreshTokenLifetime(Duration.ofDays(1)));
        office.server.client(Office.shop("shop"));
        office.server.client(Office.shop("other"));
        office.server.client(Office.orders());
        return office;
    }

    private static JsonNode first(Office office) {
        return office.tokens("shop", Office.redeem(office.code("shop", "scope", "orders.read orders.write")));
    }

    private static String refreshToken(JsonNode tokens) {
        return tokens.get("refresh_token").textValue();
    }

    private static String accessToken(JsonNode tokens) {
        return tokens.get("access_token").textValue();
    }

    private static void refused(Office office, String token, String why) {
        Office.isError(office.caller.token("shop", "s3cret", Office.refresh(token)), "invalid_grant", why);
    }

    @Test
    void eachUseGivesTheNextOne() {
        try (Office office = office(Duration.ZERO)) {
            JsonNode first = first(office);
            JsonNode second = office.tokens("shop", Office.refresh(refreshToken(first)));
            JsonNode third = office.tokens("shop", Office.refresh(refreshToken(second)));
            assertThat(third.get("scope").textValue()).isEqualTo("orders.read orders.write");
            assertThat(refreshToken(third)).isNotIn(refreshToken(first), refreshToken(second));
            assertThat(office.introspect(accessToken(third)).get("sub").textValue())
                    .isEqualTo("alice");
            assertThat(office.introspect(accessToken(first)).get("active").booleanValue())
                    .isTrue();
        }
    }

    @Test
    void reuseRevokesTheFamily() {
        try (Office office = office(Duration.ZERO)) {
            JsonNode first = first(office);
            JsonNode second = office.tokens("shop", Office.refresh(refreshToken(first)));
            JsonNode stranger = first(office);

            refused(office, refreshToken(first), REUSED);

            refused(office, refreshToken(second), UNKNOWN);
            assertThat(office.introspect(accessToken(first)).get("active").booleanValue())
                    .isFalse();
            assertThat(office.introspect(accessToken(second)).get("active").booleanValue())
                    .isFalse();
            assertThat(office.introspect(accessToken(stranger)).get("active").booleanValue())
                    .isTrue();
        }
    }

    @Test
    void withinTheGraceThePredecessorHasTheSameSuccessor() {
        try (Office office = office(Duration.ofSeconds(10))) {
            String first = refreshToken(first(office));
            String second = refreshToken(office.tokens("shop", Office.refresh(first)));
            office.clock.forward(Duration.ofSeconds(9));
            JsonNode again = office.tokens("shop", Office.refresh(first));
            assertThat(refreshToken(again)).isEqualTo(second);
            assertThat(refreshToken(office.tokens("shop", Office.refresh(second))))
                    .isNotEqualTo(second);
        }
    }

    @Test
    void theGraceDoesNotSlide() {
        try (Office office = office(Duration.ofSeconds(10))) {
            String first = refreshToken(first(office));
            String second = refreshToken(office.tokens("shop", Office.refresh(first)));
            office.clock.forward(Duration.ofSeconds(6));
            assertThat(refreshToken(office.tokens("shop", Office.refresh(first))))
                    .isEqualTo(second);
            office.clock.forward(Duration.ofSeconds(4));
            refused(office, first, REUSED);
            refused(office, second, UNKNOWN);
        }
    }

    @Test
    void theGraceIsForTheDirectPredecessorOnly() {
        try (Office office = office(Duration.ofSeconds(10))) {
            String first = refreshToken(first(office));
            String second = refreshToken(office.tokens("shop", Office.refresh(first)));
            String third = refreshToken(office.tokens("shop", Office.refresh(second)));
            refused(office, first, REUSED);
            refused(office, third, UNKNOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT5M0.001S"})
    void aGraceIsShort(Duration grace) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthorizationSettings.defaults().refreshGrace(grace))
                .withMessage("the grace of refresh tokens must be PT0S to PT5M, but was " + grace);
    }

    @Test
    void aFamilyEndsALifetimeAfterTheConsentHoweverOftenItIsUsed() {
        try (Office office = office(Duration.ZERO)) {
            String token = refreshToken(first(office));
            office.clock.forward(Duration.ofHours(23));
            token = refreshToken(office.tokens("shop", Office.refresh(token)));
            office.clock.forward(Duration.ofHours(1));
            refused(office, token, UNKNOWN);
        }
    }

    @Test
    void theTokenOfAnotherClientIsUnknownAndStaysGood() {
        try (Office office = office(Duration.ZERO)) {
            String token = refreshToken(first(office));
            Office.isError(office.caller.token("other", "s3cret", Office.refresh(token)), "invalid_grant", UNKNOWN);
            assertThat(office.tokens("shop", Office.refresh(token)).has("access_token"))
                    .isTrue();
        }
    }

    @Test
    void scopesMayBeFewerButNotMoreAndTheFamilyKeepsThem() {
        try (Office office = office(Duration.ZERO)) {
            String token = refreshToken(first(office));
            Office.isError(
                    office.caller.token("shop", "s3cret", Office.refresh(token, "scope", "openid")),
                    "invalid_scope",
                    "scope 'openid' is more than the user has allowed");
            JsonNode fewer = office.tokens("shop", Office.refresh(token, "scope", "orders.read"));
            assertThat(fewer.get("scope").textValue()).isEqualTo("orders.read");
            JsonNode all = office.tokens("shop", Office.refresh(refreshToken(fewer)));
            assertThat(all.get("scope").textValue()).isEqualTo("orders.read orders.write");
        }
    }

    @Test
    void aGuessedTokenIsUnknownAndHarmsNobody() {
        try (Office office = office(Duration.ZERO)) {
            String token = refreshToken(first(office));
            String family = token.substring(0, token.indexOf('.'));
            String tag = token.substring(token.lastIndexOf('.') + 1);
            for (String guess : new String[] {
                "x",
                family,
                family + ".0.",
                family + ".1." + tag,
                family + ".-1." + tag,
                family + ".00." + tag,
                family + ".0." + tag + "A",
                "other.0." + tag,
                family + ".99999999999999999999." + tag,
                "..",
                "a".repeat(5000)
            }) {
                refused(office, guess, UNKNOWN);
            }
            assertThat(office.tokens("shop", Office.refresh(token)).has("access_token"))
                    .isTrue();
        }
    }

    @Test
    void theRefreshTokenOfAPublicClientIsBoundToItsKey() {
        try (Office office = office(Duration.ZERO)) {
            office.server.client(Office.app("app"));
            Signer own = Signer.es256();
            Signer thief = Signer.es256();
            String uri = office.server.issuer() + "/token";
            String code = Office.redeem(office.code("app")) + "&client_id=app";
            JsonNode tokens =
                    Office.good(office.caller.form(code, "DPoP", own.proof("POST", uri, office.clock.instant())));
            assertThat(tokens.get("token_type").textValue()).isEqualTo("DPoP");
            String refresh = Office.refresh(refreshToken(tokens)) + "&client_id=app";
            String why = "the refresh token is bound to a key, and there is no proof of that key";

            Office.isError(office.caller.form(refresh), "invalid_dpop_proof", why);
            Office.isError(
                    office.caller.form(refresh, "DPoP", thief.proof("POST", uri, office.clock.instant())),
                    "invalid_dpop_proof",
                    why);
            assertThat(Office.good(office.caller.form(refresh, "DPoP", own.proof("POST", uri, office.clock.instant())))
                            .get("token_type")
                            .textValue())
                    .isEqualTo("DPoP");
        }
    }

    @Test
    void aConfidentialClientMayChangeItsKey() {
        try (Office office = office(Duration.ZERO)) {
            String uri = office.server.issuer() + "/token";
            String[] first = {
                "Authorization",
                Caller.basic("shop", "s3cret"),
                "DPoP",
                Signer.es256().proof("POST", uri, office.clock.instant())
            };
            JsonNode tokens = Office.good(office.caller.form(Office.redeem(office.code("shop")), first));
            first[3] = Signer.es256().proof("POST", uri, office.clock.instant());
            assertThat(Office.good(office.caller.form(Office.refresh(refreshToken(tokens)), first))
                            .get("token_type")
                            .textValue())
                    .isEqualTo("DPoP");
        }
    }
}
