package dev.lintel.examples.quota;

import dev.lintel.core.Policy;

/**
 * At most so many requests a minute, all callers of an API together.
 *
 * @param perMinute 1 to a million
 */
public record Quota(int perMinute) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "acme.quota/v1";

    /** Checks the number. */
    public Quota {
        if (perMinute < 1 || perMinute > 1_000_000) {
            throw new IllegalArgumentException("a quota must be 1 to 1000000 a minute, but was " + perMinute);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }
}
