package dev.lintel.embedded.authorization.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often something may be guessed: so many tries within a time, counted for each key. A try counts before its outcome
 * is known, so that many at once are not more than one after the other.
 */
public final class Attempts {
    private static final int MOST_KEYS = 10_000;

    private final int most;
    private final Duration within;
    private final InstantSource clock;
    private final Map<String, Deque<Instant>> byKey = new LinkedHashMap<>();

    /**
     * Nothing tried yet.
     *
     * @param most how many tries are allowed
     * @param within in which time
     * @param clock what time it is
     */
    public Attempts(int most, Duration within, InstantSource clock) {
        this.most = most;
        this.within = within;
        this.clock = clock;
    }

    /**
     * Counts a try.
     *
     * @param key who tries, or what is tried
     * @return zero if it may go on; otherwise how long to wait, and the try is not counted
     */
    public synchronized Duration begin(String key) {
        Instant now = clock.instant();
        Deque<Instant> tries = byKey.get(key);
        if (tries == null) {
            makeRoom(now);
            tries = new ArrayDeque<>();
            byKey.put(key, tries);
        }
        dropOld(tries, now);
        if (tries.size() >= most) {
            return Duration.between(now, tries.getFirst().plus(within));
        }
        tries.addLast(now);
        return Duration.ZERO;
    }

    /**
     * Forgets the tries of a key, because one was right.
     *
     * @param key who tried
     */
    public synchronized void forget(String key) {
        byKey.remove(key);
    }

    /**
     * Does not count the last try of a key after all, because it was right.
     *
     * @param key who tried
     */
    public synchronized void takeBack(String key) {
        Deque<Instant> tries = byKey.get(key);
        if (tries != null) {
            tries.pollLast();
        }
    }

    /** Forgets all tries. */
    public synchronized void forgetAll() {
        byKey.clear();
    }

    private void makeRoom(Instant now) {
        if (byKey.size() < MOST_KEYS) {
            return;
        }
        byKey.values().removeIf(tries -> {
            dropOld(tries, now);
            return tries.isEmpty();
        });
        if (byKey.size() >= MOST_KEYS) {
            Iterator<String> oldest = byKey.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private void dropOld(Deque<Instant> tries, Instant now) {
        while (!tries.isEmpty() && !tries.getFirst().plus(within).isAfter(now)) {
            tries.removeFirst();
        }
    }
}
