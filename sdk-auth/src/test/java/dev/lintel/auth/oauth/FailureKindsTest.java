package dev.lintel.auth.oauth;

import static dev.lintel.auth.oauth.Fetching.fails;
import static dev.lintel.auth.oauth.Fetching.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.server.ServerMetadata;
import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.RawServer;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a failure means: asking again later, changing something, another grant, or not knowing. */
class FailureKindsTest {
    private static final Secret ROTATED = Secret.of("r1");

    private final FakeIssuer issuer = new FakeIssuer();
    private final OAuthClient shop = issuer.client();

    @AfterEach
    void close() {
        issuer.close();
    }

    private static Answer error(int status, String code) {
        return Answer.of(status, "application/json", "{\"error\":\"" + code + "\",\"error_description\":\"secret\"}");
    }

    private void client(Answer answer, Kind kind, String message) {
        issuer.tokens(answer);
        fails(issuer, () -> shop.clientCredentials().fetch(), kind, "ISSUER/token " + message);
    }

    private void refresh(Answer answer, Kind kind, String message) {
        issuer.tokens(answer);
        fails(issuer, () -> shop.refresh().refresh(ROTATED), kind, "ISSUER/token " + message);
    }

    @Test
    void whatIsBusyOrBrokenMayWorkLater() {
        for (int status : List.of(408, 429, 500, 502, 503, 504)) {
            client(Answer.of(status, "text/html", ""), Kind.RETRYABLE, "answered " + status + "; it may work later");
        }
        client(
                error(400, "temporarily_unavailable"),
                Kind.RETRYABLE,
                "answered 400 temporarily_unavailable; the server is busy");
        client(error(400, "server_error"), Kind.RETRYABLE, "answered 400 server_error; the server failed");
    }

    @Test
    void whatSomebodyMustChangeIsPermanent() {
        client(
                error(401, "invalid_client"),
                Kind.PERMANENT,
                "answered 401 invalid_client; check the client's id, its credential and how it is sent");
        client(
                error(400, "unauthorized_client"),
                Kind.PERMANENT,
                "answered 400 unauthorized_client; allow this grant for the client at the server");
        client(
                error(400, "invalid_scope"),
                Kind.PERMANENT,
                "answered 400 invalid_scope; ask only for scopes that the client may have");
        client(
                error(400, "unsupported_grant_type"),
                Kind.PERMANENT,
                "answered 400 unsupported_grant_type; use a grant that the server has");
        client(
                error(400, "invalid_target"),
                Kind.PERMANENT,
                "answered 400 invalid_target; the server does not know the resource or audience");
        client(
                error(400, "s3cret"),
                Kind.PERMANENT,
                "answered 400; without an error code that is known: is this the right address?");
        client(
                Answer.of(404, "text/html", "not here"),
                Kind.PERMANENT,
                "answered 404; without an error code that is known: is this the right address?");
    }

    @Test
    void aGrantThatIsUsedUpIsAKindOfItsOwn() {
        refresh(
                error(400, "invalid_grant"),
                Kind.INVALID_GRANT,
                "answered 400 invalid_grant; the grant is used up, expired or revoked: get a new one");
        assertThat(failure(() -> shop.refresh().refresh(ROTATED)).error()).isEqualTo("invalid_grant");
    }

    @Test
    void whatIsGoodForOneUseIsAmbiguousIfItWasSentAndNoAnswerSeen() {
        String lost = "; what was sent may be used up, so it is not sent again";
        refresh(Answer.brokenOff(), Kind.AMBIGUOUS, "broke off the exchange" + lost);
        refresh(
                Answer.json("{\"x\":\"" + "a".repeat(65 * 1024) + "\"}"),
                Kind.AMBIGUOUS,
                "answered with more than 65536 bytes" + lost);
        refresh(Answer.json("garbage"), Kind.AMBIGUOUS, "answered 200 with a body which is not JSON" + lost);
        assertThat(issuer.asked("/token")).hasSize(3);
    }

    @Test
    void whatIsGoodForOneUseIsAmbiguousIfSomebodyMayHaveActedOnIt() {
        for (int status : List.of(408, 500, 502, 504)) {
            refresh(Answer.of(status, "text/html", ""), Kind.AMBIGUOUS, "answered " + status + "; it may work later");
        }
        refresh(error(500, "s3cret"), Kind.AMBIGUOUS, "answered 500; it may work later");
        refresh(error(504, "server_error"), Kind.AMBIGUOUS, "answered 504 server_error; the server failed");
        refresh(
                Answer.of(524, "text/html", ""),
                Kind.AMBIGUOUS,
                "answered 524; without an error code that is known: is this the right address?");
        refresh(
                Answer.redirect(issuer.url() + "/elsewhere"),
                Kind.AMBIGUOUS,
                "answered 302; redirects are not followed here: use the address that it leads to");
    }

