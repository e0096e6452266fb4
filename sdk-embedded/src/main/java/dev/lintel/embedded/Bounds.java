package dev.lintel.embedded;

import java.time.Duration;
import java.util.regex.Pattern;

/** What numbers and times of settings must be. */
final class Bounds {
    private static final Pattern TRUST_DOMAIN = Pattern.compile("[a-z0-9._-]{1,255}");

    private Bounds() {}

    static int port(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port must be 0 to 65535, but was " + port);
        }
        return port;
    }

    static String trustDomain(String text) {
        if (!TRUST_DOMAIN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a trust domain must be 1 to 255 lower-case letters, digits, '.', '-' or '_',"
                            + " for example 'cluster.local', but was '" + text + "'");
        }
        return text;
    }

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
