package dev.lintel.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.jwt.IdTokenVerifier.Expected;
import dev.lintel.auth.testing.FakeServer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.TestClock;
import dev.lintel.auth.testing.TestKeys;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The checks of OpenID Connect Core, 3.1.3.7, one by one. */
class IdTokenVerifierTest {
    private static final Expected SHOP = new Expected("shop", "n1", "t1", null);
    /** Base64url of the left half of the SHA-256 of "t1". */
    private static final String HASH = "YotJ2W3N6XpDDdT1l3BYmQ";

    private final FakeServer server = new FakeServer();
    private final TestClock clock = new TestClock();
    private final IdTokenVerifier verifier =
            new IdTokenVerifier(server.url(), server.uri("/jwks"), clock, Duration.ofSeconds(20), null);

    IdTokenVerifierTest() {
        server.on("/jwks", Answer.json(TestKeys.jwks(TestKeys.RSA, TestKeys.EC)));
    }

    @AfterEach
    void close() {
        verifier.close();
        server.close();
    }

    private String claims(String more) {
        return "{\"iss\":\"" + server.url() + "\",\"sub\":\"alice\",\"aud\":\"shop\",\"nonce\":\"n1\",\"iat\":"
                + clock.seconds() + ",\"exp\":" + (clock.seconds() + 300) + more + "}";
    }

    private static String signed(String claims) {
        return TestKeys.sign(TestKeys.RSA, "RS256", "{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}", claims);
    }

    private void refused(String raw, Expected expected, String why) {
        assertThatThrownBy(() -> verifier.verify(raw, expected))
                .isInstanceOf(IdTokenException.class)
                .hasNoCause()
                .hasMessage("The ID token of " + server.url() + " is refused: " + why);
    }

    private void refused(String claims, String why) {
        refused(signed(claims), SHOP, why);
    }

    @Test
    void aGoodOneSaysWhoLoggedIn() throws IdTokenException {
        IdToken token = verifier.verify(
                signed(claims(",\"email\":null,\"name\":\"Alice\",\"at_hash\":\"" + HASH + "\"")), SHOP);
        assertThat(token.subject()).isEqualTo("alice");
        assertThat(token.claims()).containsEntry("name", "Alice").doesNotContainKey("email");
        assertThat(token).hasToString("ID token of 'alice' until 2026-01-01T00:05:00Z");
        assertThat(SHOP).hasToString("ID token for 'shop'");
    }

    @Test
    void otherAlgorithmsHaveOtherHashes() throws IdTokenException {
        String header = "{\"alg\":\"ES256\",\"kid\":\"ec-1\",\"typ\":\"JWT\"}";
        assertThat(verifier.verify(
                        TestKeys.sign(TestKeys.EC, "ES256", header, claims(",\"at_hash\":\"" + HASH + "\"")), SHOP))
                .isNotNull();
    }

    @Test
    void everythingThatIsWrongIsRefused() {
        refused(claims("").replace(server.url(), "https://evil.example"), "it is of another issuer");
        refused(claims("").replace("\"sub\":\"alice\",", ""), "its 'sub' must have 1 to 255 characters");
        refused(claims("").replace("alice", "a".repeat(256)), "its 'sub' must have 1 to 255 characters");
        refused(claims("").replace("\"shop\"", "\"other\""), "its 'aud' is not this client");
        refused(claims("").replace("\"shop\"", "[\"shop\",\"other\"]"), "its 'azp' is not this client");
        refused(claims(",\"azp\":\"other\""), "its 'azp' is not this client");
        refused(claims("").replace("\"iat\"", "\"x\""), "it must have 'exp' and 'iat'");
        refused(claims("").replace("\"exp\"", "\"x\""), "it must have 'exp' and 'iat'");
        refused(claims("").replace("\"n1\"", "\"n2\""), "its 'nonce' is not that of this login");
        refused(claims("").replace("\"nonce\":\"n1\",", ""), "its 'nonce' is not that of this login");
        refused(claims(",\"at_hash\":\"x\""), "its 'at_hash' is not that of the access token that came with it");
        refused(claims(",\"nbf\":" + (clock.seconds() + 61)), "it is not valid yet");
        refused(claims("").replace("\"nonce\":\"n1\"", "\"nonce\":1"), "the token's 'nonce' is malformed");
    }

    @Test
    void timesAreChecked() throws IdTokenException {
        String raw = signed(claims(""));
        clock.forward(Duration.ofSeconds(359));
        assertThat(verifier.verify(raw, SHOP)).isNotNull();
        clock.forward(Duration.ofSeconds(1));
        refused(raw, SHOP, "it has expired");
    }

    @Test
    void severalAudiencesAreFineIfThisClientIsThePartyAmongThem() throws IdTokenException {
        String several = claims(",\"azp\":\"shop\"").replace("\"shop\",\"nonce\"", "[\"shop\",\"other\"],\"nonce\"");
        assertThat(verifier.verify(signed(several), SHOP)).isNotNull();
    }

    @Test
    void theSignatureIsWhatCounts() {
        String good = signed(claims(""));
        String wrong = "the token's signature is wrong, or its key is not known";
        refused(good.substring(0, good.lastIndexOf('.')) + ".AAAA", SHOP, wrong);
        refused(
                TestKeys.sign(TestKeys.OTHER_RSA, "RS256", "{\"alg\":\"RS256\",\"kid\":\"rsa-1\"}", claims("")),
                SHOP,
                wrong);
        for (String algorithm : new String[] {"none", "HS256", "rs256"}) {
            refused(
                    TestKeys.sign(TestKeys.RSA, "RS256", "{\"alg\":\"" + algorithm + "\"}", claims("")),
                    SHOP,
                    "the token's signature algorithm is not accepted");
        }
        refused("a.b", SHOP, "the token is not a well-formed JWT");
        refused("x".repeat(65 * 1024), SHOP, "the token is too long");
    }

    @Test
    void anAccessTokenIsNoIdToken() {
        refused(
                TestKeys.sign(
                        TestKeys.RSA, "RS256", "{\"alg\":\"RS256\",\"kid\":\"rsa-1\",\"typ\":\"at+jwt\"}", claims("")),
                SHOP,
                "the token's type is not that of an ID token");
    }

    @Test
    void aKeyThatIsNewIsFetched() throws IdTokenException {
        assertThat(verifier.verify(signed(claims("")), SHOP)).isNotNull();
        server.on("/jwks", Answer.json(TestKeys.jwks(TestKeys.OTHER_RSA)));
        clock.forward(Duration.ofSeconds(30));
        String rotated =
                TestKeys.sign(TestKeys.OTHER_RSA, "RS256", "{\"alg\":\"RS256\",\"kid\":\"rsa-2\"}", claims(""));
        assertThat(verifier.verify(rotated, SHOP)).isNotNull();
        assertThat(server.asked("/jwks")).isEqualTo(2);
    }

    @Test
    void withoutKeysNothingIsBelieved() {
        server.on("/jwks", Answer.of(500, "text/plain", ""));
        refused(signed(claims("")), SHOP, "the issuer's keys cannot be had");
    }

    @Test
    void aUserMayHaveToHaveLoggedInLately() throws IdTokenException {
        Expected recent = new Expected("shop", null, "t1", Duration.ofMinutes(1));
        assertThat(verifier.verify(signed(claims(",\"auth_time\":" + (clock.seconds() - 120))), recent))
                .isNotNull();
        String late = "its 'auth_time' is not as recent as this login asks for";
        refused(signed(claims(",\"auth_time\":" + (clock.seconds() - 121))), recent, late);
        refused(signed(claims("")), recent, late);
    }
}
