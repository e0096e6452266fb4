package dev.lintel.embedded.authorization;

import java.time.Duration;

/** How long things may last. */
final class Lifetimes {
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HOUR = Duration.ofHours(1);
    static final Duration GRACE = Duration.ofMinutes(5);
    static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(366);

    private Lifetimes() {}

    static Duration accessToken(Duration lifetime) {
        if (lifetime.compareTo(SECOND) < 0 || lifetime.compareTo(DAY) > 0) {
            throw new IllegalArgumentException("an access token's lifetime must be 1 s to 24 h, but was " + lifetime);
        }
        return lifetime;
    }

    static Duration refreshToken(Duration lifetime) {
        return within("a refresh token's lifetime", lifetime, SECOND, YEAR);
    }

    static Duration within(String what, Duration time, Duration least, Duration most) {
        if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " must be " + least + " to " + most + ", but was " + time);
        }
        return time;
    }
}
