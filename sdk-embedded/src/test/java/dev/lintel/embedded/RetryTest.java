package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.traffic.Retry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
    /** Fails some times, then says what it was asked. */
    private static FakeService failing(int times, String failure) {
        AtomicInteger left = new AtomicInteger(times);
        return FakeService.start((asked, out) -> {
            if (left.getAndDecrement() <= 0) {
                out.write(FakeService.ok("ok " + asked.body()));
            } else if (failure.equals("reset")) {
                asked.socket().close();
            } else if (failure.equals("silent")) {
                asked.socket().getInputStream().read();
            } else {
                out.write(FakeService.bytes("HTTP/1.1 " + failure + " No\r\nContent-Length: 2\r\n\r\nno"));
            }
        });
    }

    private static void apply(Gateway gateway, FakeService service, Said said) {
        gateway.workload("orders.shop", service.uri());
        gateway.apply(gateway.plan(said.define()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"502", "503", "504", "reset"})
    void whatMayBeSentTwiceIsTriedAgain(String failure) {
        try (FakeService service = failing(2, failure);
                Gateway gateway = Gateway.start()) {
            apply(gateway, service, Said.orders().retry(Retry.attempts(2)));

            assertThat(Raw.get(gateway, "/").body()).isEqualTo("ok ");
            assertThat(Raw.ask(gateway, Raw.request("PUT", "/", "Content-Length: 3") + "abc")
                            .body())
                    .isEqualTo("ok abc");
            assertThat(service.asked()).hasSize(4);
            assertThat(gateway.stats().retries()).isEqualTo(2);
            assertThat(gateway.stats().serverErrors()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"502", "503", "504", "reset"})
    void theBodyIsSentAgain(String failure) {
        try (FakeService service = failing(1, failure);
                Gateway gateway = Gateway.start()) {
            apply(gateway, service, Said.orders().retry(Retry.attempts(2)));
            String chunks = "3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n";

            assertThat(Raw.ask(gateway, Raw.request("PUT", "/", "Transfer-Encoding: chunked") + chunks)
                            .body())
                    .isEqualTo("ok abcdefg");
        }
    }

    @Test
    void theLastAnswerIsPassedOn() {
        try (FakeService service = failing(9, "503");
                Gateway gateway = Gateway.start()) {
            apply(gateway, service, Said.orders().retry(Retry.attempts(2)));
            Raw.Answer answer = Raw.get(gateway, "/");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("no");
            assertThat(service.asked()).hasSize(3);
        }
    }

    @Test
    void otherAnswersAreNotTriedAgain() {
        try (FakeService service = failing(1, "500");
                Gateway gateway = Gateway.start()) {
            apply(gateway, service, Said.orders().retry(Retry.attempts(2)));

            assertThat(Raw.get(gateway, "/").status()).isEqualTo(500);
            assertThat(service.asked()).hasSize(1);
        }
    }

    @Test
    void whatMustNotBeSentTwiceIsSentOnce() {
        try (FakeService service = failing(9, "503");
                Gateway gateway = Gateway.start()) {
            apply(gateway, service, Said.orders().retry(Retry.attempts(2)));

            assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 3") + "abc")
                            .status())
                    .isEqualTo(503);
            assertThat(Raw.ask(gateway, Raw.request("PATCH", "/", "Content-Length: 3") + "abc")
                            .status())
                    .isEqualTo(503);
            assertThat(service.asked()).hasSize(2);
        }
    }

    @Test
    void unlessItIsSaid() {
        try (FakeService service = failing(2, "reset");
                Gateway gateway = Gateway.start()) {
            apply(gateway, service, Said.orders().retry(Retry.attempts(2).evenIfNotIdempotent()));

            assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 3") + "abc")
                            .body())
                    .isEqualTo("ok abc");
        }
    }

    @Test
    void whatWasNeverSentIsTriedElsewhereWhateverTheMethod() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (FakeService service = failing(0, "");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", nobody, service.uri());
            gateway.apply(gateway.plan(Said.orders().retry(Retry.attempts(1)).define()));

            for (int i = 0; i < 4; i++) {
                assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 3") + "abc")
                                .body())
                        .isEqualTo("ok abc");
            }
        }
    }

    @Test
    void aLongBodyIsNotSentAgain() {
        try (FakeService service = failing(1, "503");
                Gateway gateway = Gateway.start()) {
            apply(gateway, service, Said.orders().retry(Retry.attempts(2)));
            String body = "x".repeat(100_000);

            assertThat(Raw.ask(gateway, Raw.request("PUT", "/", "Content-Length: 100000") + body)
                            .status())
                    .isEqualTo(503);
            assertThat(service.asked()).hasSize(1);
        }
    }

    @Test
    void aTryThatTakesTooLongIsFollowedByAnother() {
        try (FakeService service = failing(1, "silent");
                Gateway gateway = Gateway.start()) {
            apply(gateway, service, Said.orders().retry(2, Duration.ofMillis(500)));

            assertThat(Raw.get(gateway, "/").body()).isEqualTo("ok ");
        }
    }

    @Test
    void triesThatAllTakeTooLongAre504() {
        try (FakeService service = failing(9, "silent");
                Gateway gateway = Gateway.start()) {
            apply(gateway, service, Said.orders().retry(2, Duration.ofMillis(50)));

            assertThat(Raw.get(gateway, "/").status()).isEqualTo(504);
            Until.holds(() -> service.asked().size() == 3);
        }
    }

    @Test
    void theTimeoutCoversAllTries() {
        try (FakeService service = failing(9, "silent");
                Gateway gateway = Gateway.start()) {
            apply(
                    gateway,
                    service,
                    Said.orders().retry(8, Duration.ofMillis(100)).timeout(Duration.ofMillis(250)));

            assertThat(Raw.get(gateway, "/").status()).isEqualTo(504);
            assertThat(service.asked().size()).isBetween(1, 3);
        }
    }

    @Test
    void aCallThatTakesTooLongIs504() {
        try (FakeService service = failing(9, "silent");
                Gateway gateway = Gateway.start()) {
            apply(gateway, service, Said.orders().retry(Retry.attempts(5)).timeout(Duration.ofMillis(100)));

            assertThat(Raw.get(gateway, "/").status()).isEqualTo(504);
            assertThat(service.asked()).hasSizeLessThan(2);
        }
    }

    @Test
    void theTimeoutBeginsWhenTheRequestIsWhole() {
        try (FakeService service = failing(0, "");
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            apply(
                    gateway,
                    service,
                    Said.orders().retry(1, Duration.ofSeconds(1)).timeout(Duration.ofSeconds(1)));
            raw.send(Raw.request("PUT", "/", "Content-Length: 3") + "a");
            long sent = System.nanoTime();
            Until.holds(() -> System.nanoTime() - sent > 1_300_000_000);
            raw.send("bc");

            assertThat(raw.answer().body()).isEqualTo("ok abc");
        }
    }

    @Test
    void aCallThatTakesTooLongInTheMiddleIsBrokenOff() {
        try (FakeService service = FakeService.start((asked, out) -> {
                    out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"));
                    out.flush();
                    asked.socket().getInputStream().read();
                });
                Gateway gateway = Gateway.start()) {
            apply(gateway, service, Said.orders().timeout(Duration.ofSeconds(1)));

            assertThat(Raw.get(gateway, "/").body()).isEqualTo("abc");
            Until.holds(() -> gateway.stats().aborted() == 1);
        }
    }

    @Test
    void aCallWhoseAnswerBeganBeforeItsBodyHadEndedTakesNoLonger() {
        String begun = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n";
        try (FarHost service = FarHost.start(socket -> {
                    socket.getOutputStream().write(FakeService.bytes(begun));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                });
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", URI.create("http://127.0.0.1:" + service.port()));
            gateway.apply(
                    gateway.plan(Said.orders().timeout(Duration.ofSeconds(1)).define()));

            raw.send(Raw.request("POST", "/", "Content-Length: 3") + "a");
            assertThat(raw.head()).startsWith("HTTP/1.1 200 OK\r\n");
            raw.send("bc");

            Until.holds(() -> gateway.stats().aborted() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void functionsAreTriedAgainLikeServices(int status) {
        AtomicInteger calls = new AtomicInteger();
        try (Gateway gateway = Gateway.start()) {
            gateway.workload(
                    "orders.shop",
                    Workload.function(request -> calls.incrementAndGet() % 3 == 0
                            ? Reply.ok("ok " + request.text())
                            : Reply.status(status).text("no")));
            gateway.apply(gateway.plan(Said.orders().retry(Retry.attempts(2)).define()));

            assertThat(Raw.ask(gateway, Raw.request("PUT", "/", "Content-Length: 3") + "abc")
                            .body())
                    .isEqualTo("ok abc");
            assertThat(gateway.stats().retries()).isEqualTo(2);
            assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 3") + "abc")
                            .status())
                    .isEqualTo(status);
            assertThat(calls).hasValue(4);
        }
    }

    @Test
    void aFunctionThatFailsIsNotCalledAgain() {
        AtomicInteger calls = new AtomicInteger();
        try (Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", Workload.function(request -> {
                calls.incrementAndGet();
                throw new IOException("no");
            }));
            gateway.apply(gateway.plan(Said.orders().retry(Retry.attempts(2)).define()));

            assertThat(Raw.get(gateway, "/").status()).isEqualTo(500);
            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void aFunctionThatTakesTooLongIsCalledAgainAndItsLateAnswerIsNotHeard() {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch second = new CountDownLatch(1);
        try (Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", Workload.function(request -> {
                int call = calls.incrementAndGet();
                if (call == 1) {
                    second.await();
                } else {
                    second.countDown();
                }
                return Reply.ok("call " + call);
            }));
            gateway.apply(gateway.plan(Said.orders()
                    .retry(Retry.attempts(10).perTry(Duration.ofMillis(100)))
                    .define()));

            // On a busy machine a later call may be late as well, so that it is one of the next that answers.
            assertThat(Raw.get(gateway, "/").body()).matches("call ([2-9]|1[01])");
            assertThat(Raw.get(gateway, "/").body()).matches("call ([3-9]|[12][0-9])");
            assertThat(gateway.stats().retries()).isPositive();
        }
    }
}
