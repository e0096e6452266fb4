package dev.lintel.auth.oauth;

import static dev.lintel.auth.oauth.Fetching.fails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.credential.DPoPKey;
import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every way in which an answer of a token endpoint can be wrong. */
class TokenAnswersTest {
    private static final String GOOD = FakeIssuer.GOOD;

    private final FakeIssuer issuer = new FakeIssuer();
    private final OAuthClient shop = issuer.client();

    @AfterEach
    void close() {
        issuer.close();
    }

    private void refused(Answer answer, Kind kind, String message) {
        issuer.tokens(answer);
        fails(issuer, () -> shop.clientCredentials("a").fetch(), kind, "ISSUER/token " + message);
    }

    private void refused(String json, String message) {
        refused(Answer.json(json), Kind.RETRYABLE, message);
    }

    private FetchedToken fetched(String json) throws TokenFetchException {
        issuer.tokens(Answer.json(json));
        return shop.clientCredentials("a", "b").fetch();
    }

    @Test
    void aTokenIsReadWithAllThatBelongsToIt() throws TokenFetchException {
        FetchedToken token = fetched("{\"access_token\":\"t\",\"token_type\":\"bEARER\",\"expires_in\":60,"
                + "\"refresh_token\":\"r\",\"scope\":\"a  c\",\"example\":{\"deep\":[1]}}");

        assertThat(token)
                .isEqualTo(new FetchedToken(
                        Secret.of("t"),
                        TokenType.BEARER,
                        List.of("a", "b"),
                        List.of("a", "c"),
                        issuer.clock.instant(),
                        Duration.ofSeconds(60),
                        Secret.of("r"),
                        null));
    }

    @Test
    void whatIsNotSaidIsTakenAsAskedForOrLeftOpen() throws TokenFetchException {
        FetchedToken token = fetched("{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"scope\":null}");

        assertThat(token.granted()).containsExactly("a", "b");
        assertThat(token.lifetime()).isNull();
        assertThat(token.refreshToken()).isNull();
    }

