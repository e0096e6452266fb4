package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Origin;
import dev.lintel.core.model.MirrorRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Copies of requests: the same path, headers and body, and nothing that the caller could notice. */
class MirrorTest {
    private static Said mirrored() {
        return Said.orders()
                .route("/**", "v1")
                .shaped(draft -> draft.mirror(new MirrorRule("v3", 100, Origin.unknown())));
    }

    private static void apply(Gateway gateway, FakeService v1, Said said) {
        gateway.workload("orders.shop", "v1", v1.uri());
        gateway.apply(gateway.plan(said.define()));
    }

    private static List<String> fields(FakeService.Asked asked) {
        return asked.lines().stream()
                .skip(1)
                .map(line -> line.toLowerCase(Locale.ROOT).replace("-shadow", ""))
                .toList();
    }

    private static FakeService echo(String name) {
        return FakeService.start((asked, out) -> out.write(FakeService.ok(name + " " + asked.body())));
    }

    @Test
    void aCopyHasPathHeadersAndBodyOfWhatTheServiceGets() {
        try (FakeService v1 = echo("v1");
                FakeService v3 = echo("v3");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", "v3", v3.uri());
            apply(gateway, v1, mirrored().rewritePath("/api/**", "/in/**").setHeader("x-team", "shop"));

            Raw.Answer answer = Raw.ask(
                    gateway,
                    Raw.request("POST", "/api/x?q=1", "Authorization: Basic eDp5", "Content-Length: 3") + "abc");

            assertThat(answer.body()).isEqualTo("v1 abc");
            Until.holds(() -> v3.asked().size() == 1);
            FakeService.Asked real = v1.asked().get(0);
            FakeService.Asked copy = v3.asked().get(0);
            assertThat(copy.body()).isEqualTo("abc");
            assertThat(copy.header("host")).isEqualTo("orders.shop.localhost-shadow");
            assertThat(copy.first()).isEqualTo("POST /in/x?q=1 HTTP/1.1").isEqualTo(real.first());
            assertThat(fields(copy))
                    .containsExactlyInAnyOrderElementsOf(fields(real))
                    .contains("authorization: basic edp5", "x-team: shop");
            assertThat(gateway.stats().mirrored()).isEqualTo(1);
            assertThat(gateway.stats().calls()).containsEntry("orders.shop v1", 1L);
        }
    }

    @Test
    void chunksAndTrailersAreCopiedAndConnectionsUsedAgain() {
        try (FakeService v1 = echo("v1");
                FakeService v3 = echo("v3");
                Gateway gateway = Gateway.start(s -> s.threads(1));
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", "v3", v3.uri());
            apply(gateway, v1, mirrored());
            String chunked = Raw.request("POST", "/", "Transfer-Encoding: chunked", "Trailer: x-sum")
                    + "3\r\nabc\r\n2\r\nde\r\n0\r\nx-sum: 5\r\n\r\n";

            for (int i = 1; i <= 3; i++) {
                int number = i;
                assertThat(raw.send(chunked).answer().body()).isEqualTo("v1 abcde|x-sum: 5");
                Until.holds(() -> v3.asked().size() == number && gateway.stats().mirrored() == number);
                assertThat(v3.asked().get(i - 1).body()).isEqualTo("abcde|x-sum: 5");
            }

            assertThat(v3.connections()).isLessThanOrEqualTo(3);
            assertThat(v1.connections()).isEqualTo(1);
        }
    }

