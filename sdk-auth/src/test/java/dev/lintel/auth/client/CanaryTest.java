package dev.lintel.auth.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.jwt.TokenVerifiers;
import dev.lintel.auth.jwt.VerifierSettings;
import dev.lintel.auth.testing.Events;
import dev.lintel.auth.testing.FakeServer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.FakeSource;
import dev.lintel.auth.testing.Logs;
import dev.lintel.auth.testing.TestClock;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.TokenException;
import dev.lintel.auth.token.TokenSettings;
import dev.lintel.core.Origin;
import dev.lintel.core.Secret;
import dev.lintel.core.model.Issuer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looks for secrets in everything that could be read by somebody: log lines of all levels, messages, printed values. */
class CanaryTest {
    private static final String SECRET = "canary-secret-8d1f";
    private static final String TOKEN = "canary-token-77ab";
    private static final List<String> CANARIES = List.of(
            SECRET, TOKEN, Base64.getEncoder().encodeToString(("shop:" + SECRET).getBytes(StandardCharsets.US_ASCII)));

    private final List<String> seen = new ArrayList<>();
    private final TestClock clock = new TestClock();
    private final Events events = new Events();

    private void ask(ClientCredentials grant) {
        seen.add(grant.toString());
        try (Tokens tokens = Tokens.of(
                grant,
                TokenSettings.defaults()
                        .clock(clock)
                        .executor(Runnable::run)
                        .telling(events)
                        .timeout(Duration.ofMillis(300)))) {
            seen.add(tokens + " " + tokens.handle());
            try {
                AccessToken token = tokens.token();
                assertThat(token.authorization()).isEqualTo("Bearer " + TOKEN);
                seen.add(token + " " + token.value() + " " + tokens.get());
            } catch (TokenException e) {
                StringWriter stack = new StringWriter();
                e.printStackTrace(new PrintWriter(stack));
                seen.add(stack.toString());
            }
            seen.add(tokens.explain().toString());
        }
        events.all().forEach(event -> seen.add(event.toString()));
    }

    private void assertSilent(int asked) {
        assertThat(seen).hasSizeGreaterThanOrEqualTo(asked);
        for (String canary : CANARIES) {
            assertThat(seen).noneMatch(text -> text.contains(canary));
            assertThat(Logs.containing(canary)).isEmpty();
        }
        assertThat(Logs.containing("org.apache.hc.client5"))
                .as("the HTTP client logs")
                .isNotEmpty();
    }

    @Test
    void neitherSecretsNorTokensAreTold() {
        String good = "{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"Bearer\",\"expires_in\":60}";
        String echo = "{\"error\":\"" + SECRET + "\",\"error_description\":\"" + SECRET + " " + TOKEN + "\"}";
        try (FakeServer server = new FakeServer()) {
            server.on(
                    "/.well-known/openid-configuration",
                    Answer.json(
                            "{\"issuer\":\"" + server.url() + "\",\"token_endpoint\":\"" + server.url() + "/token\"}"));
            List<Answer> answers = List.of(
                    Answer.json(good),
                    Answer.json(good.replace("60", "\"" + SECRET + "\"")),
                    Answer.json(good.replace("Bearer", SECRET)),
                    Answer.json(good + SECRET),
                    Answer.json(SECRET),
                    Answer.json("{\"" + SECRET + "\":1,\"" + SECRET + "\":2}"),
                    Answer.of(401, "application/json", echo),
                    Answer.of(500, SECRET, echo),
                    Answer.redirect(server.url() + "/?" + SECRET),
                    server.never());
            for (Answer answer : answers) {
                server.on("/token", answer);
                ask(ClientCredentials.at(server.uri("/token"), "shop", Secret.of(SECRET)));
                ask(ClientCredentials.at(server.uri("/token"), "shop", Secret.of(SECRET))
                        .inBody());
                ask(ClientCredentials.of(server.url(), "shop", Secret.of(SECRET)));
            }
            assertSilent(60);
        }
    }

