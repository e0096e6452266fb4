package dev.lintel.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Http;
import dev.lintel.auth.testing.FakeServer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.TestKeys;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeySourceTest {
    private static final String OIDC = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    private final FakeServer server = new FakeServer();
    private final Http http = new Http(Duration.ofSeconds(5));

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private KeySource said() {
        return new KeySource(http, server.url(), server.uri("/jwks"));
    }

    private KeySource discovering(String path) {
        return new KeySource(http, server.url() + path, null);
    }

    private Answer metadata(String path) {
        return Answer.json("{\"issuer\":\"" + server.url() + path + "\",\"jwks_uri\":\"" + server.url() + "/jwks\"}");
    }

    @Test
    void metadataTellsWhereTheKeysAre() throws FetchException {
        server.on("/jwks", Answer.json(TestKeys.jwks(TestKeys.RSA)));
        server.on(OIDC, metadata(""));
        server.on("/a" + OIDC, metadata("/a/"));
        server.on(OAUTH + "/b", metadata("/b"));
        for (String path : List.of("", "/a/", "/b")) {
            assertThat(discovering(path).fetch().keys()).hasSize(1);
        }
    }

    @Test
    void metadataIsAskedAgainOnlyAfterAFailure() throws FetchException {
        server.on("/jwks", Answer.json(TestKeys.jwks(TestKeys.RSA))).on(OIDC, metadata(""));
        KeySource source = discovering("");
        assertThat(source.fetch().keys()).hasSize(1);
        assertThat(source.fetch().keys()).hasSize(1);
        assertThat(server.asked(OIDC)).isOne();
        server.on("/jwks", Answer.of(404, "text/plain", ""));
        assertThatThrownBy(source::fetch).hasMessage(server.url() + "/jwks answered 404");
        server.on("/moved", Answer.json(TestKeys.jwks(TestKeys.RSA, TestKeys.EC)))
                .on(
                        OIDC,
                        Answer.json(
                                "{\"issuer\":\"" + server.url() + "\",\"jwks_uri\":\"" + server.url() + "/moved\"}"));
        assertThat(source.fetch().keys()).hasSize(2);
    }

    @Test
    void metadataOfAnotherIssuerIsRefused() {
        server.on(OIDC, Answer.json("{\"issuer\":\"https://evil.example\",\"jwks_uri\":\"https://evil.example/\"}"));
        assertThatThrownBy(() -> discovering("").fetch()).hasMessage(server.url() + OIDC + " names another issuer");
    }

    @Test
    void metadataMustNameASafeAddress() {
        String issuer = "{\"issuer\":\"" + server.url() + "\"";
        server.on(OIDC, Answer.json(issuer + ",\"jwks_uri\":\"http://keys.example/jwks\"}"));
        assertThatThrownBy(() -> discovering("").fetch())
                .hasMessage(server.url() + OIDC + " names a jwks_uri that is not an https address");
        server.on(OIDC, Answer.json(issuer + ",\"jwks_uri\":\"file:///etc/passwd\"}"));
        assertThatThrownBy(() -> discovering("").fetch())
                .hasMessage(server.url() + OIDC + " names a jwks_uri that is not an https address");
        server.on(OIDC, Answer.json(issuer + "}"));
        assertThatThrownBy(() -> discovering("").fetch()).hasMessage(server.url() + OIDC + " names no jwks_uri");
    }

    @Test
    void everythingThatWasTriedIsNamed() {
        server.on(OIDC, Answer.json("garbage"));
        assertThatThrownBy(() -> discovering("").fetch())
                .hasMessage(server.url() + OIDC + " is not a JSON object; " + server.url() + OAUTH + " answered 404");
    }

    @Test
    void garbageIsNoKeySet() {
        for (String body : List.of("", "garbage", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[],\"keys\":[]}", "null")) {
            server.on("/jwks", Answer.json(body));
            assertThatThrownBy(() -> said().fetch()).hasMessage(server.url() + "/jwks is not a JSON Web Key Set");
        }
    }

    @Test
    void redirectsAreNotFollowed() {
        server.on("/jwks", Answer.redirect(server.url() + "/elsewhere"));
        server.on("/elsewhere", Answer.json(TestKeys.jwks(TestKeys.RSA)));
        assertThatThrownBy(() -> said().fetch()).hasMessage(server.url() + "/jwks answered 302");
        assertThat(server.asked("/elsewhere")).isZero();
    }

    @Test
    void aBodyHasALimit() {
        server.on("/jwks", Answer.json("{\"x\":\"" + "a".repeat(1024 * 1024) + "\"}"));
        assertThatThrownBy(() -> said().fetch())
                .hasMessage(server.url() + "/jwks answered with more than 1048576 bytes");
        server.on("/jwks", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[65536]);
            }
        });
        assertThatThrownBy(() -> said().fetch())
                .hasMessage(server.url() + "/jwks answered with more than 1048576 bytes");
    }

    @Test
    void aServerThatIsSilentOrDripsIsGivenUp() {
        try (Http impatient = new Http(Duration.ofMillis(200))) {
            KeySource source = new KeySource(impatient, server.url(), server.uri("/jwks"));
            server.on("/jwks", server.never());
            assertThatThrownBy(source::fetch).hasMessage(server.url() + "/jwks did not answer within 200 ms");
            server.on("/jwks", exchange -> {
                exchange.sendResponseHeaders(200, 0);
                CountDownLatch never = new CountDownLatch(1);
                try {
                    while (!never.await(10, TimeUnit.MILLISECONDS)) {
                        exchange.getResponseBody().write(' ');
                        exchange.getResponseBody().flush();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThatThrownBy(source::fetch).hasMessage(server.url() + "/jwks did not answer within 200 ms");
        }
    }

    @Test
    void aServerThatIsGoneIsNamed() {
        server.close();
        assertThatThrownBy(() -> said().fetch()).hasMessage(server.url() + "/jwks could not be connected to");
    }

    @Test
    void aQueryIsNotTold() {
        KeySource source = new KeySource(http, server.url(), server.uri("/jwks?key=hunter2"));
        assertThatThrownBy(source::fetch).hasMessage(server.url() + "/jwks answered 404");
    }
}
