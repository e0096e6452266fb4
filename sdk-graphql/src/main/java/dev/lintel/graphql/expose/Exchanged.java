package dev.lintel.graphql.expose;

import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were got in exchange, by a digest of what they were exchanged for; the least used goes first. One token is
 * exchanged once, however many requests come with it at the same time.
 */
final class Exchanged {
    private static final int MOST = 1_000;
    private static final int LOCKS = 64;
    /** A token that ends on its way is of no use. */
    private static final Duration RESERVE = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Object[] locks = new Object[LOCKS];
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    private record Kept(FetchedToken token, Instant until) {}

    /** Exchanges a token. */
    @FunctionalInterface
    interface Exchange {
        FetchedToken of(Secret subject) throws TokenFetchException;
    }

    Exchanged(InstantSource clock) {
        this.clock = clock;
        for (int i = 0; i < LOCKS; i++) {
            locks[i] = new Object();
        }
    }

    FetchedToken of(Secret subject, Exchange exchange) throws TokenFetchException {
        String key = digest(subject);
        synchronized (locks[Math.floorMod(key.hashCode(), LOCKS)]) {
            FetchedToken known = find(key);
            if (known != null) {
                return known;
            }
            FetchedToken token = exchange.of(subject);
            keep(key, token);
            return token;
        }
    }

    private @Nullable FetchedToken find(String key) {
        synchronized (kept) {
            Kept known = kept.get(key);
            if (known == null || !clock.instant().isBefore(known.until())) {
                return null;
            }
            return known.token();
        }
    }

    private void keep(String key, FetchedToken token) {
        Duration lifetime = token.lifetime();
        if (lifetime == null) {
            return;
        }
        synchronized (kept) {
            Kept unused =
                    kept.put(key, new Kept(token, token.asked().plus(lifetime).minus(RESERVE)));
            if (kept.size() > MOST) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }

    private static String digest(Secret subject) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(subject.reveal().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