    @Test
    void aMonstrousLifetimeIsADay() throws TokenFetchException {
        assertThat(fetched(GOOD.replace("60", "1000000000000")).lifetime()).isEqualTo(Duration.ofDays(1));
        assertThat(fetched(GOOD.replace("60", "9223372036854775807")).lifetime())
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void aLifetimeThatIsNoneIsRefused() {
        String must = ", which must be a whole number of seconds, at least 1 (RFC 6749, 5.1)";
        refused(GOOD.replace("60", "-5"), "answered with 'expires_in' as a negative number" + must);
        refused(GOOD.replace("60", "0"), "answered with 'expires_in' as a number" + must);
        refused(GOOD.replace("60", "1.5"), "answered with 'expires_in' as a number" + must);
        refused(GOOD.replace("60", "99999999999999999999999"), "answered with 'expires_in' as a number" + must);
        refused(GOOD.replace("60", "\"3600\""), "answered with 'expires_in' as a string of 4 characters" + must);
        refused(GOOD.replace("60", "\"\""), "answered with 'expires_in' as an empty string" + must);
        refused(GOOD.replace("60", "true"), "answered with 'expires_in' as a boolean" + must);
        refused(GOOD.replace("60", "[60]"), "answered with 'expires_in' as a list of 1 value" + must);
        refused(GOOD.replace("60", "{}"), "answered with 'expires_in' as an object" + must);
    }

    @Test
    void withoutAnAccessTokenThereIsNone() {
        String must = ", which must be a string of visible ASCII characters (RFC 6749, A)";
        refused(GOOD.replace("access_token", "other"), "answered without 'access_token'" + must);
        refused(GOOD.replace("\"t1\"", "\"\""), "answered with 'access_token' as an empty string" + must);
        refused(GOOD.replace("\"t1\"", "7"), "answered with 'access_token' as a number" + must);
        refused(
                GOOD.replace("\"t1\"", "\"t\\r\\nX: y\""),
                "answered with 'access_token' as a string of 7 characters" + must);
        refused(
                GOOD.replace("60}", "60,\"refresh_token\":[]}"),
                "answered with 'refresh_token' as a list of 0 values" + must);
        refused(GOOD.replace("60}", "60,\"id_token\":1}"), "answered with 'id_token' as a number" + must);
    }

    @Test
    void aTokenOfAnotherTypeIsNotUsed() {
        String must = ", which must be 'Bearer' or 'DPoP'; a token of another type must not be used (RFC 6749, 7.1)";
        refused(GOOD.replace("token_type", "other"), "answered without 'token_type'" + must);
        refused(GOOD.replace("\"Bearer\"", "1"), "answered with 'token_type' as a number" + must);
        refused(
                Answer.json(GOOD.replace("Bearer", "mac")),
                Kind.PERMANENT,
                "answered with 'token_type' as a string of 3 characters" + must);
        refused(
                Answer.json(GOOD.replace("Bearer", "DPoP")),
                Kind.PERMANENT,
                "answered with a token of the type DPoP, but this client has no key to prove; give it one with"
                        + " withDPoP");
    }

    @Test
    void aTokenThatIsNotBoundAlthoughItShouldBeIsNotUsed() {
        issuer.tokens(Answer.json(GOOD));
        fails(
                issuer,
                () -> shop.withDPoP(DPoPKey.generate()).clientCredentials().fetch(),
                Kind.PERMANENT,
                "ISSUER/token answered with a token of the type Bearer, which anybody can use, although the request"
                        + " proved a key; let the server bind tokens of this client (RFC 9449, 5)");
    }

    @Test
    void scopesAreOneString() {
        String must = ", which must be one string of scopes with spaces between (RFC 6749, 3.3)";
        refused(GOOD.replace("60}", "60,\"scope\":[\"a\"]}"), "answered with 'scope' as a list of 1 value" + must);
        refused(
                GOOD.replace("60}", "60,\"scope\":\"a\\tb\"}"),
                "answered with 'scope' as a string of 3 characters" + must);
    }

    @Test
    void aBodyThatIsNoJsonObjectIsRefused() {
        refused("garbage", "answered 200 with a body which is not JSON");
        refused("[]", "answered 200 with a body which is not one JSON object");
        refused("null", "answered 200 with a body which is not a JSON object");
        refused("\"t\"", "answered 200 with a body which is not one JSON object");
        refused("", "answered 200 with a body which is empty, but must be a JSON object");
        refused(GOOD + GOOD, "answered 200 with a body which is not one JSON object");
        refused(
                "{\"x\":" + "[".repeat(16) + "]".repeat(16) + "}",
                "answered 200 with a body which is nested deeper than 16 levels, or has a name or number that is too"
                        + " long");
        refused(
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, 3);
                    exchange.getResponseBody().write(new byte[] {'"', (byte) 0xff, '"'});
                },
                Kind.RETRYABLE,
                "answered 200 with a body which is not UTF-8");
    }

    @Test
    void aMemberThatIsThereTwiceIsNamedIfItIsKnown() {
        refused(
                GOOD.replace("}", ",\"access_token\":\"t2\"}"),
                "answered 200 with a body which has the member 'access_token' twice");
        refused(
                GOOD.replace("}", ",\"token_type\":\"Bearer\"}"),
                "answered 200 with a body which has the member 'token_type' twice");
        refused("{\"s3cret\":1,\"s3cret\":2}", "answered 200 with a body which has a member twice");
    }

    @Test
    void anotherContentTypeIsRefused() {
        String no =
                "answered 200 with a body that does not say that it is application/json; is this the right address?";
        refused(Answer.of(200, "text/html", GOOD), Kind.RETRYABLE, no);
        refused(Answer.of(200, "application/jwt", GOOD), Kind.RETRYABLE, no);
        refused(Answer.of(200, "application/json-seq", GOOD), Kind.RETRYABLE, no);
    }

    @Test
    void aBodyOf65KibibytesIsNotRead() {
        refused("{\"x\":\"" + "a".repeat(65 * 1024) + "\"}", "answered with more than 65536 bytes");
    }

    @Test
    void redirectsAreNeverFollowed() {
        for (int status : List.of(301, 302, 303, 307, 308)) {
            refused(
                    exchange -> {
                        exchange.getResponseHeaders().set("Location", issuer.url() + "/elsewhere");
                        exchange.sendResponseHeaders(status, -1);
                    },
                    Kind.PERMANENT,
                    "answered " + status + "; redirects are not followed here: use the address that it leads to");
        }
        assertThat(issuer.asked("/elsewhere")).isEmpty();
    }

    @Test
    void theExpiryOfATokenThatIsAJwtShortensItsLifetimeIfThatIsWanted() throws TokenFetchException {
        OAuthClient reading = issuer.client(
                ClientSecret.basic(Secret.of("s3cret")), issuer.settings().readingTokenExpiry());
        issuer.tokens(Answer.json(GOOD.replace("t1", jwt(20))));
        assertThat(reading.clientCredentials().fetch().lifetime()).isEqualTo(Duration.ofSeconds(20));
        assertThat(shop.clientCredentials().fetch().lifetime()).isEqualTo(Duration.ofSeconds(60));

        issuer.tokens(Answer.json(GOOD.replace("t1", jwt(100_000))));
        assertThat(reading.clientCredentials().fetch().lifetime()).isEqualTo(Duration.ofSeconds(60));

        for (String opaque : List.of("t1", "a.b.c", "a.e30.c")) {
            issuer.tokens(Answer.json(GOOD.replace("t1", opaque)));
            assertThat(reading.clientCredentials().fetch().lifetime()).isEqualTo(Duration.ofSeconds(60));
        }
        String old = jwt(-1);
        issuer.tokens(Answer.json(GOOD.replace("t1", old)));
        fails(
                issuer,
                () -> reading.clientCredentials().fetch(),
                Kind.RETRYABLE,
                "ISSUER/token answered with 'access_token' as a string of " + old.length()
                        + " characters, which must not have expired already by its own 'exp'");
    }

    private String jwt(long seconds) {
        String claims = "{\"exp\":" + (issuer.clock.seconds() + seconds) + "}";
        return TestKeys.sign(TestKeys.RSA, "RS256", "{\"alg\":\"RS256\"}", claims);
    }
}
