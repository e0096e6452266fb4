package dev.lintel.benchmarks.tokens.ours;

import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenSource;
import dev.lintel.auth.token.TokenType;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Has a token for a day at once, as long as most signed ones are. */
final class StaticSource implements TokenSource {
    private static final int LENGTH = 900;

    @Override
    public FetchedToken fetch() {
        return fetchedAt(Instant.now());
    }

    FetchedToken fetchedAt(Instant asked) {
        return new FetchedToken(
                Secret.of("x".repeat(LENGTH)),
                TokenType.BEARER,
                List.of("orders.read"),
                List.of("orders.read"),
                asked,
                Duration.ofHours(24),
                null,
                null);
    }
}
