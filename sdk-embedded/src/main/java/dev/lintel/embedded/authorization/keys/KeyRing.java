package dev.lintel.embedded.authorization.keys;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.lintel.auth.jwt.PublicKeys;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The key that signs now, and those whose tokens may still be good. */
public final class KeyRing {
    /** No token is good for longer. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final JWSAlgorithm algorithm;
    private final InstantSource clock;
    private final SecureRandom random;
    private final List<Held> old = new ArrayList<>();
    private Held current;

    /** A key, and when the last token that it signed ends. */
    private static final class Held {
        final SigningKey key;
        Instant lastEnd;

        Held(SigningKey key, Instant lastEnd) {
            this.key = key;
            this.lastEnd = lastEnd;
        }
    }

    /**
     * A key as it is written down.
     *
     * @param key the key
     * @param lastEnd when the last token that it signed ends
     */
    public record Kept(SigningKey key, Instant lastEnd) {}

    private KeyRing(JWSAlgorithm algorithm, InstantSource clock, SecureRandom random, Held current) {
        this.algorithm = algorithm;
        this.clock = clock;
        this.random = random;
        this.current = current;
    }

    /** A ring with one new key. */
    public static KeyRing generate(JWSAlgorithm algorithm, InstantSource clock, SecureRandom random) {
        SigningKey key = SigningKey.generate(algorithm, random, null);
        return new KeyRing(algorithm, clock, random, new Held(key, Instant.MIN));
    }

    /**
     * A ring that was written down. When its last token ends is not known for the key that signs, so it counts as having
     * signed the longest possible one just now. If another algorithm is wanted by now, a new key signs.
     *
     * @param kept the key that signs first
     */
    public static KeyRing restore(JWSAlgorithm algorithm, InstantSource clock, SecureRandom random, List<Kept> kept) {
        Held first = new Held(kept.get(0).key(), clock.instant().plus(LONGEST));
        KeyRing ring = new KeyRing(algorithm, clock, random, first);
        kept.stream().skip(1).forEach(one -> ring.old.add(new Held(one.key(), one.lastEnd())));
        if (!first.key.algorithm().equals(algorithm)) {
            ring.rotate();
        }
        return ring;
    }

    /**
     * The key to sign a token with. Taking it and noting the token's end is one step, so that no rotation in between can
     * drop a key that is about to sign.
     */
    public synchronized SigningKey keyForTokenUntil(Instant end) {
        if (end.isAfter(current.lastEnd)) {
            current.lastEnd = end;
        }
        return current.key;
    }

    /** Makes a new key that signs from now on. */
    public void rotate() {
        Held next = new Held(SigningKey.generate(algorithm, random, null), Instant.MIN);
        synchronized (this) {
            old.add(0, current);
            current = next;
        }
    }

    /** Makes a new key under the name of the one before, which is published no more: what a careless server does. */
    public synchronized void rotateUnderTheSameName() {
        current = new Held(SigningKey.generate(algorithm, random, current.key.id()), Instant.MIN);
    }

    /**
     * Notes which keys there are.
     *
     * @return what brings the keys of now back, and forgets all others
     */
    public synchronized Runnable checkpoint() {
        Held signing = current;
        List<Held> others = List.copyOf(old);
        return () -> {
            synchronized (this) {
                current = signing;
                old.clear();
                old.addAll(others);
            }
        };
    }

    /** Publishes only the key that signs now. */
    public synchronized void retireOld() {
        old.clear();
    }

    /** The keys to verify with, the newest first. */
    public synchronized List<JWK> published() {
        Instant now = clock.instant();
        old.removeIf(held -> !held.lastEnd.isAfter(now));
        List<JWK> keys = new ArrayList<>();
        keys.add(current.key.published());
        old.forEach(held -> keys.add(held.key.published()));
        return keys;
    }

    /** The same, to verify with in here. */
    public PublicKeys verifying() {
        byte[] json = new JWKSet(published()).toString().getBytes(StandardCharsets.UTF_8);
        return PublicKeys.parse(json).orElseThrow(() -> new IllegalStateException("own keys are readable"));
    }

    /** All keys with both halves, the one that signs first. */
    public synchronized List<Kept> kept() {
        List<Kept> kept = new ArrayList<>();
        kept.add(new Kept(current.key, current.lastEnd));
        old.forEach(held -> kept.add(new Kept(held.key, held.lastEnd)));
        return kept;
    }
}
