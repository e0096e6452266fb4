package dev.lintel.embedded.authorization.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.embedded.authorization.Wire;
import dev.lintel.embedded.log.LogWatch;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ListenerTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: id\r\n\r\n";
    private static final Endpoint HELLO = request -> Reply.text(200, "hello");

    private static Listener listen(String name, Limits limits) {
        return Listener.bind(
                name, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits, InstantSource.system());
    }

    private static Limits limits(int connections, Duration patience) {
        return new Limits(1_024, 1_024, 1_024, connections, patience, Duration.ofSeconds(10));
    }

    @Test
    void acceptsNothingBeforeItServes() {
        try (Listener listener = listen("early", Limits.DEFAULT);
                Wire wire = new Wire(listener.address())) {
            wire.send(GET);
            listener.serve(Routes.none().with("GET", "/", HELLO));
            assertThat(wire.until("hello\n")).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void furtherConnectionsAreClosedAtOnce() {
        try (Listener listener = listen("few", limits(2, Duration.ofMinutes(1)))) {
            listener.serve(HELLO);
            try (Wire one = new Wire(listener.address());
                    Wire two = new Wire(listener.address())) {
                assertThat(one.send(GET).until("hello\n")).isNotEmpty();
                assertThat(two.send(GET).until("hello\n")).isNotEmpty();
                try (Wire three = new Wire(listener.address())) {
                    assertThat(three.ends()).isTrue();
                }
                assertThat(one.send(GET).until("hello\n")).isNotEmpty();
            }
        }
    }

    @Test
    void aRequestAtHandIsAnsweredWhenItCloses() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        Listener listener = listen("graceful", limits(10, Duration.ofMinutes(1)));
        listener.serve(request -> {
            arrived.countDown();
            return answer.join();
        });
        CompletableFuture<Void> closed;
        try (Wire busy = new Wire(listener.address());
                Wire idle = new Wire(listener.address())) {
            busy.send(GET);
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            closed = CompletableFuture.runAsync(listener::close);
            assertThat(idle.ends()).isTrue();
            assertThat(closed).isNotDone();
            answer.complete(Reply.text(200, "late"));
            assertThat(busy.rest())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("connection: close\r\n")
                    .endsWith("late\n");
        }
        closed.get(20, TimeUnit.SECONDS);
    }

    @Test
    void leavesNoThreadAndNoPortBehind() throws Exception {
        Listener listener = listen("traceless", limits(10, Duration.ofMinutes(1)));
        listener.serve(HELLO);
        InetSocketAddress address = listener.address();
        try (Wire wire = new Wire(address)) {
            assertThat(wire.send(GET).until("hello\n")).isNotEmpty();
            List<Thread> threads = threads("traceless");
            assertThat(threads).isNotEmpty();
            listener.close();
            listener.close();
            assertThat(wire.ends()).isTrue();
            end(threads);
        }
        assertThatThrownBy(() -> new Wire(address)).hasRootCauseInstanceOf(ConnectException.class);
    }

    @Test
    void aFailedStartLeavesNoThreadBehind() throws Exception {
        try (Listener listener = listen("first", Limits.DEFAULT)) {
            assertThatThrownBy(
                            () -> Listener.bind("second", listener.address(), Limits.DEFAULT, InstantSource.system()))
                    .hasMessageContaining("cannot listen on")
                    .hasMessageContaining("Address already in use");
            end(threads("second"));
        }
    }

    private static List<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .toList();
    }

    /** A pool counts as ended a moment before its last thread does. */
    private static void end(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(20_000);
            assertThat(thread.isAlive()).as(thread.getName()).isFalse();
        }
    }

    @Test
    void anEndpointThatFailsTellsNothingOfIt() {
        try (LogWatch logs = LogWatch.open();
                Listener listener = listen("failing", Limits.DEFAULT)) {
            listener.serve(Routes.none().with("GET", "/", request -> {
                throw new IllegalStateException("inner workings");
            }));
            try (Wire wire = new Wire(listener.address())) {
                assertThat(wire.send(GET).until("\n\r\n") + wire.until("\n"))
                        .startsWith("HTTP/1.1 500 Internal Server Error\r\n")
                        .endsWith("\r\n\r\ninternal error\n");
                assertThat(wire.send(GET).until("\r\n")).isNotEmpty();
            }
            assertThat(logs.lines()).anyMatch(line -> line.contains("GET / failed") && line.contains("inner workings"));
        }
    }
}
