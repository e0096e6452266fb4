package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.store.file.FileSecretSink;
import dev.lintel.core.Secret;
import dev.lintel.core.VirtualClock;
import dev.lintel.core.model.Elsewhere.SecretHeader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A header with a secret in it, by which the gateway proves itself to a service elsewhere. */
class FarHeaderTest {
    private static final SecretHeader KEY = new SecretHeader("x-api-key", "key ", Far.SECRET);

    private static Gateway knowing(String secret) {
        return Gateway.start(s -> s.secrets(Secrets.of(Map.of(Far.SECRET, Secret.of(secret)))));
    }

    @Test
    void itTakesThePlaceOfWhatTheCallerSays() {
        try (FakeService far = FakeService.saying("ok");
                Gateway gateway = knowing("canary")) {
            gateway.apply(gateway.plan(Far.orders(Far.proven(far.uri(), KEY))
                    .shaped(draft -> draft.addRequestHeader("authorization", "Basic said"))
                    .setHeader("x-api-key", "said")
                    .define()));

            assertThat(Raw.get(
                                    gateway,
                                    "/",
                                    "Authorization: Bearer mine",
                                    "X-Api-Key: mine",
                                    "X_Api_Key: mine",
                                    "x-api_key: mine")
                            .body())
                    .isEqualTo("ok");

            assertThat(far.asked().get(0).lines())
                    .containsExactlyInAnyOrder(
                            "GET / HTTP/1.1",
                            "host: api.psp.example",
                            "x-forwarded-for: 127.0.0.1",
                            "x-forwarded-proto: http",
                            "x-forwarded-host: orders.shop.localhost",
                            "x-api-key: key canary");
        }
    }

    @Test
    void whatTheFarSideEchoesInHeadersStaysHere() {
        String echo = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-api-key: key canary\r\n"
                + "x-debug: you said key canary\r\nlocation: /x?k=canary\r\nx-kept: 1\r\n\r\nok";
        try (FakeService far = FakeService.start((asked, out) -> out.write(FakeService.bytes(echo)));
                Gateway gateway = knowing("canary")) {
            Far.apply(gateway, Far.proven(far.uri(), KEY));

            assertThat(Raw.get(gateway, "/").head())
                    .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nx-kept: 1\r\n\r\n");
            assertThat(Raw.ask(gateway, "TRACE / HTTP/1.1\r\nHost: orders.shop.localhost\r\n\r\n")
                            .status())
                    .isEqualTo(501);
        }
    }

    @Test
    void whatTheFarSideEchoesInTrailersOrTheReasonStaysHere() {
        String echo = "HTTP/1.1 200 you said canary\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"
                + "x-api-key: key canary\r\nx-debug: you said key canary\r\nx-kept: 1\r\n\r\n";
        try (FakeService far = FakeService.start((asked, out) -> out.write(FakeService.bytes(echo)));
                Gateway gateway = knowing("canary")) {
            Far.apply(gateway, Far.proven(far.uri(), KEY));

            Raw.Answer answer = Raw.get(gateway, "/");

            assertThat(answer.head()).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("canary");
            assertThat(answer.body()).isEqualTo("ok|x-kept: 1");
        }
    }

    @Test
    void aSecretThatIsANumberTakesNoLengthAway() {
        try (FakeService far = FakeService.saying("1234567890");
                Gateway gateway = knowing("10")) {
            Far.apply(gateway, Far.proven(far.uri(), KEY));

            assertThat(Raw.get(gateway, "/").head()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
        }
    }

    @Test
    void aRefusalIsNotTheCallersFault() {
        String refusal = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nWWW-Authenticate: Basic\r\n\r\n";
        try (FakeService far = FakeService.start((asked, out) -> out.write(FakeService.bytes(refusal)));
                Gateway gateway = knowing("canary")) {
            Far.apply(gateway, Far.proven(far.uri(), KEY));

            Raw.Answer answer = Raw.get(gateway, "/");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.header("www-authenticate")).isEmpty();
            assertThat(far.asked()).hasSize(1);
        }
    }

    @Test
    void aSecretThatNoHeaderMayHaveIsNotSent() {
        try (FakeService far = FakeService.saying("ok");
                Gateway gateway = knowing("canary\r\nx-evil: 1")) {
            Far.apply(gateway, Far.proven(far.uri(), KEY));

            assertThat(Raw.get(gateway, "/").status()).isEqualTo(503);
            assertThat(far.asked()).isEmpty();
        }
    }

    @Test
    void aReaderThatThrowsEndsTheCallAndNotTheNext() {
        AtomicInteger failures = new AtomicInteger();
        try (FakeService far = FakeService.saying("ok");
                Gateway gateway = Gateway.start(s -> s.secrets(ref -> {
                    if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("canary");
                    }
                    return Optional.of(Secret.of("canary"));
                }))) {
            Far.apply(gateway, Far.proven(far.uri(), KEY));
            failures.set(1);

            assertThat(Raw.get(gateway, "/").body())
                    .contains("the gateway has no credential for the service")
                    .doesNotContain("canary");
            assertThat(far.asked()).isEmpty();
            Until.holds(() -> Raw.get(gateway, "/").body().equals("ok"));
        }
    }

    @Test
    void aSecretThatChangesIsReadAnewAndOneThatGoesEndsTheCalls(@TempDir Path folder) throws Exception {
        VirtualClock clock = VirtualClock.of(Instant.parse("2030-01-01T12:00:00Z"));
        FileSecretSink sink = FileSecretSink.in(folder);
        sink.store(Far.SECRET, Secret.of("one"));
        try (FakeService far = FakeService.start((asked, out) -> out.write(FakeService.ok(asked.header("x-api-key"))));
                Gateway gateway = Gateway.start(s -> s.clock(clock).secrets(Secrets.directory(folder)))) {
            Far.apply(gateway, Far.proven(far.uri(), KEY));
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("key one");

            sink.store(Far.SECRET, Secret.of("two"));
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("key one");
            clock.forward(Duration.ofSeconds(1));
            Until.holds(() -> Raw.get(gateway, "/").body().equals("key two"));

            Files.delete(folder.resolve("shop/psp/secret"));
            clock.forward(Duration.ofSeconds(1));
            Until.holds(() -> Raw.get(gateway, "/").status() == 503);
            sink.store(Far.SECRET, Secret.of("three"));
            clock.forward(Duration.ofSeconds(1));
            Until.holds(() -> Raw.get(gateway, "/").body().equals("key three"));
        }
    }
}
