package dev.lintel.benchmarks.tokens.ours;

import dev.lintel.auth.client.ClientCredentials;
import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.token.TokenSettings;
import dev.lintel.auth.token.TokenState;
import dev.lintel.benchmarks.tokens.Column.Held;
import dev.lintel.benchmarks.tokens.TokenContender;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** Ours, with the settings that everybody gets; only its clocks are set forward, so that a token is as old as is asked. */
final class LintelTokens implements TokenContender {
    private static final Duration STALE = Duration.ofMinutes(50);
    private static final Duration EXPIRED = Duration.ofMinutes(61);

    @Override
    public String name() {
        return "lintel";
    }

    @Override
    public Client prepare(Held held, URI endpoint) {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        InstantSource wall = InstantSource.system();
        TokenSettings settings = TokenSettings.defaults()
                .clocks(
                        () -> wall.instant().plus(ahead.get()),
                        () -> System.nanoTime() + ahead.get().toNanos());
        Tokens tokens = Tokens.of(
                ClientCredentials.at(endpoint, "shop", Secret.of("a secret for benchmarks"), "orders.read"), settings);
        if (held != Held.NOTHING) {
            String unused = tokens.token().authorization();
            ahead.set(held == Held.STALE ? STALE : EXPIRED);
            check(tokens, held == Held.STALE ? TokenState.STALE : TokenState.EXPIRED);
        }
        return new Client() {
            @Override
            public String authorization() {
                return tokens.token().authorization();
            }

            @Override
            public void close() {
                tokens.close();
            }
        };
    }

    private static void check(Tokens tokens, TokenState expected) {
        if (tokens.explain().state() != expected) {
            throw new IllegalStateException("expected " + expected + ": " + tokens.explain());
        }
    }
}