    @Test
    void aFunctionMayBeAMirror() {
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (FakeService v1 = echo("v1");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", "v3", Workload.function(request -> {
                seen.add(request.host() + request.path() + " " + request.text() + " "
                        + request.header("host").orElse("-"));
                throw new IOException("a mirror may fail");
            }));
            apply(gateway, v1, mirrored());

            assertThat(Raw.ask(gateway, Raw.request("POST", "/x", "Content-Length: 3") + "abc")
                            .body())
                    .isEqualTo("v1 abc");

            Until.holds(() -> seen.size() == 1);
            assertThat(seen).containsExactly("orders.shop.localhost-shadow/x abc orders.shop.localhost-shadow");
            assertThat(gateway.stats().mirrored()).isEqualTo(1);
            assertThat(gateway.stats().mirrorsDropped()).isZero();
        }
    }

    @Test
    void aDeadMirrorCostsNothingButACounter() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (FakeService v1 = echo("v1");
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", "v3", URI.create("http://127.0.0.1:" + free));
            apply(gateway, v1, mirrored());

            for (int i = 0; i < 300; i++) {
                assertThat(raw.send(Raw.request("GET", "/")).answer().body()).isEqualTo("v1 ");
            }

            Until.holds(() -> gateway.stats().mirrorsDropped() == 300);
            assertThat(gateway.stats().mirrored()).isZero();
            assertThat(gateway.stats().successes()).isEqualTo(300);
        }
    }

    @Test
    void aMirrorThatNeverAnswersHoldsNobodyUpAndTakesABoundedShare() {
        try (FakeService v1 = echo("v1");
                FakeService v3 = FakeService.start(
                        (asked, out) -> asked.socket().getInputStream().read());
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", "v3", v3.uri());
            apply(gateway, v1, mirrored());

            for (int i = 0; i < 300; i++) {
                assertThat(raw.send(Raw.request("GET", "/")).answer().body()).isEqualTo("v1 ");
            }

            Until.holds(() -> gateway.stats().mirrored() == 256);
            assertThat(gateway.stats().mirrorsDropped()).isEqualTo(44);
        }
    }

    @Test
    void aMirrorThatNeverAnswersIsGivenUpAfterTheTimeOfTheCall() {
        try (FakeService v3 = FakeService.start(
                        (asked, out) -> asked.socket().getInputStream().read());
                Gateway gateway = Gateway.start(s -> s.responseTimeout(Duration.ofSeconds(1)));
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", "v1", Workload.function(request -> Reply.ok("v1")));
            gateway.workload("orders.shop", "v3", v3.uri());
            gateway.apply(gateway.plan(mirrored().define()));

            raw.send(Raw.request("GET", "/").repeat(256));
            for (int i = 0; i < 256; i++) {
                assertThat(raw.answer().body()).isEqualTo("v1");
            }
            Until.holds(() -> {
                assertThat(raw.send(Raw.request("GET", "/")).answer().body()).isEqualTo("v1");
                return gateway.stats().mirrored() > 256;
            });
        }
    }

    @Test
    void functionsThatNeverReturnTakeNoThreadFromOthers() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", "v1", Workload.function(request -> Reply.ok("v1")));
            gateway.workload("orders.shop", "v3", Workload.function(request -> {
                go.await(4, TimeUnit.MINUTES);
                return Reply.ok("v3");
            }));
            gateway.apply(gateway.plan(mirrored().define()));

            for (int i = 0; i < 300; i++) {
                assertThat(Raw.get(gateway, "/").body()).isEqualTo("v1");
            }

            assertThat(gateway.stats().mirrored()).isEqualTo(16);
            assertThat(gateway.stats().mirrorsDropped()).isEqualTo(284);
            go.countDown();
        }
    }

    @Test
    void aBodyThatIsTooLongGoesToTheServiceAlone() {
        String body = "x".repeat(64 * 1024 + 1);
        try (FakeService v1 = FakeService.start((asked, out) ->
                        out.write(FakeService.ok("" + asked.body().length())));
                FakeService v3 = echo("v3");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", "v3", v3.uri());
            apply(gateway, v1, mirrored());

            assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: " + body.length()) + body)
                            .body())
                    .isEqualTo("65537");
            assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 65536") + body.substring(1))
                            .body())
                    .isEqualTo("65536");

            Until.holds(() -> gateway.stats().mirrored() == 1);
            assertThat(gateway.stats().mirrorsDropped()).isEqualTo(1);
            Until.holds(() -> v3.asked().size() == 1);
        }
    }

    @Test
    void aRequestThatDoesNotComeWholeIsNotCopied() {
        Said said = Said.orders().route("/**", "v1");
        try (FakeService v1 = echo("v1");
                FakeService other = echo("other");
                Gateway gateway = Gateway.start()) {
            for (int i = 0; i < 16; i++) {
                gateway.workload("orders.shop", "m" + i, other.uri());
                said = said.mirror("m" + i, 100);
            }
            apply(gateway, v1, said);
            for (int i = 0; i < 20; i++) {
                try (Raw raw = Raw.to(gateway)) {
                    raw.send(Raw.request("POST", "/", "Content-Length: 100") + "abc");
                }
                long number = i + 1L;
                Until.holds(() -> gateway.stats().aborted() == number
                        && gateway.stats().mirrorsDropped() == 16 * number
                        && gateway.stats().connections() == 0);
            }

            assertThat(gateway.stats().mirrored()).isZero();
            assertThat(Raw.get(gateway, "/").body())
                    .as("none of 320 keeps its place")
                    .isEqualTo("v1 ");
            Until.holds(() -> gateway.stats().mirrored() == 16);
        }
    }

    @Test
    void whatAMirrorAnswersIsReadWithABound() {
        byte[] endless = "x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        CountDownLatch broken = new CountDownLatch(1);
        try (FakeService v1 = echo("v1");
                FakeService v3 = FakeService.start((asked, out) -> {
                    out.write(FakeService.bytes("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"));
                    try {
                        for (int i = 0; i < 15_000; i++) {
                            out.write(endless);
                        }
                    } catch (IOException e) {
                        broken.countDown();
                    }
                });
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", "v3", v3.uri());
            apply(gateway, v1, mirrored());

            assertThat(Raw.get(gateway, "/").body()).isEqualTo("v1 ");

            Until.holds(() -> broken.getCount() == 0);
        }
    }

    @Test
    void rulesAboutWorkloadsHoldForCopiesToo() {
        try (FakeService v1 = echo("v1");
                FakeService v3 = FakeService.start(
                        (asked, out) -> out.write(FakeService.bytes("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")));
                Gateway gateway = Gateway.start();
                Raw raw = Raw.to(gateway)) {
            gateway.workload("orders.shop", "v3", v3.uri());
            apply(gateway, v1, mirrored().breaker(b -> b.consecutive5xx(3)));

            for (int i = 1; i <= 3; i++) {
                int number = i;
                assertThat(raw.send(Raw.request("GET", "/")).answer().body()).isEqualTo("v1 ");
                Until.holds(() -> v3.asked().size() == number);
            }
            Until.holds(() -> gateway.stats().ejected() == 1);
            assertThat(raw.send(Raw.request("GET", "/")).answer().body()).isEqualTo("v1 ");

            assertThat(gateway.stats().mirrored()).isEqualTo(3);
            assertThat(gateway.stats().mirrorsDropped()).isEqualTo(1);
        }
    }

    @Test
    void aMirrorMustBeBound() {
        try (FakeService v1 = echo("v1");
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", "v1", v1.uri());

            assertThat(gateway.plan(mirrored().define()).problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message())
                            .isEqualTo("version 'v3' is bound to no workload; bound are: v1"));
        }
    }
}