    /** What an Apache client logs by itself is its own matter (see {@link Tokens#interceptor}); ours has its own loggers. */
    @Test
    void tokensThatAreAttachedAndRefusedAreNotTold() throws Exception {
        String token = "canary-attached-5e0b";
        try (FakeServer orders = new FakeServer()) {
            orders.on("/orders", exchange -> {
                exchange.getResponseHeaders()
                        .set(
                                "WWW-Authenticate",
                                "Bearer error=\"invalid_token\", error_description=\"" + token + "1\", scope=\"" + token
                                        + "1\"");
                Answer.of(401, "text/plain", token).give(exchange);
            });
            FakeSource source = new FakeSource(clock, Duration.ofHours(1))
                    .answers((number, asked) -> FakeSource.fetched(token + number, asked, Duration.ofHours(1)));
            try (Tokens tokens = Tokens.from(
                    "shop",
                    source,
                    TokenSettings.defaults()
                            .clock(clock)
                            .executor(Runnable::run)
                            .telling(events))) {
                var client = tokens.client(java.net.http.HttpClient.newHttpClient(), URI.create(orders.url()));
                var response = client.send(
                        java.net.http.HttpRequest.newBuilder(orders.uri("/orders"))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.discarding());
                seen.add(response + " " + response.request() + " "
                        + response.request().headers() + " " + client);
                seen.add(tokens.explain().toString());
            }
            assertThat(orders.asked()).hasSize(2);
            events.all().forEach(event -> seen.add(event.toString()));
            assertThat(seen).hasSizeGreaterThan(4).noneMatch(text -> text.contains(token));
            assertThat(Logs.containing(token)).isEmpty();
        }
    }

    @Test
    void aServerThatEchoesGarbageTellsNothing() throws IOException {
        List<String> answers = List.of(
                SECRET + "\r\n\r\n",
                "HTTP/1.1 2x0 " + SECRET + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\n" + SECRET + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: " + SECRET + "\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + SECRET + "\r\n",
                "HTTP/1.1 200 " + SECRET + "\r\nContent-Length: 100\r\n\r\n" + TOKEN);
        for (String answer : answers) {
            try (ServerSocket raw = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                Thread server = new Thread(() -> answerOnce(raw, answer));
                server.start();
                URI endpoint = URI.create("http://127.0.0.1:" + raw.getLocalPort() + "/token");
                ask(ClientCredentials.at(endpoint, "shop", Secret.of(SECRET)));
            }
        }
        assertSilent(18);
    }

    private static void answerOnce(ServerSocket raw, String answer) {
        try (Socket socket = raw.accept()) {
            byte[] request = new byte[8192];
            assert socket.getInputStream().read(request) > 0;
            OutputStream out = socket.getOutputStream();
            out.write(answer.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            socket.shutdownOutput();
            socket.getInputStream().transferTo(new ByteArrayOutputStream());
        } catch (IOException e) {
            // The client may be gone before everything is read; what it says about that is what the test looks at.
            assert raw.isBound();
        }
    }

    @Test
    void tokensThatArePresentedAreNotTold() {
        try (FakeServer server = new FakeServer();
                TokenVerifiers verifiers =
                        new TokenVerifiers(Runnable::run, Runnable::run, clock, VerifierSettings.DEFAULT)) {
            server.on("/jwks", Answer.json(TestKeys.jwks(TestKeys.RSA)));
            var verifier = verifiers.of(
                    List.of(new Issuer(server.url(), server.uri("/jwks"), List.of("RS256"), Origin.unknown())));
            String claims = "{\"iss\":\"" + server.url() + "\",\"jti\":\"" + TOKEN + "\",\"exp\":"
                    + (clock.seconds() + 60) + "}";
            String good = TestKeys.sign(TestKeys.RSA, "RS256", "{\"alg\":\"RS256\"}", claims);
            List<String> raws = List.of(
                    good,
                    good + "x",
                    TOKEN,
                    TOKEN + "." + TOKEN + "." + TOKEN,
                    TestKeys.sign(TestKeys.RSA, "RS256", "{\"alg\":\"" + TOKEN + "\"}", claims),
                    TestKeys.sign(TestKeys.RSA, "RS256", "{\"alg\":\"RS256\",\"kid\":\"" + TOKEN + "\"}", claims),
                    TestKeys.sign(TestKeys.RSA, "RS256", "{\"alg\":\"RS256\",\"typ\":\"" + TOKEN + "\"}", claims),
                    TestKeys.sign(TestKeys.RSA, "RS256", "{\"alg\":\"RS256\"}", "{\"iss\":\"" + TOKEN + "\"}"),
                    TestKeys.sign(TestKeys.RSA, "RS256", "{\"alg\":\"RS256\"}", TOKEN));
            for (String raw : raws.subList(1, raws.size())) {
                seen.add(verifier.verify(raw).toCompletableFuture().join().toString());
            }
            assertThat(verifier.verify(good).toCompletableFuture().join().toString())
                    .contains(server.url())
                    .doesNotContain(good);
            assertThat(Logs.containing(good)).isEmpty();
            assertThat(seen).hasSize(raws.size() - 1).allMatch(text -> text.startsWith("Rejected["));
            assertSilent(raws.size() - 1);
        }
    }
}
