package dev.lintel.examples.rollout;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.metric.Metrics;
import dev.lintel.core.metric.Question;
import dev.lintel.core.metric.Reading;
import dev.lintel.embedded.GatewayStats;
import dev.lintel.traffic.rollout.Rollout;
import dev.lintel.traffic.rollout.RolloutEvent;
import dev.lintel.traffic.rollout.RolloutProgress;
import dev.lintel.traffic.rollout.RunningRollout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the page shows: the state of the rollout, what happened, and a sample of each moment. */
final class Board implements Consumer<RolloutEvent>, AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int SAMPLES = 240;
    private static final int EVENTS = 40;
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final List<String> VERSIONS = List.of("v1", "v2");

    private final Rollout plan;
    private final Metrics metrics;
    private final Supplier<GatewayStats> stats;
    private final Deque<ObjectNode> samples = new ArrayDeque<>();
    private final Deque<String> events = new ArrayDeque<>();
    private @Nullable RunningRollout rollout;
    private long[] before = {0, 0};
    private boolean closed;
    private long changes;

    Board(Rollout plan, Metrics metrics, Supplier<GatewayStats> stats) {
        this.plan = plan;
        this.metrics = metrics;
        this.stats = stats;
    }

    synchronized void shows(RunningRollout running) {
        rollout = running;
    }

    @Override
    public synchronized void accept(RolloutEvent event) {
        events.addFirst(RolloutProgress.line(event));
        if (events.size() > EVENTS) {
            events.removeLast();
        }
        changed();
    }

    /** Notes how things are at this moment. */
    synchronized void sample() {
        ObjectNode sample = JSON.createObjectNode();
        long[] now = {calls("v1"), calls("v2")};
        long both = now[0] - before[0] + now[1] - before[1];
        if (both > 0) {
            sample.put("seen", 100.0 * (now[1] - before[1]) / both);
        }
        before = now;
        sample.put("share", share());
        ObjectNode errors = sample.putObject("errors");
        ObjectNode latency = sample.putObject("latency");
        for (String version : VERSIONS) {
            put(errors, version, Question.ERROR_RATE, 0, 100);
            put(latency, version, Question.LATENCY, 0.99, 1_000);
        }
        samples.addLast(sample);
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
        changed();
    }

    private long calls(String version) {
        return stats.get().calls().getOrDefault("orders.shop " + version, 0L);
    }

    private int share() {
        return rollout == null
                ? 0
                : rollout.weights().stream()
                        .filter(share -> share.version().equals(plan.version()))
                        .mapToInt(share -> share.weight())
                        .findFirst()
                        .orElse(0);
    }

    private void put(ObjectNode into, String version, String name, double quantile, double unit) {
        Reading reading = metrics.read(new Question("orders.shop", version, name, quantile, WINDOW))
                .toCompletableFuture()
                .join();
        if (reading instanceof Reading.Value value) {
            into.put(version, value.value() * unit);
        }
    }

    /** All of it as JSON. */
    synchronized String json() {
        ObjectNode state = JSON.createObjectNode();
        state.put("api", plan.api().id());
        state.put("version", plan.version());
        ArrayNode steps = state.putArray("steps");
        plan.steps().forEach(steps::add);
        ArrayNode gates = state.putArray("gates");
        plan.gates().forEach(gate -> gates.add(gate.toString()));
        state.put("step", rollout == null ? 0 : rollout.step());
        state.put("state", rollout == null ? "PENDING" : rollout.state().name());
        ArrayNode told = state.putArray("events");
        events.forEach(told::add);
        ArrayNode all = state.putArray("samples");
        samples.forEach(all::add);
        return state.toString();
    }

    /** How often something has changed. */
    synchronized long changes() {
        return changes;
    }

    /** Waits until more has changed than was seen; answers false when there is nothing more to wait for. */
    synchronized boolean awaitChange(long seen) throws InterruptedException {
        while (!closed && changes == seen) {
            wait();
        }
        return !closed;
    }

    private void changed() {
        changes++;
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        changed();
    }
}
