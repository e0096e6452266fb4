package dev.lintel.embedded.authorization;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Random strings that stand for something for a while: codes, request URIs, sessions. Only their hashes are kept, so that
 * what is kept opens nothing; the oldest go when there are too many.
 *
 * @param <T> what a ticket stands for
 */
final class Tickets<T> {
    private static final int BYTES = 32;
    private static final int MOST = 100_000;

    private final int most;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Map<String, Held<T>> held = new LinkedHashMap<>();

    private record Held<T>(T value, Instant end) {}

    Tickets(InstantSource clock, SecureRandom random) {
        this(MOST, clock, random);
    }

    /** Fewer of them, for things that need more room. */
    Tickets(int most, InstantSource clock, SecureRandom random) {
        this.most = most;
        this.clock = clock;
        this.random = random;
    }

    /** A new ticket: 256 bits, base64url. */
    String issue(T value, Duration lifetime) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        note(ticket, value, lifetime);
        return ticket;
    }

    /** Lets a string that there is already stand for something. */
    synchronized void note(String ticket, T value, Duration lifetime) {
        Instant now = clock.instant();
        if (held.size() >= most) {
            held.values().removeIf(one -> !one.end().isAfter(now));
        }
        if (held.size() >= most) {
            held.remove(held.keySet().iterator().next());
        }
        held.put(hash(ticket), new Held<>(value, now.plus(lifetime)));
    }

    /** What a ticket stands for, while it is good. */
    synchronized Optional<T> look(String ticket) {
        Held<T> found = held.get(hash(ticket));
        return found != null && found.end().isAfter(clock.instant()) ? Optional.of(found.value()) : Optional.empty();
    }

    /** What brings the tickets of now back, and makes all others worthless. */
    synchronized Runnable checkpoint() {
        Map<String, Held<T>> noted = new LinkedHashMap<>(held);
        return () -> {
            synchronized (this) {
                held.clear();
                held.putAll(noted);
            }
        };
    }

    /** What tickets stand for by their hashes, to be written down; those that are no longer good are left out. */
    synchronized Map<String, T> all() {
        Instant now = clock.instant();
        Map<String, T> all = new LinkedHashMap<>();
        held.forEach((hash, one) -> {
            if (one.end().isAfter(now)) {
                all.put(hash, one.value());
            }
        });
        return all;
    }

    /** A ticket that was written down. */
    synchronized void restore(String hash, T value, Instant end) {
        held.put(hash, new Held<>(value, end));
    }

    /** The same, for the last time: of many who ask at once, one gets it. */
    synchronized Optional<T> take(String ticket) {
        Held<T> found = held.remove(hash(ticket));
        return found != null && found.end().isAfter(clock.instant()) ? Optional.of(found.value()) : Optional.empty();
    }

    /** Makes a ticket worthless. */
    synchronized void drop(String ticket) {
        held.remove(hash(ticket));
    }

    private static String hash(String ticket) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
