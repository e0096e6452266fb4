package dev.lintel.graphql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.Upstream;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.graphql.upstream.UpstreamRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How calls are made: side by side, in time, as many as may be, and what is told of those that fail. */
class CallsTest {
    private static final GraphEngine ENGINE = GraphEngine.of(ShopDocument.graph(), request -> answer("{}"));

    @Test
    void callsThatDoNotNeedEachOtherRunSideBySideAndTheLastOneHere() throws InterruptedException {
        CyclicBarrier together = new CyclicBarrier(3);
        Queue<Thread> threads = new ConcurrentLinkedQueue<>();
        ExecutorService executor = Executors.newFixedThreadPool(2);
        Upstream upstream = request -> {
            threads.add(Thread.currentThread());
            try {
                int unusedArrival = together.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IOException(e);
            }
            return answer(ShopServer.customer(request.target().substring(11)));
        };

        String text = ask(ENGINE.upstream(upstream).executor(executor), three());

        executor.shutdown();
        assertThat(text).isEqualTo("{\"data\":{\"a\":{\"id\":\"c1\"},\"b\":{\"id\":\"c2\"},\"c\":{\"id\":\"c3\"}}}");
        assertThat(threads).hasSize(3).contains(Thread.currentThread()).doesNotHaveDuplicates();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anExecutorThatTakesNothingLeavesTheWorkHere() {
        GraphEngine engine = ENGINE.upstream(request -> answer(ShopServer.customer("x")))
                .executor(task -> {
                    throw new RejectedExecutionException();
                });

        assertThat(ask(engine, three())).doesNotContain("errors");
        assertThat(ask(engine.executor(task -> {}), three())).doesNotContain("errors");
    }

    @Test
    void theDeadlineIsPassedDownAndStopsWhatComesAfter() {
        AtomicLong clock = new AtomicLong();
        List<UpstreamRequest> sent = new ArrayList<>();
        GraphEngine engine = ENGINE.nanos(clock::get).limits(GraphLimits.DEFAULT.deadline(Duration.ofSeconds(10)));
        Upstream slow = request -> {
            sent.add(request);
            clock.addAndGet(Duration.ofSeconds(6).toNanos());
            return answer(request.target().startsWith("/orders") ? ShopServer.ORDER : ShopServer.customer("c1"));
        };

        String text = ask(engine.upstream(slow), "{ order(id: 1) { buyer { id } history } }");

        assertThat(sent).map(UpstreamRequest::timeout).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(4));
        assertThat(text).contains("\"code\":\"DEADLINE_EXCEEDED\"");
    }

    @Test
    void whoIsInterruptedAsksNothingMore() {
        List<UpstreamRequest> sent = new ArrayList<>();
        Upstream upstream = request -> {
            sent.add(request);
            Thread.currentThread().interrupt();
            return answer(ShopServer.ORDER);
        };

        String text = ask(ENGINE.upstream(upstream), "{ order(id: 1) { id buyer { id } } }");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(sent).hasSize(1);
        assertThat(text)
                .startsWith("{\"data\":{\"order\":{\"id\":9007199254740993,\"buyer\":null}},")
                .contains("CANCELLED");
    }

    @Test
    void noMoreCallsAreMadeThanARequestMay() {
        List<UpstreamRequest> sent = new ArrayList<>();
        Upstream upstream = request -> {
            sent.add(request);
            String id = request.target().substring(request.target().lastIndexOf('/') + 1);
            return answer(request.target().equals("/orders") ? page(5) : ShopServer.customer(id));
        };
        GraphEngine engine =
                ENGINE.limits(GraphLimits.DEFAULT.calls(3).items(2)).upstream(upstream);

        String text = ask(engine, "{ orders { items { buyer { id } } } }");

        assertThat(sent).hasSize(3);
        assertThat(text).contains("{\"buyer\":{\"id\":\"b1\"}},{\"buyer\":null}", "UPSTREAM_BUDGET");
    }

    @Test
    void nothingOfTheInsideIsTold() {
        String canary = "canary-7f3a";
        List<Upstream> broken = List.of(
                request -> {
                    throw new IOException("cannot connect to " + canary);
                },
                request -> {
                    throw new IllegalStateException(canary);
                },
                request -> new UpstreamAnswer(
                        500, List.of(new Header("X-Host", canary)), canary.getBytes(StandardCharsets.UTF_8)),
                request -> answer("<html>" + canary),
                request -> answer("{\"id\": [\"" + canary + "\"]}"),
                request -> answer("{\"" + canary + "\": 1}"),
                request -> answer("\"" + canary + "\""));
        for (Upstream upstream : broken) {
            String text = ask(ENGINE.upstream(upstream), "{ customer(id: \"c1\") { id full_name } }");

            assertThat(text)
                    .startsWith("{\"data\":{\"customer\":null},\"errors\":[")
                    .doesNotContain(canary);
        }
    }

    private static String page(int orders) {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < orders; i++) {
            items.append(i == 0 ? "" : ",")
                    .append("{\"id\": ")
                    .append(i)
                    .append(", \"state\": \"new\", \"customer-id\": \"b");
            items.append(i).append("\"}");
        }
        return "{\"items\": [" + items + "], \"total\": " + orders + "}";
    }

    private static String three() {
        return "{ a: customer(id: \"c1\") { id } b: customer(id: \"c2\") { id } c: customer(id: \"c3\") { id } }";
    }

    private static UpstreamAnswer answer(String text) {
        List<Header> headers = List.of(new Header("Content-Type", "application/json"));
        return new UpstreamAnswer(200, headers, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String ask(GraphEngine engine, String query) {
        return new String(
                engine.execute(GraphRequest.of(query), GraphCaller.ANONYMOUS).json(), StandardCharsets.UTF_8);
    }
}
