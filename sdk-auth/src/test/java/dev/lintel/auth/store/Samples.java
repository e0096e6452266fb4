package dev.lintel.auth.store;

import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokens and keys to put into stores. */
public final class Samples {
    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456789Z");
    public static final EntryKey ALICE = EntryKey.of("https://id.example", "shop", "alice");
    public static final StoreKey KEY = key(1);

    private Samples() {}

    public static StoreKey key(int number) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) number);
        return StoreKey.of(bytes);
    }

    public static FetchedToken token(String access, @Nullable String refresh) {
        return token(access, refresh, NOON);
    }

    public static FetchedToken token(String access, @Nullable String refresh, Instant asked) {
        return new FetchedToken(
                Secret.of(access),
                TokenType.BEARER,
                List.of("orders.read"),
                List.of("orders.read"),
                asked,
                Duration.ofMinutes(10),
                refresh == null ? null : Secret.of(refresh),
                null);
    }

    public static StoredTokens stored(String access, @Nullable String refresh) {
        return StoredTokens.of(token(access, refresh));
    }

    /** Everything that an entry can hold. */
    public static StoredTokens full() {
        FetchedToken token = new FetchedToken(
                Secret.of("accéss"),
                TokenType.DPOP,
                List.of("orders.read", "orders.write"),
                List.of("orders.read"),
                NOON,
                Duration.ofSeconds(61),
                Secret.of("refresh \"1\""),
                Secret.of("id"));
        return new StoredTokens(token, new Attempt(Attempt.State.SENT, NOON.plusSeconds(3), 2, "process 7"));
    }

    /** As little as an entry can hold. */
    public static StoredTokens bare() {
        return StoredTokens.of(
                new FetchedToken(Secret.of("access"), TokenType.BEARER, List.of(), List.of(), NOON, null, null, null));
    }

    public static String access(Versioned entry) {
        return entry.tokens().token().value().reveal();
    }
}
