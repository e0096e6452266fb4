package dev.lintel.auth.oauth;

import static dev.lintel.auth.oauth.Fetching.fails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user who logs in with another device (RFC 8628); waiting moves the clock of the test. */
class DeviceLoginTest {
    private static final String DEVICE = "{\"device_code\":\"d1\",\"user_code\":\"WDJB-MJHT\",\"verification_uri\":"
            + "\"https://id.example/device\",\"verification_uri_complete\":\"https://id.example/device?c=WDJB-MJHT\","
            + "\"expires_in\":600,\"interval\":3}";
    private static final Answer PENDING = error("authorization_pending");
    private static final Answer SLOW_DOWN = error("slow_down");
    private static final Answer GOOD = Answer.json(FakeIssuer.GOOD);

    private final FakeIssuer issuer = new FakeIssuer();
    private final List<DevicePrompt> shown = new ArrayList<>();
    private final List<Duration> waited = new ArrayList<>();
    private final OAuthClient shop =
            issuer.client(ClientAuthentication.none(), issuer.settings().withPause(length -> {
                waited.add(length);
                issuer.clock.forward(length);
            }));
    private final DeviceLogin login = shop.device(shown::add, "orders.read");

    DeviceLoginTest() {
        issuer.server.on("/device", Answer.json(DEVICE));
    }

    @AfterEach
    void close() {
        issuer.close();
    }

    private static Answer error(String code) {
        return Answer.of(400, "application/json", "{\"error\":\"" + code + "\"}");
    }

    private static List<Duration> seconds(long... seconds) {
        return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }

    @Test
    void theUserIsShownACodeAndTheTokenIsAskedForUntilItIsThere() throws TokenFetchException {
        issuer.tokens(Answer.inTurn(PENDING, PENDING, GOOD));
        assertThat(login.resource(URI.create("urn:orders")).fetch().value()).isEqualTo(Secret.of("t1"));

        assertThat(shown)
                .containsExactly(new DevicePrompt(
                        "WDJB-MJHT",
                        URI.create("https://id.example/device"),
                        URI.create("https://id.example/device?c=WDJB-MJHT"),
                        Instant.parse("2026-01-01T00:10:00Z")));
        assertThat(shown.get(0)).hasToString("device login at https://id.example/device until 2026-01-01T00:10:00Z");
        assertThat(waited).isEqualTo(seconds(3, 3, 3));
        assertThat(issuer.asked("/device").get(0).body())
                .isEqualTo("scope=orders.read&resource=urn%3Aorders&client_id=shop");
        assertThat(issuer.asked("/token").get(0).body())
                .isEqualTo("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d1"
                        + "&resource=urn%3Aorders&client_id=shop");
    }

    @Test
    void aServerThatIsAskedTooOftenIsAskedLessOften() throws TokenFetchException {
        issuer.server.on("/device", Answer.json(DEVICE.replace(",\"interval\":3", "")));
        issuer.tokens(Answer.inTurn(PENDING, SLOW_DOWN, PENDING, SLOW_DOWN, GOOD));
        assertThat(login.fetch()).isNotNull();
        assertThat(waited).isEqualTo(seconds(5, 5, 10, 10, 15));
    }

    @Test
    void aServerThatIsBusyIsAskedHalfAsOftenOrWhenItSays() throws TokenFetchException {
        Answer busy = Answer.of(503, "text/plain", "");
        issuer.tokens(Answer.inTurn(busy, busy, busy.with("Retry-After", "200"), PENDING, GOOD));
        assertThat(login.fetch()).isNotNull();
        assertThat(waited).isEqualTo(seconds(3, 6, 12, 200, 120));
    }

    @Test
    void aUserWhoSaysNoEndsIt() {
        issuer.tokens(Answer.inTurn(PENDING, error("access_denied")));
        fails(
                issuer,
                login::fetch,
                Kind.PERMANENT,
                "ISSUER/token answered 400 access_denied; the user or the server said no");
    }

    @Test
    void aCodeThatExpiresEndsIt() {
        issuer.tokens(error("expired_token"));
        fails(
                issuer,
                login::fetch,
                Kind.INVALID_GRANT,
                "ISSUER/token answered 400 expired_token; the user did not answer in time: begin again");
        issuer.tokens(PENDING);
        fails(
                issuer,
                login::fetch,
                Kind.INVALID_GRANT,
                "The login at ISSUER was not answered before its code expired; begin again");
        assertThat(issuer.asked("/token")).hasSize(200);
    }

    @Test
    void aCodeIsNotSentAgainAfterAnExchangeWhoseEndWasNotSeen() {
        issuer.tokens(Answer.brokenOff());
        fails(
                issuer,
                login::fetch,
                Kind.AMBIGUOUS,
                "ISSUER/token broke off the exchange; what was sent may be used up, so it is not sent again");
        assertThat(issuer.asked("/token")).hasSize(1);
    }

    @Test
    void whoIsInterruptedIsTold() {
        OAuthClient impatient =
                issuer.client(ClientAuthentication.none(), issuer.settings().withPause(length -> {
                    throw new InterruptedException();
                }));
        fails(
                issuer,
                () -> impatient.device(shown::add).fetch(),
                Kind.PERMANENT,
                "Interrupted while waiting for the login at ISSUER");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whoLoggedInIsVerified() throws TokenFetchException {
        issuer.server.on("/jwks", Answer.json(TestKeys.jwks(TestKeys.RSA)));
        String id = issuer.idToken(TestKeys.RSA, "");
        issuer.tokens(Answer.json(FakeIssuer.GOOD.replace("60}", "60,\"id_token\":\"" + id + "\"}")));
        assertThat(shop.device(shown::add, "openid").login().user())
                .hasToString("ID token of 'alice' until 2026-01-01T00:05:00Z");
    }

    @Test
    void anAnswerThatLacksSomethingIsTold() {
        bad("\"device_code\":\"d1\",", "", "without 'device_code', which must be a string of visible ASCII characters");
        bad(
                "\"WDJB-MJHT\",\"ver",
                "7,\"ver",
                "with 'user_code' as a number, which must be a string of 1 to 64" + " characters");
        bad(
                "WDJB-MJHT\",\"ver",
                "a\\n\",\"ver",
                "with 'user_code' as a string of 2 characters, which must be a string" + " of 1 to 64 characters");
        bad("600", "-1", "with 'expires_in' as a negative number, which must be a whole number of seconds, at least 1");
        bad("\"expires_in\":600,", "", "without 'expires_in', which must be a whole number of seconds, at least 1");
        bad(
                ":3}",
                ":\"3\"}",
                "with 'interval' as a string of 1 character, which must be a whole number of seconds, at" + " least 1");
        issuer.server.on(
                "/device", Answer.json(DEVICE.replace("\"https://id.example/device\"", "\"http://id.example\"")));
        fails(
                issuer,
                login::fetch,
                Kind.RETRYABLE,
                "ISSUER/device answered with 'verification_uri' as a string of 17 characters, which must be an https"
                        + " address");
        assertThat(shown).isEmpty();
    }

    private void bad(String good, String bad, String message) {
        assertThat(DEVICE).contains(good);
        issuer.server.on("/device", Answer.json(DEVICE.replace(good, bad)));
        fails(issuer, login::fetch, Kind.RETRYABLE, "ISSUER/device answered " + message + " (RFC 8628, 3.2)");
    }
}
