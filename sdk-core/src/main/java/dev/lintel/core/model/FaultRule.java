package dev.lintel.core.model;

import dev.lintel.core.Origin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Faults that are made on purpose, each drawn by itself: first the delay, then the answer in place of the service (Envoy,
 * fault filter).
 *
 * @param delay what holds calls up; null for nothing
 * @param abort what answers in place of the service; null for nothing
 * @param origin the line that said it
 */
public record FaultRule(@Nullable Delay delay, @Nullable Abort abort, Origin origin) {
    /** Checks that there is a fault. */
    public FaultRule {
        if (delay == null && abort == null) {
            throw new IllegalArgumentException("a fault is a delay, an abort, or both");
        }
        origin = Origin.orUnknown(origin);
    }

    /**
     * What holds calls up.
     *
     * @param fixed for how long
     * @param percent of how many calls, 1 to 100
     */
    public record Delay(Duration fixed, int percent) {}

    /**
     * What answers in place of the service.
     *
     * @param status 200 to 599
     * @param percent of how many calls, 1 to 100
     */
    public record Abort(int status, int percent) {}
}