    @Test
    void whatIsGoodForOneUseIsUsedUpForATokenThatMustNotBeUsed() {
        refresh(
                Answer.json(FakeIssuer.GOOD.replace("Bearer", "mac")),
                Kind.AMBIGUOUS,
                "answered with 'token_type' as a string of 3 characters, which must be 'Bearer' or 'DPoP'; a token of"
                        + " another type must not be used (RFC 6749, 7.1)");
        refresh(
                Answer.json(FakeIssuer.GOOD.replace("Bearer", "DPoP")),
                Kind.AMBIGUOUS,
                "answered with a token of the type DPoP, but this client has no key to prove; give it one with"
                        + " withDPoP");
    }

    @Test
    void whatIsGoodForOneUseMayBeSentAgainIfItWasNotTaken() {
        for (int status : List.of(429, 503)) {
            refresh(Answer.of(status, "text/html", ""), Kind.RETRYABLE, "answered " + status + "; it may work later");
        }
        refresh(error(500, "server_error"), Kind.RETRYABLE, "answered 500 server_error; the server failed");
        refresh(
                error(502, "temporarily_unavailable"),
                Kind.RETRYABLE,
                "answered 502 temporarily_unavailable; the server is busy");
    }

    @Test
    void whatNeverArrivedMayBeSentAgain() {
        ServerMetadata nobody =
                ServerMetadata.of(issuer.url()).with(Endpoint.TOKEN, URI.create("http://127.0.0.1:1/token"));
        try (OAuthClient lost =
                OAuthClient.at(nobody, "shop", ClientSecret.basic(Secret.of("s3cret")), issuer.settings())) {
            fails(
                    issuer,
                    () -> lost.refresh().refresh(ROTATED),
                    Kind.RETRYABLE,
                    "http://127.0.0.1:1/token could not be connected to");
        }
    }

    @Test
    void aServerThatIsSilentIsGivenUp() {
        OAuthClient impatient = issuer.client(
                ClientSecret.basic(Secret.of("s")), issuer.settings().withTimeout(Duration.ofMillis(2_500)));
        issuer.tokens(issuer.server.never());
        fails(
                issuer,
                () -> impatient.clientCredentials().fetch(),
                Kind.RETRYABLE,
                "ISSUER/token did not answer within 2500 ms");
        fails(
                issuer,
                () -> impatient.refresh().refresh(ROTATED),
                Kind.AMBIGUOUS,
                "ISSUER/token did not answer within 2500 ms; what was sent may be used up, so it is not sent again");
    }

    @Test
    void howLongToWaitIsReadInSecondsAndAsADate() {
        assertThat(retryAfter("7")).isEqualTo(Duration.ofSeconds(7));
        assertThat(retryAfter("0")).isEqualTo(Duration.ZERO);
        assertThat(retryAfter("3601")).isEqualTo(Duration.ofHours(1));
        assertThat(retryAfter("999999999999999999999")).isEqualTo(Duration.ofHours(1));
        assertThat(retryAfter("-1")).isNull();
        assertThat(retryAfter("soon")).isNull();
        assertThat(retryAfter("Fri, 31 Dec 9999 23:59:59 GMT")).isEqualTo(Duration.ofHours(1));
        assertThat(retryAfter("Sun, 06 Nov 1994 08:49:37 GMT")).isEqualTo(Duration.ZERO);
    }

    @Test
    void aDateToWaitForIsCountedFromTheDateOfTheAnswer() {
        String answer = "HTTP/1.1 503 Busy\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                + "Retry-After: Sun, 06 Nov 1994 08:50:07 GMT\r\n\r\n";
        try (RawServer server = new RawServer(url -> answer);
                OAuthClient late = OAuthClient.at(
                        ServerMetadata.of(issuer.url()).with(Endpoint.TOKEN, URI.create(server.url() + "/token")),
                        "shop",
                        ClientSecret.basic(Secret.of("s3cret")),
                        issuer.settings())) {
            assertThat(failure(() -> late.clientCredentials().fetch()).retryAfter())
                    .isEqualTo(Duration.ofSeconds(30));
        }
    }

    private Duration retryAfter(String header) {
        issuer.tokens(Answer.of(429, "text/plain", "").with("Retry-After", header));
        return failure(() -> shop.clientCredentials().fetch()).retryAfter();
    }
}
