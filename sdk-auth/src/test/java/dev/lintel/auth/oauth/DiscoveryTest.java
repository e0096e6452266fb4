package dev.lintel.auth.oauth;

import static dev.lintel.auth.oauth.Fetching.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.server.ServerMetadata;
import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.Logs;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";

    private final FakeIssuer issuer = new FakeIssuer();
    private final OAuthClient shop = issuer.client();

    @AfterEach
    void close() {
        issuer.close();
    }

    private void refused(String json, String message) {
        issuer.server.on(OPENID, Answer.json(json.replace("ISSUER", issuer.url())));
        issuer.clock.forward(Duration.ofSeconds(2));
        fails(issuer, shop::server, Kind.RETRYABLE, message);
    }

    @Test
    void metadataIsReadAsItIs() throws TokenFetchException {
        issuer.server.on(OPENID, Answer.json("""
                        {"issuer": "ISSUER", "token_endpoint": "ISSUER/token", "jwks_uri": "ISSUER/jwks",
                         "pushed_authorization_request_endpoint": "ISSUER/par", "example": 7,
                         "mtls_endpoint_aliases": {"token_endpoint": "ISSUER/mtls", "example": "x"},
                         "grant_types_supported": ["client_credentials", 7], "scopes_supported": "none",
                         "token_endpoint_auth_methods_supported": ["private_key_jwt"],
                         "code_challenge_methods_supported": ["S256"],
                         "dpop_signing_alg_values_supported": ["ES256"],
                         "id_token_signing_alg_values_supported": ["RS256"],
                         "require_pushed_authorization_requests": true,
                         "authorization_response_iss_parameter_supported": true}""".replace("ISSUER", issuer.url())));

        ServerMetadata server = shop.server();

        assertThat(server)
                .isEqualTo(new ServerMetadata(
                        issuer.url(),
                        Map.of(
                                Endpoint.TOKEN, issuer.server.uri("/token"),
                                Endpoint.KEYS, issuer.server.uri("/jwks"),
                                Endpoint.PUSHED_REQUEST, issuer.server.uri("/par")),
                        Map.of(Endpoint.TOKEN, issuer.server.uri("/mtls")),
                        List.of("client_credentials"),
                        List.of("private_key_jwt"),
                        List.of("S256"),
                        List.of(),
                        List.of("ES256"),
                        List.of("RS256"),
                        true,
                        true));
        assertThat(server.mtlsEndpoint(Endpoint.TOKEN)).contains(issuer.server.uri("/mtls"));
        assertThat(server.mtlsEndpoint(Endpoint.KEYS)).contains(issuer.server.uri("/jwks"));
        assertThat(server.endpoint(Endpoint.DEVICE)).isEmpty();
    }

    @Test
    void theSecondWellKnownPathIsAskedIfTheFirstHasNothing() throws TokenFetchException {
        issuer.server.on(OPENID, Answer.of(404, "text/plain", ""));
        issuer.server.on(OAUTH, Answer.json("{\"issuer\":\"" + issuer.url() + "\"}"));
        assertThat(shop.server()).isEqualTo(ServerMetadata.of(issuer.url()));
    }

    @Test
    void metadataOfAnotherIssuerIsRefused() {
        refused("{\"issuer\":\"https://evil.example\"}", "ISSUER" + OPENID + " names another issuer");
        refused("{\"issuer\":\"ISSUER/\"}", "ISSUER" + OPENID + " names another issuer");
        refused("{\"token_endpoint\":\"ISSUER/token\"}", "ISSUER" + OPENID + " names another issuer");
    }

    @Test
    void anEndpointThatIsNotSafeSpoilsTheWhole() {
        for (Endpoint endpoint : Endpoint.values()) {
            for (String bad : List.of("http://id.example/", "ftp://id.example/", "/token", "https://u:p@id.example/")) {
                refused(
                        "{\"issuer\":\"ISSUER\",\"" + endpoint.member() + "\":\"" + bad + "\"}",
                        "ISSUER" + OPENID + " names a " + endpoint.member() + " that is not an https address");
            }
        }
        refused(
                "{\"issuer\":\"ISSUER\",\"token_endpoint\":7}",
                "ISSUER" + OPENID + " names a token_endpoint that is not an https address");
        refused(
                "{\"issuer\":\"ISSUER\",\"mtls_endpoint_aliases\":{\"token_endpoint\":\"http://id.example/\"}}",
                "ISSUER" + OPENID + " names a token_endpoint that is not an https address");
    }

    @Test
    void endpointsCanBePinnedToHosts() throws TokenFetchException {
        issuer.server.on(
                OPENID,
                Answer.json("{\"issuer\":\"" + issuer.url() + "\",\"token_endpoint\":\"https://evil.example/token\"}"));
        OAuthClient pinned = issuer.client(
                ClientSecret.basic(Secret.of("s3cret")),
                issuer.settings().withEndpointHosts("127.0.0.1", "ID.example"));
        fails(
                issuer,
                () -> pinned.clientCredentials().fetch(),
                Kind.RETRYABLE,
                "ISSUER" + OPENID + " names a token_endpoint at 'evil.example', but endpoints may only be at"
                        + " [127.0.0.1, id.example]");
        issuer.publish("");
        issuer.clock.forward(Duration.ofSeconds(1));
        assertThat(pinned.clientCredentials().fetch()).isNotNull();
    }

    @Test
    void redirectsAreNotFollowed() {
        issuer.server.on(OPENID, Answer.redirect(issuer.url() + "/elsewhere"));
        fails(
                issuer,
                shop::server,
                Kind.RETRYABLE,
                "ISSUER" + OPENID + " answered 302; ISSUER" + OAUTH + " answered 404");
        assertThat(issuer.asked("/elsewhere")).isEmpty();
    }

    @Test
    void plainHttpIsForLoopbackOnly() {
        ClientAuthentication who = ClientAuthentication.none();
        assertThatThrownBy(() -> OAuthClient.at("http://id.example", "shop", who))
                .hasMessage("an issuer must be https, because anybody on the way could forge what plain http brings;"
                        + " only loopback is excepted, but was 'http://id.example'");
        assertThatThrownBy(() -> OAuthClient.at("https://id.example/?a=b", "shop", who))
                .hasMessage("an issuer must not have a query, but was 'https://id.example/?a=b'");
        assertThatThrownBy(() ->
                        ServerMetadata.of("https://id.example").with(Endpoint.TOKEN, URI.create("http://id.example/t")))
                .hasMessage("a token_endpoint must be https, because anybody on the way could forge what plain http"
                        + " brings; only loopback is excepted, but was 'http://id.example/t'");
    }

    @Test
    void metadataIsKeptForAnHour() throws TokenFetchException {
        assertThat(shop.server()).isSameAs(shop.server());
        issuer.clock.forward(Duration.ofMinutes(59));
        assertThat(shop.server()).isNotNull();
        assertThat(issuer.asked(OPENID)).hasSize(1);
        issuer.publish(",\"scopes_supported\":[\"a\"]");
        issuer.clock.forward(Duration.ofMinutes(1));
        assertThat(shop.server().scopes()).containsExactly("a");
        assertThat(issuer.asked(OPENID)).hasSize(2);
    }

    @Test
    void whileItCannotBeFetchedTheLastMetadataIsUsed() throws TokenFetchException {
        assertThat(shop.server()).isNotNull();
        issuer.server.on(OPENID, Answer.of(503, "text/plain", ""));
        issuer.clock.forward(Duration.ofHours(2));
        for (int i = 0; i < 60; i++) {
            assertThat(shop.clientCredentials().fetch()).isNotNull();
            issuer.clock.forward(Duration.ofSeconds(1));
        }
        assertThat(issuer.asked(OPENID)).hasSize(2);
        assertThat(Logs.containing("The metadata of " + issuer.url() + " cannot be had, because " + issuer.url()
                        + OPENID + " answered 503; " + issuer.url() + OAUTH + " answered 404; what is known is used"))
                .hasSize(1);
    }

    @Test
    void aFailureIsTheSameForAllWhoAskWithinASecond() throws TokenFetchException {
        issuer.server.on(OPENID, Answer.of(503, "text/plain", ""));
        for (int i = 0; i < 3; i++) {
            assertThat(Fetching.failure(shop::server)).hasMessageContaining("answered 503");
        }
        assertThat(issuer.asked(OPENID)).hasSize(1);
        issuer.publish("");
        issuer.clock.forward(Duration.ofSeconds(1));
        assertThat(shop.server().endpoint(Endpoint.TOKEN)).contains(issuer.server.uri("/token"));
    }

    @Test
    void manyWhoAskAtOnceCauseOneFetch() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<ServerMetadata>> all = Collections.nCopies(64, shop::server);
            for (Future<ServerMetadata> one : threads.invokeAll(all)) {
                assertThat(one.get().issuer()).isEqualTo(issuer.url());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(issuer.asked(OPENID)).hasSize(1);
    }

    @Test
    void anEndpointThatIsGoneIsLookedUpAgain() throws TokenFetchException {
        issuer.tokens(Answer.of(404, "text/plain", ""));
        assertThat(Fetching.failure(() -> shop.clientCredentials().fetch()).kind())
                .isEqualTo(Kind.PERMANENT);
        issuer.server.on(
                OPENID,
                Answer.json("{\"issuer\":\"" + issuer.url() + "\",\"token_endpoint\":\"" + issuer.url() + "/new\"}"));
        issuer.server.on("/new", Answer.json(FakeIssuer.GOOD));
        assertThat(shop.clientCredentials().fetch().value()).isEqualTo(Secret.of("t1"));
    }
}
