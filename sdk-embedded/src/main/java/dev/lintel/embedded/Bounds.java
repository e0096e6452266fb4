package dev.lintel.embedded;

import java.time.Duration;

/** What numbers and times of settings must be. */
final class Bounds {
    private Bounds() {}

    static int positive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, but was " + value);
        }
        return value;
    }

    static Duration positive(String what, Duration time) {
        if (time.isNegative() || time.isZero() || time.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(what + " must be more than zero and at most a day, but was " + time);
        }
        return time;
    }
}
