package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lintel.kubernetes.FakeApiserver.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers of an istiod that are none, are too slow, or stand below a path. */
class IstiodsTest {
    private static final Duration TIME = Duration.ofSeconds(7);

    /** What passes when the server has begun to answer. */
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    @Timeout(60)
    void anAnswerThatBeginsAndDoesNotEndIsNone() throws IOException {
        ExecutorService executor = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", this::drip);
        server.start();
        try {
            URI place = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            Istiods.Look look = new Istiods(List.of(place), new Json(), new Passing()).look(TIME);

            assertThatThrownBy(look::known)
                    .isInstanceOf(IOException.class)
                    .hasMessage("GET " + place + "/debug/configz is not answered to its end within 7.0 s");
            // What is left of the time is for all questions of a look, and there is none.
            assertThatThrownBy(look::proxies).hasMessageEndingWith("within 7.0 s");
        } finally {
            end.countDown();
            server.stop(0);
            executor.shutdownNow();
        }
    }

    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write('[');
        exchange.getResponseBody().flush();
        boolean unusedFirst = over.complete(null);
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Time that passes when a test says so. */
    private final class Passing implements Pauses {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public CompletableFuture<Void> pause(Duration time) {
            assertThat(time).isEqualTo(TIME);
            return over;
        }
    }

    @Test
    void whatIsNoListOfProxiesIsNoAnswer() throws IOException {
        for (String body : List.of("{\"error\": \"denied\"}", "null", "\"[]\"", "[{}]", "[1]", "denied")) {
            try (FakeApiserver api = new FakeApiserver(call -> Answer.ok(body))) {
                Istiods.Look look = look(api, "");
                assertThatThrownBy(look::proxies)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("/debug/syncz answers is no ");
            }
        }
    }

    @Test
    void anAddressMayHaveAPath() throws IOException {
        for (String path : List.of("/istiod/a", "/istiod/a/")) {
            try (FakeApiserver api = new FakeApiserver(call -> Answer.of(401, ""))) {
                assertThatThrownBy(look(api, path)::known)
                        .hasMessage("GET " + master(api) + "/istiod/a/debug/configz is answered 401");
                assertThat(api.asked).containsExactly("GET /istiod/a/debug/configz");
            }
        }
        assertThatThrownBy(() -> Waits.usual().asking(URI.create("http://127.0.0.1:15014/?a=b")))
                .hasMessage("the address of an istiod ends with its path, and has no '?' and no '#'");
    }

    @Test
    void whoeverIsInterruptedStaysSo() throws IOException {
        try (FakeApiserver api = new FakeApiserver(call -> Answer.ok("[]"))) {
            Istiods.Look look = look(api, "");
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(look::proxies).hasMessageEndingWith("/debug/syncz is interrupted");
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    private static String master(FakeApiserver api) {
        String master = api.client.getConfiguration().getMasterUrl();
        return master.endsWith("/") ? master.substring(0, master.length() - 1) : master;
    }

    private static Istiods.Look look(FakeApiserver api, String path) {
        return new Istiods(List.of(URI.create(master(api) + path)), new Json(), Pauses.REAL).look(TIME);
    }
}
