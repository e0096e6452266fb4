package dev.lintel.auth.oauth;

import static dev.lintel.auth.oauth.Fetching.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.DPoPKey;
import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.core.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A login that comes back to a port on loopback; the test is the browser. */
class LoopbackLoginTest {
    private static final String REFUSED = "The answer to the login at ISSUER is refused: ";

    private final FakeIssuer issuer = new FakeIssuer();
    private final OAuthClient shop = issuer.client(ClientAuthentication.none());
    private final HttpClient browser = HttpClient.newHttpClient();
    private final AtomicReference<URI> opened = new AtomicReference<>();
    private final AtomicReference<CompletableFuture<HttpResponse<String>>> page = new AtomicReference<>();

    @AfterEach
    void close() {
        issuer.close();
    }

    private static Map<String, String> query(URI uri) {
        return FakeIssuer.parse(uri.getRawQuery());
    }

    /** Comes back at once with some parameters; {@code STATE} stands for the login's own. */
    private Consumer<URI> answering(String parameters) {
        return uri -> {
            opened.set(uri);
            page.set(visit(query(uri).get("redirect_uri") + "?"
                    + parameters.replace("STATE", query(uri).get("state"))));
        };
    }

    private CompletableFuture<HttpResponse<String>> visit(String uri) {
        return browser.sendAsync(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
    }

    private static LoopbackLogin login(Consumer<URI> browser, String... scopes) {
        return LoopbackLogin.at("/callback", browser, scopes).patience(Duration.ofMinutes(2));
    }

    private void refused(String parameters, Kind kind, String message) {
        fails(issuer, () -> shop.login(login(answering(parameters))), kind, message);
        assertThat(page.get().join().body()).contains("<h1>The login did not work</h1>");
    }

    @Test
    void theBrowserGoesThereAndBackAndTheCodeIsChanged() throws TokenFetchException {
        Login alice = shop.login(LoopbackLogin.at("/callback", answering("code=c1&state=STATE"), "orders.read")
                .asking(LoginRequest.of("orders.read")
                        .resource(URI.create("https://orders.example"))
                        .with("prompt", "consent")));

        assertThat(alice.token().value()).isEqualTo(Secret.of("t1"));
        assertThat(alice.user()).isNull();
        Map<String, String> asked = query(opened.get());
        assertThat(opened.get().toString()).startsWith(issuer.url() + "/authorize?response_type=code&client_id=shop&");
        assertThat(asked)
                .containsOnlyKeys(
                        "response_type",
                        "client_id",
                        "redirect_uri",
                        "scope",
                        "resource",
                        "prompt",
                        "state",
                        "code_challenge",
                        "code_challenge_method")
                .containsEntry("scope", "orders.read")
                .containsEntry("resource", "https://orders.example")
                .containsEntry("prompt", "consent")
                .containsEntry("code_challenge_method", "S256");
        assertThat(asked.get("redirect_uri")).matches("http://127\\.0\\.0\\.1:\\d+/callback");
        Map<String, String> changed = issuer.form("/token");
        assertThat(changed)
                .containsOnlyKeys("grant_type", "code", "redirect_uri", "code_verifier", "client_id")
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "c1")
                .containsEntry("redirect_uri", asked.get("redirect_uri"));
        assertThat(changed.get("code_verifier")).matches("[\\w-]{43}");
        assertThat(sha256(changed.get("code_verifier"))).isEqualTo(asked.get("code_challenge"));
    }

