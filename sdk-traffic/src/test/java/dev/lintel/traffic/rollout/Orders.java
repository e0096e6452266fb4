package dev.lintel.traffic.rollout;

import static dev.lintel.traffic.Split.split;
import static dev.lintel.traffic.rollout.Gate.errorRate;
import static dev.lintel.traffic.rollout.Gate.latencyP99;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.VirtualClock;
import dev.lintel.core.metric.Metrics;
import dev.lintel.core.metric.Question;
import dev.lintel.core.metric.Reading;
import dev.lintel.traffic.Split;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What the tests of rollouts speak about: the API {@code orders.shop} with 100 % for v1. */
public final class Orders {
    public static final ApiDefinition API = api(split("v1", 100, "v2", 0));
    static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    private Orders() {}

    static ApiDefinition api(Policy... policies) {
        List<Said> said = Arrays.stream(policies)
                .map(policy -> new Said(policy, Origin.unknown()))
                .toList();
        return new ApiDefinition(ServiceRef.service("orders"), "shop", said, Origin.unknown());
    }

    /** The rollout of the issue. */
    public static Rollout rollout() {
        return Rollout.of(API)
                .to("v2")
                .steps(5, 25, 50, 100)
                .hold(Duration.ofMinutes(10))
                .gate(errorRate().below(0.01))
                .gate(latencyP99().below(Duration.ofMillis(200)))
                .rollbackOnFailure();
    }

    public static VirtualClock noon() {
        return VirtualClock.of(NOON);
    }

    /** All is well. */
    public static Metrics good() {
        return always(0.001, 0.05);
    }

    static Metrics always(double errors, double seconds) {
        return question -> value(question.name().equals(Question.ERROR_RATE) ? errors : seconds);
    }

    static CompletableFuture<Reading> value(double value) {
        return CompletableFuture.completedFuture(new Reading.Value(value, 500));
    }

    static CompletableFuture<Reading> nothing(String why) {
        return CompletableFuture.completedFuture(new Reading.Nothing(why));
    }

    /** All that was told, one line each. */
    static String told(RunningRollout rollout) {
        return rollout.events().stream().map(RolloutProgress::line).collect(Collectors.joining("\n", "", "\n"));
    }

    /** How it ended; a rollout that has not is a failure, and nobody waits for it. */
    static RolloutOutcome outcome(RunningRollout rollout) {
        CompletableFuture<RolloutOutcome> finished = rollout.finished().toCompletableFuture();
        assertThat(finished.isDone()).as("%s", rollout).isTrue();
        return finished.join();
    }

    static String weights(List<Split.Share> shares) {
        return shares.stream()
                .map(share -> share.version() + "=" + share.weight())
                .collect(Collectors.joining(","));
    }
}
