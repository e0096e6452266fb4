package dev.lintel.embedded.authorization;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identifiers that may be used once: the {@code jti} of proofs and assertions. They are kept as hashes, until what they
 * name has expired. If there are too many, all further ones count as used: better refused than replayed.
 */
final class SpentIds {
    private static final Logger LOG = LoggerFactory.getLogger(SpentIds.class);
    private static final int MOST = 200_000;

    private final InstantSource clock;
    private final Map<String, Instant> ends = new LinkedHashMap<>();

    SpentIds(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Whether this is the first use of an identifier.
     *
     * @param owner who chose it: others may have chosen the same
     * @param end until when it is remembered
     */
    synchronized boolean isFirst(String owner, String id, Instant end) {
        Instant now = clock.instant();
        if (ends.size() >= MOST) {
            ends.values().removeIf(one -> !one.isAfter(now));
        }
        if (ends.size() >= MOST) {
            LOG.warn("{} identifiers are remembered: no further proof or assertion is accepted for now", MOST);
            return false;
        }
        String key = key(owner, id);
        Instant before = ends.get(key);
        if (before != null && before.isAfter(now)) {
            return false;
        }
        ends.put(key, end);
        return true;
    }

    /** What is remembered. */
    synchronized Map<String, Instant> all() {
        Instant now = clock.instant();
        ends.values().removeIf(one -> !one.isAfter(now));
        return new LinkedHashMap<>(ends);
    }

    /** What brings the identifiers of now back, and forgets all others. */
    synchronized Runnable checkpoint() {
        Map<String, Instant> noted = new LinkedHashMap<>(ends);
        return () -> {
            synchronized (this) {
                ends.clear();
                ends.putAll(noted);
            }
        };
    }

    synchronized void restore(Map<String, Instant> before) {
        ends.putAll(before);
    }

    private static String key(String owner, String id) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(owner.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            byte[] hash = sha.digest(id.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
