package dev.lintel.embedded.authorization;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Access tokens, and families of them, that are no longer good before their time. An entry goes when the last token that
 * it speaks of has expired anyway.
 */
final class Revocations {
    private static final int MOST = 1_000_000;

    private final InstantSource clock;
    private final Changes changes;
    private final Map<String, Instant> ends = new LinkedHashMap<>();

    Revocations(InstantSource clock, Changes changes) {
        this.clock = clock;
        this.changes = changes;
    }

    /** Revokes what has this identifier, a token's {@code jti} or that of its family. */
    synchronized void revoke(String id, Instant end) {
        Instant now = clock.instant();
        if (ends.size() >= MOST) {
            ends.values().removeIf(one -> !one.isAfter(now));
        }
        if (ends.size() >= MOST) {
            ends.remove(ends.keySet().iterator().next());
        }
        if (end.isAfter(now)) {
            changes.note();
            ends.merge(id, end, (one, other) -> one.isAfter(other) ? one : other);
        }
    }

    /** Whether a token is revoked, itself or with its family. */
    synchronized boolean isRevoked(String tokenId) {
        return ends.containsKey(tokenId) || ends.containsKey(TokenIds.family(tokenId));
    }

    /** What brings the revocations of now back, and forgets all others. */
    synchronized Runnable checkpoint() {
        Map<String, Instant> noted = new LinkedHashMap<>(ends);
        return () -> {
            synchronized (this) {
                ends.clear();
                ends.putAll(noted);
            }
            changes.note();
        };
    }

    synchronized void restore(Map<String, Instant> before) {
        ends.putAll(before);
    }

    synchronized Map<String, Instant> all() {
        Instant now = clock.instant();
        ends.values().removeIf(one -> !one.isAfter(now));
        return new LinkedHashMap<>(ends);
    }
}
