package dev.lintel.embedded.authorization;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identifiers that may be used once: the {@code jti} of proofs and assertions. They are kept as hashes, until what they
 * name has expired. If there are too many, all further ones count as used: better refused than replayed. Who can make as
 * many as they like has a share, so that they do not fill the room of others.
 */
final class SpentIds {
    private static final Logger LOG = LoggerFactory.getLogger(SpentIds.class);
    private static final int MOST = 200_000;
    /** To look for what has expired means to look at all, so it is not done for each that is refused. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final Share EVERYBODY = new Share("", MOST);

    private final InstantSource clock;
    private final Map<String, Spent> spent = new LinkedHashMap<>();
    private final Map<String, Integer> used = new LinkedHashMap<>();
    private Instant nextLook = Instant.MIN;

    SpentIds(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What one caller may have remembered.
     *
     * @param of who it is counted for
     * @param most how many at once
     */
    record Share(String of, int most) {}

    private record Spent(Instant end, String share) {}

    /**
     * Whether this is the first use of an identifier.
     *
     * @param owner who chose it: others may have chosen the same
     * @param end until when it is remembered
     */
    boolean isFirst(String owner, String id, Instant end) {
        return isFirst(owner, id, end, EVERYBODY);
    }

    /**
     * The same for a caller who has a share; if that is used up, the identifier counts as used.
     *
     * @param share whose use of the room it is
     */
    synchronized boolean isFirst(String owner, String id, Instant end, Share share) {
        Instant now = clock.instant();
        if (isFull(share) && !nextLook.isAfter(now)) {
            nextLook = now.plus(BETWEEN_LOOKS);
            dropOld(now);
        }
        if (isFull(share)) {
            LOG.warn(
                    "{} identifiers are remembered, of '{}' {}: no further proof or assertion is accepted for now",
                    spent.size(),
                    share.of(),
                    used.getOrDefault(share.of(), 0));
            return false;
        }
        String key = key(owner, id);
        Spent before = spent.get(key);
        if (before != null && before.end().isAfter(now)) {
            return false;
        }
        put(key, new Spent(end, share.of()));
        return true;
    }

    private boolean isFull(Share share) {
        return spent.size() >= MOST || used.getOrDefault(share.of(), 0) >= share.most();
    }

    private void put(String key, Spent one) {
        Spent before = spent.put(key, one);
        if (before != null) {
            giveBack(before);
        }
        used.merge(one.share(), 1, Integer::sum);
    }

    private void giveBack(Spent one) {
        used.computeIfPresent(one.share(), (share, count) -> count == 1 ? null : count - 1);
    }

    private void dropOld(Instant now) {
        spent.values().removeIf(one -> {
            boolean old = !one.end().isAfter(now);
            if (old) {
                giveBack(one);
            }
            return old;
        });
    }

    /** What is remembered. */
    synchronized Map<String, Instant> all() {
        dropOld(clock.instant());
        Map<String, Instant> ends = new LinkedHashMap<>();
        spent.forEach((key, one) -> ends.put(key, one.end()));
        return ends;
    }

    /** What brings the identifiers of now back, and forgets all others. */
    synchronized Runnable checkpoint() {
        Map<String, Spent> noted = new LinkedHashMap<>(spent);
        return () -> {
            synchronized (this) {
                spent.clear();
                used.clear();
                noted.forEach(this::put);
                nextLook = Instant.MIN;
            }
        };
    }

    synchronized void restore(Map<String, Instant> before) {
        before.forEach((key, end) -> put(key, new Spent(end, EVERYBODY.of())));
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
