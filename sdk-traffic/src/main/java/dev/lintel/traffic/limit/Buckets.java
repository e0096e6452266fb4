package dev.lintel.traffic.limit;

import java.util.Arrays;

/**
 * The buckets that are not full, by the hashes of those they belong to. Parts of the table have a lock each, held for the
 * time of one look-up, so that threads seldom meet.
 */
final class Buckets {
    private static final int PARTS = 64;

    private final Part[] parts = new Part[PARTS];

    Buckets(Pace pace) {
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new Part(pace);
        }
    }

    /** Takes a token; answers how long it takes until there is one, 0 if there was. */
    long take(long first, long second, long now) {
        // A part finds its places by the other half of the hash.
        return parts[(int) (first >>> 58)].take(first, second, now);
    }

    int size() {
        return Arrays.stream(parts).mapToInt(Part::size).sum();
    }

    long bytes() {
        return Arrays.stream(parts).mapToLong(Part::bytes).sum();
    }
}