    @Test
    void thePageIsPlainAndAccessible() throws TokenFetchException {
        assertThat(shop.login(login(answering("code=c1&state=STATE")))).isNotNull();
        HttpResponse<String> shown = page.get().join();
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().map())
                .containsEntry("content-type", List.of("text/html; charset=utf-8"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("referrer-policy", List.of("no-referrer"))
                .containsEntry(
                        "content-security-policy",
                        List.of("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"));
        assertThat(shown.body())
                .contains("<html lang=\"en\">", "<title>You are logged in</title>", "<h1>You are logged in</h1>")
                .contains("<p role=\"status\">You can close this page and go back to the program.</p>")
                .doesNotContain("<script", "c1");
    }

    @Test
    void eachLoginHasItsOwnSecretsPortAndPath() throws TokenFetchException {
        assertThat(shop.login(LoopbackLogin.anywhere(answering("code=c1&state=STATE"))))
                .isNotNull();
        Map<String, String> first = query(opened.get());
        assertThat(shop.login(LoopbackLogin.anywhere(answering("code=c1&state=STATE"))))
                .isNotNull();
        Map<String, String> second = query(opened.get());
        assertThat(first.get("redirect_uri")).matches("http://127\\.0\\.0\\.1:\\d+/[\\w-]{22}");
        for (String name : List.of("redirect_uri", "state", "code_challenge")) {
            assertThat(first.get(name)).isNotEqualTo(second.get(name));
        }
    }

    @Test
    void whoTheUserIsComesFromAVerifiedIdToken() throws TokenFetchException {
        issuer.server.on("/jwks", Answer.json(TestKeys.jwks(TestKeys.RSA)));
        Login alice = shop.login(login(
                uri -> {
                    String id = issuer.idToken(
                            TestKeys.RSA, ",\"nonce\":\"" + query(uri).get("nonce") + "\"");
                    issuer.tokens(Answer.json(FakeIssuer.GOOD.replace("60}", "60,\"id_token\":\"" + id + "\"}")));
                    answering("code=c1&state=STATE").accept(uri);
                },
                "openid"));
        assertThat(alice.user()).hasToString("ID token of 'alice' until 2026-01-01T00:05:00Z");
    }

    @Test
    void withoutTheIdTokenThatWasAskedForThereIsNoLogin() {
        fails(
                issuer,
                () -> shop.login(login(answering("code=c1&state=STATE"), "openid")),
                Kind.PERMANENT,
                "The login at ISSUER asked for the scope 'openid' and got no ID token; allow that scope for client 'shop'"
                        + " at the server, or do not ask for it");
    }

    @Test
    void anIdTokenOfAnotherLoginIsRefused() {
        issuer.server.on("/jwks", Answer.json(TestKeys.jwks(TestKeys.RSA)));
        String id = issuer.idToken(TestKeys.RSA, ",\"nonce\":\"other\"");
        issuer.tokens(Answer.json(FakeIssuer.GOOD.replace("60}", "60,\"id_token\":\"" + id + "\"}")));
        fails(
                issuer,
                () -> shop.login(login(answering("code=c1&state=STATE"), "openid")),
                Kind.PERMANENT,
                "The ID token of ISSUER is refused: its 'nonce' is not that of this login; begin the login again");
    }

    @Test
    void anAnswerOfAnotherIssuerIsRefused() {
        refused(
                "code=c1&state=STATE&iss=https%3A%2F%2Fevil.example",
                Kind.PERMANENT,
                REFUSED + "it is of another issuer, so a server may be passing off another's answers (RFC 9207, 2.4);"
                        + " begin the login again");
        assertThat(issuer.asked("/token")).isEmpty();
    }

    @Test
    void anAnswerWithoutTheIssuerThatThisServerAlwaysNamesIsRefused() throws TokenFetchException {
        issuer.publish(",\"authorization_response_iss_parameter_supported\":true");
        refused(
                "code=c1&state=STATE",
                Kind.PERMANENT,
                REFUSED + "it does not name its issuer, although this server always does (RFC 9207, 2.4); begin the"
                        + " login again");
        refused(
                "error=access_denied&state=STATE",
                Kind.PERMANENT,
                REFUSED + "it does not name its issuer, although this server always does (RFC 9207, 2.4); begin the"
                        + " login again");
        assertThat(issuer.asked("/token")).isEmpty();
        String iss = URLEncoder.encode(issuer.url(), StandardCharsets.UTF_8);
        assertThat(shop.login(login(answering("code=c1&state=STATE&iss=" + iss))))
                .isNotNull();
    }

    @Test
    void aRefusalIsToldByItsCodeAlone() {
        refused(
                "error=access_denied&error_description=s3cret&state=STATE",
                Kind.PERMANENT,
                "The login at ISSUER was answered with access_denied; the user or the server said no");
        refused(
                "error=s3cret&state=STATE",
                Kind.PERMANENT,
                "The login at ISSUER was answered with an error whose code is not known");
        refused(
                "error=temporarily_unavailable&state=STATE",
                Kind.RETRYABLE,
                "The login at ISSUER was answered with temporarily_unavailable; the server is busy");
        refused("state=STATE", Kind.PERMANENT, REFUSED + "it has neither a code nor an error; begin the login again");
    }

    @Test
    void aCodeIsNeverSentTwice() {
        issuer.tokens(Answer.brokenOff());
        refused(
                "code=c1&state=STATE",
                Kind.AMBIGUOUS,
                "ISSUER/token broke off the exchange; what was sent may be used up, so it is not sent again");
        assertThat(issuer.asked("/token")).hasSize(1);
    }

    @Test
    void strangersAreShownTheDoorAndTheLoginGoesOn() throws TokenFetchException {
        Login alice = shop.login(login(uri -> {
            String back = query(uri).get("redirect_uri");
            String state = query(uri).get("state");
            assertThat(status(back + "?code=evil&state=wrong")).isEqualTo(400);
            assertThat(status(back + "?code=evil")).isEqualTo(400);
            assertThat(status(back + "?code=evil&code=c1&state=" + state)).isEqualTo(400);
            assertThat(status(back + "?code=" + "x".repeat(17_000) + "&state=" + state))
                    .isEqualTo(400);
            assertThat(status(back.replace("/callback", "/favicon.ico"))).isEqualTo(404);
            assertThat(status(back.replace("/callback", "/callback/more?code=evil&state=" + state)))
                    .isEqualTo(404);
            assertThat(status(back.replace("127.0.0.1", "localhost") + "?code=evil&state=" + state))
                    .isEqualTo(400);
            assertThat(post(back + "?code=evil&state=" + state)).isEqualTo(400);
            int port = URI.create(back).getPort();
            String ours = "\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
            assertThat(raw(port, "GET /callback?code=%zz&state=" + state + " HTTP/1.1" + ours))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(raw(port, "GET /callback?code=evil&state=" + state + " SPDY/3" + ours))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(raw(port, "garbage\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            assertThat(raw(port, "x".repeat(40_000))).startsWith("HTTP/1.1 400 ");
            knock(port);
            answering("code=c1&state=STATE").accept(uri);
        }));
        assertThat(alice.token().value()).isEqualTo(Secret.of("t1"));
        assertThat(issuer.form("/token")).containsEntry("code", "c1");
    }

    @Test
    void exactlyOneAnswerCounts() throws TokenFetchException {
        AtomicReference<String> back = new AtomicReference<>();
        assertThat(shop.login(login(uri -> {
                    back.set(query(uri).get("redirect_uri") + "?code=c2&state="
                            + query(uri).get("state"));
                    answering("code=c1&state=STATE").accept(uri);
                })))
                .isNotNull();
        HttpResponse<String> first = page.get().join();
        assertThat(first.statusCode()).isEqualTo(200);
        // The port is free again, so that somebody else may have it by now; but nobody shows the page of a login there.
        String late = visit(back.get())
                .thenApply(HttpResponse::body)
                .exceptionally(Throwable::getMessage)
                .join();
        assertThat(late).isNotEqualTo(first.body());
        assertThat(issuer.asked("/token")).hasSize(1);
    }

    @Test
    void aLoginThatIsNotAnsweredEnds() {
        LoopbackLogin brief = login(uri -> assertThat(uri).isNotNull()).patience(Duration.ofMillis(20));
        fails(issuer, () -> shop.login(brief), Kind.PERMANENT, "The login at ISSUER was not answered within 20 ms");
        LoopbackLogin wrong = login(uri -> assertThat(status(query(uri).get("redirect_uri") + "?code=evil&state=wrong"))
                        .isEqualTo(400))
                .patience(Duration.ofMillis(20));
        fails(
                issuer,
                () -> shop.login(wrong),
                Kind.PERMANENT,
                "The login at ISSUER was not answered within 20 ms; answers that did not belong to it and were refused: 1");
    }

    @Test
    void aServerWithoutPkceIsNotUsed() {
        issuer.publish(",\"code_challenge_methods_supported\":[\"plain\"]");
        fails(
                issuer,
                () -> shop.login(login(uri -> assertThat(uri).isNull())),
                Kind.PERMANENT,
                "The server ISSUER does not know PKCE with S256, without which a code could be stolen; no login begins"
                        + " (RFC 9700, 2.1.1)");
    }

    @Test
    void theKeyOfBoundTokensIsNamedFromTheBeginning() throws TokenFetchException {
        DPoPKey key = DPoPKey.generate();
        issuer.tokens(Answer.json(FakeIssuer.GOOD.replace("Bearer", "DPoP")));
        assertThat(shop.withDPoP(key).login(login(answering("code=c1&state=STATE"))))
                .isNotNull();
        assertThat(query(opened.get())).containsEntry("dpop_jkt", key.thumbprint());
    }

    @Test
    void loginsAreCheckedAtTheCall() {
        assertThatThrownBy(() -> LoopbackLogin.at("callback", uri -> {}))
                .hasMessage(
                        "the path of a login must begin with '/' and have letters, digits and '-._~/' alone, but was"
                                + " 'callback'");
        assertThatThrownBy(() -> login(uri -> {}).patience(Duration.ZERO))
                .hasMessage("a login must wait at least 1 ms, but was to wait PT0S");
        assertThatThrownBy(() -> LoginRequest.of("a").with("state", "x"))
                .hasMessage("a login makes the parameter 'state' itself; leave it out");
        assertThatThrownBy(() -> LoginRequest.of("a").maxAge(Duration.ofMinutes(1)))
                .hasMessage("a login's greatest age must not be negative, and needs the scope 'openid', because it is"
                        + " checked in the ID token, but was PT1M with [a]");
    }

    private int status(String uri) {
        return visit(uri).join().statusCode();
    }

    private int post(String uri) {
        return browser.sendAsync(
                        HttpRequest.newBuilder(URI.create(uri))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString())
                .join()
                .statusCode();
    }

    private static String raw(int port, String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            byte[] start = new byte[16];
            int read = socket.getInputStream().readNBytes(start, 0, start.length);
            return new String(start, 0, read, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects and says nothing, as browsers do ahead of time. */
    private static void knock(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(socket.isConnected()).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
