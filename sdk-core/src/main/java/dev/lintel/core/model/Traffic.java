package dev.lintel.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How calls to a service travel, beyond its split, retries and time-out.
 *
 * @param choices versions that some calls get before weights are asked, in the order in which they are asked
 * @param mirrors versions that get copies
 * @param fault faults made on purpose; null for none
 * @param breaker when workloads are left out and calls refused; null never
 * @param balance which workload gets a call; null leaves it to the world
 * @param health how workloads are asked whether they are well; null not at all
 * @param elsewhere where the service is; null in its own namespace
 */
public record Traffic(
        List<Choice> choices,
        List<MirrorRule> mirrors,
        @Nullable FaultRule fault,
        @Nullable BreakerRule breaker,
        @Nullable BalanceRule balance,
        @Nullable HealthRule health,
        @Nullable Elsewhere elsewhere) {
    /** Nothing is said. */
    public static final Traffic NONE = new Traffic(List.of(), List.of(), null, null, null, null, null);

    /** Keeps the lists unchangeable. */
    public Traffic {
        choices = List.copyOf(choices);
        mirrors = List.copyOf(mirrors);
    }
}
