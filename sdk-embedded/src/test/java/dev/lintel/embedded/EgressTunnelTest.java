package dev.lintel.embedded;

import static dev.lintel.embedded.Outside.HOST;
import static dev.lintel.embedded.Outside.psp;
import static dev.lintel.embedded.Outside.tunnel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.embedded.EgressStats.Destination;
import dev.lintel.embedded.egress.Hellos;
import dev.lintel.traffic.egress.EgressHost;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a tunnel carries, and what it does not. */
class EgressTunnelTest {
    private static final byte[] HELLO = Hellos.jdk(HOST);

    private static Destination only(EgressProxy proxy) {
        assertThat(proxy.stats().destinations()).hasSize(1);
        return proxy.stats().destinations().values().iterator().next();
    }

    private static byte[] read(Raw raw, int bytes) throws IOException {
        return raw.socket().getInputStream().readNBytes(bytes);
    }

    @Test
    void everyByteIsCarriedAndCounted() throws Exception {
        byte[] more = new byte[3_000_000];
        new Random(1).nextBytes(more);
        try (FarHost host = FarHost.echo();
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy proxy = outside.payments();
                Raw raw = tunnel(proxy, HOST + ":" + host.port())) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                raw.send(HELLO).send(more);
                raw.finish();
            });
            byte[] all = raw.socket().getInputStream().readAllBytes();
            sending.get(20, TimeUnit.SECONDS);

            assertThat(Arrays.copyOf(all, HELLO.length)).isEqualTo(HELLO);
            assertThat(Arrays.copyOfRange(all, HELLO.length, all.length)).isEqualTo(more);
            int bytes = HELLO.length + more.length;
            Until.holds(() -> only(proxy).open() == 0);
            assertThat(only(proxy)).isEqualTo(new Destination(1, 0, bytes, bytes));
            assertThat(proxy.stats().destinations()).containsOnlyKeys(HOST + ":" + host.port());
            Until.holds(() -> proxy.stats().connections() == 0);
            assertThat(proxy.stats().refused()).isZero();
            assertThat(proxy.stats().failed()).isZero();
        }
    }

    @Test
    void aSideThatHasSaidAllMayGoOnListening() throws Exception {
        try (FarHost host = FarHost.start(socket -> {
                    byte[] asked = socket.getInputStream().readAllBytes();
                    socket.getOutputStream().write(("heard " + asked.length).getBytes(StandardCharsets.UTF_8));
                });
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy proxy = outside.payments();
                Raw raw = tunnel(proxy, HOST + ":" + host.port())) {
            raw.send(HELLO).send("0123456789");
            raw.finish();

            assertThat(new String(raw.socket().getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("heard " + (HELLO.length + 10));
        }
    }

    @Test
    void aHostThatHasSaidAllMayGoOnListening() throws Exception {
        CompletableFuture<Integer> heard = new CompletableFuture<>();
        try (FarHost host = FarHost.start(socket -> {
                    socket.getInputStream().readNBytes(HELLO.length);
                    socket.getOutputStream().write(7);
                    socket.shutdownOutput();
                    heard.complete(socket.getInputStream().readAllBytes().length);
                });
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy proxy = outside.payments();
                Raw raw = tunnel(proxy, HOST + ":" + host.port())) {
            raw.send(HELLO);
            assertThat(raw.socket().getInputStream().readAllBytes()).containsExactly(7);
            raw.send("still here");
            raw.finish();

            assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo(10);
        }
    }

    static Stream<byte[]> notForTheHost() {
        return Stream.of(
                Hellos.jdk("evil.example"),
                Hellos.jdk("psp.example"),
                Hellos.jdk(""),
                Hellos.encrypted(HOST),
                Hellos.with());
    }

    @ParameterizedTest
    @MethodSource("notForTheHost")
    void aTunnelForAnotherHostIsClosed(byte[] hello) throws Exception {
        try (FarHost host = FarHost.echo();
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy proxy = outside.payments();
                Raw raw = tunnel(proxy, HOST + ":" + host.port())) {
            raw.send(hello);

            assertThat(raw.socket().getInputStream().readAllBytes())
                    .as("a fatal alert, unrecognized_name, and the end")
                    .containsExactly(21, 3, 3, 0, 2, 2, 112);
            assertThat(only(proxy).sent()).isZero();
            assertThat(proxy.stats().refused()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("noTls")
    void whatIsNoTlsIsNotCarried(String text) throws Exception {
        try (FarHost host = FarHost.echo();
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy proxy = outside.payments();
                Raw raw = tunnel(proxy, HOST + ":" + host.port())) {
            raw.send(text);

            assertThat(raw.isClosed()).isTrue();
            assertThat(only(proxy).sent()).isZero();
        }
    }

    static Stream<String> noTls() {
        return Stream.of("GET / HTTP/1.1\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n", "EHLO evil\r\n");
    }

    @Test
    void aHostThatSpeaksFirstIsNotHeard() throws Exception {
        try (FarHost host = FarHost.start(socket -> {
                    socket.getOutputStream().write(FakeService.bytes("220 mail.example ESMTP\r\n"));
                    socket.getInputStream().readAllBytes();
                });
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy proxy = outside.proxy("payments.shop", s -> s.headerTimeout(Duration.ofSeconds(2)));
                Raw raw = tunnel(proxy, HOST + ":" + host.port())) {
            assertThat(raw.isClosed()).as("no TLS in time").isTrue();
            assertThat(only(proxy).received()).isZero();
        }
    }

    @Test
    void aHelloMayComeByteByByte() throws Exception {
        try (FarHost host = FarHost.echo();
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy proxy = outside.payments();
                Raw raw = tunnel(proxy, HOST + ":" + host.port())) {
            for (byte one : HELLO) {
                raw.send(new byte[] {one});
            }
            assertThat(read(raw, HELLO.length)).isEqualTo(HELLO);
        }
    }

    @Test
    void aTunnelInWhichNothingMovesIsClosed() throws Exception {
        try (FarHost host = FarHost.echo();
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy proxy = outside.proxy("payments.shop", s -> s.idleTimeout(Duration.ofSeconds(2)));
                Raw raw = tunnel(proxy, HOST + ":" + host.port())) {
            raw.send(HELLO);
            assertThat(read(raw, HELLO.length)).isEqualTo(HELLO);

            assertThat(raw.isClosed()).isTrue();
            Until.holds(() -> only(proxy).open() == 0);
        }
    }

    @Test
    void aClientThatDoesNotReadStopsTheHost() throws Exception {
        int chunk = 1 << 16;
        int chunks = 1_024;
        CountDownLatch written = new CountDownLatch(1);
        try (FarHost host = FarHost.start(socket -> {
                    socket.getInputStream().readNBytes(HELLO.length);
                    OutputStream out = socket.getOutputStream();
                    for (int i = 0; i < chunks; i++) {
                        out.write(new byte[chunk]);
                    }
                    written.countDown();
                });
                Outside outside = Outside.letting(psp(host.port()));
                EgressProxy proxy = outside.payments();
                Raw raw = tunnel(proxy, HOST + ":" + host.port())) {
            raw.send(HELLO);
            Until.holds(() -> only(proxy).received() > 0);
            // A second is long for 64 MiB on one machine: whoever has not written them by then has been stopped.
            assertThat(written.await(1, TimeUnit.SECONDS)).isFalse();
            long before = only(proxy).received();
            assertThat(before).isLessThan((long) chunk * chunks);

            InputStream in = raw.socket().getInputStream();
            long all = 0;
            byte[] buffer = new byte[chunk];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all += n;
            }
            assertThat(all).isEqualTo((long) chunk * chunks);
            assertThat(only(proxy).received()).isEqualTo(all);
        }
    }

    @Test
    void tunnelsThatAreNotLetOutAnyMoreAreCutAndOthersAreNot() throws Exception {
        try (FarHost host = FarHost.echo();
                Outside outside = Outside.letting(psp(host.port()), other(host.port(), true));
                EgressProxy payments = outside.payments();
                EgressProxy refunds = outside.proxy("refunds.shop");
                Raw cut = tunnel(payments, HOST + ":" + host.port());
                Raw opening = tunnel(payments, HOST + ":" + host.port());
                Raw kept = tunnel(refunds, "other.psp.example:" + host.port())) {
            byte[] hello = Hellos.jdk("other.psp.example");
            kept.send(hello);
            assertThat(read(kept, hello.length)).isEqualTo(hello);
            cut.send(HELLO);
            assertThat(read(cut, HELLO.length)).isEqualTo(HELLO);

            outside.apply(other(host.port(), true));
            assertThat(cut.isClosed()).isTrue();
            assertThat(opening.isClosed()).isTrue();
            kept.send("still");
            assertThat(read(kept, 5)).containsExactly("still".getBytes(StandardCharsets.UTF_8));

            outside.apply(other(host.port(), false));
            assertThat(kept.isClosed())
                    .as("its address is not allowed any more")
                    .isTrue();
            assertThat(payments.stats().refused()).isEqualTo(2);
        }
    }

    @Test
    void aCheckpointBringsItsRulesBack() throws Exception {
        try (FarHost host = FarHost.echo();
                Outside outside = Outside.letting(other(443, true));
                EgressProxy payments = outside.payments()) {
            Checkpoint without = outside.gateway().checkpoint();
            outside.apply(psp(host.port()));
            try (Raw raw = tunnel(payments, HOST + ":" + host.port())) {
                raw.send(HELLO);
                assertThat(read(raw, HELLO.length)).isEqualTo(HELLO);
                without.restore();

                assertThat(raw.isClosed()).isTrue();
            }
            assertThat(Outside.ask(payments, Outside.connect(HOST + ":" + host.port()))
                            .status())
                    .isEqualTo(502);
        }
    }

    private static Definition other(int port, boolean inside) {
        var chain = EgressHost.of("other.psp.example")
                .onlyFor("refunds")
                .inNamespace("shop")
                .ports(port);
        return inside ? chain.allowPrivateAddresses().define() : chain.define();
    }
}
