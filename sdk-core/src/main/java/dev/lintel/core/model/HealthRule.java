package dev.lintel.core.model;

import dev.lintel.core.Origin;
import java.time.Duration;

/**
 * Asks workloads whether they are well, and sends calls only to those that are (Envoy, active health checking).
 *
 * @param path asked for by GET; 200 is well
 * @param interval between two questions to one workload
 * @param timeout how long an answer may take
 * @param unhealthyAfter bad answers in a row after which it gets no calls
 * @param healthyAfter good answers in a row after which it gets calls again
 * @param origin the line that said it
 */
public record HealthRule(
        String path, Duration interval, Duration timeout, int unhealthyAfter, int healthyAfter, Origin origin) {
    /** Fills a missing origin. */
    public HealthRule {
        origin = Origin.orUnknown(origin);
    }
}
