package dev.lintel.traffic;

import dev.lintel.core.Policy;
import java.time.Duration;
import java.util.Objects;

/**
 * Limits how long a call may take, all tries and the waits between them together; then the caller gets 504. A service
 * policy: it governs calls from inside as well.
 *
 * @param total a millisecond to a day
 */
public record Timeout(Duration total) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.timeout/v1";

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofDays(1);

    /** Checks the limit. */
    public Timeout {
        check("a time-out", total);
    }

    static void check(String what, Duration limit) {
        Objects.requireNonNull(limit, () -> what + " must not be null");
        if (limit.compareTo(LEAST) < 0 || limit.compareTo(MOST) > 0 || limit.toNanosPart() % 1_000_000 != 0) {
            throw new IllegalArgumentException(what + " must be whole milliseconds, 1 ms to 24 h, but was " + limit);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }
}
