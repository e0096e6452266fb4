package dev.lintel.embedded.authorization;

import com.nimbusds.jose.jwk.JWK;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The key that signs now, and those whose tokens may still be good. */
final class KeyRing {
    private final Function<@Nullable String, SigningKey> maker;
    private final InstantSource clock;
    private final List<Held> old = new ArrayList<>();
    private Held current;

    /** A key, and when the last token that it signed ends. */
    private static final class Held {
        final SigningKey key;
        Instant lastEnd = Instant.MIN;

        Held(SigningKey key) {
            this.key = key;
        }
    }

    /**
     * A ring with one new key.
     *
     * @param maker makes a key, under a name; under one of its own if that is null
     * @param clock what time it is
     */
    KeyRing(Function<@Nullable String, SigningKey> maker, InstantSource clock) {
        this.maker = maker;
        this.clock = clock;
        this.current = new Held(maker.apply(null));
    }

    /**
     * The key to sign a token with. Taking it and noting the token's end is one step, so that no rotation in between can
     * drop a key that is about to sign.
     */
    synchronized SigningKey keyForTokenUntil(Instant end) {
        if (end.isAfter(current.lastEnd)) {
            current.lastEnd = end;
        }
        return current.key;
    }

    void rotate() {
        Held next = new Held(maker.apply(null));
        synchronized (this) {
            old.add(0, current);
            current = next;
        }
    }

    /** Makes a new key under the name of the one before, which is published no more: what a careless server does. */
    synchronized void rotateUnderTheSameName() {
        current = new Held(maker.apply(current.key.published().getKeyID()));
    }

    /** What brings the keys of now back. */
    synchronized Runnable checkpoint() {
        List<Held> all = List.copyOf(old);
        Held signing = current;
        return () -> restore(signing, all);
    }

    private synchronized void restore(Held signing, List<Held> all) {
        current = signing;
        old.clear();
        old.addAll(all);
    }

    synchronized void retireOld() {
        old.clear();
    }

    /** The keys to verify with, the newest first. */
    synchronized List<JWK> published() {
        Instant now = clock.instant();
        old.removeIf(held -> !held.lastEnd.isAfter(now));
        List<JWK> keys = new ArrayList<>();
        keys.add(current.key.published());
        old.forEach(held -> keys.add(held.key.published()));
        return keys;
    }
}
