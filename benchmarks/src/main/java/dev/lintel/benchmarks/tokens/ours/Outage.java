package dev.lintel.benchmarks.tokens.ours;

import dev.lintel.auth.token.Coordinates;
import dev.lintel.auth.token.TokenEvent;
import dev.lintel.auth.token.TokenException;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.auth.token.TokenHandle;
import dev.lintel.auth.token.TokenListener;
import dev.lintel.auth.token.TokenSettings;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ten minutes without an identity provider, on a clock that is set forward: a thousand calls a second, no token. */
final class Outage {
    private static final PrintStream OUT = System.out;
    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final Duration STEP = Duration.ofMillis(1);

    private Outage() {}

    static void print() {
        OUT.println();
        OUT.println("| ten minutes of outage | calls | requests | back-off steps | shortest pause kept |");
        OUT.println("|---|---|---|---|---|");
        row("without Retry-After", null);
        row("Retry-After: 45", Duration.ofSeconds(45));
    }

    private static void row(String name, @Nullable Duration retryAfter) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        List<Instant> requests = new ArrayList<>();
        List<Duration> pauses = new ArrayList<>();
        TokenSettings settings = TokenSettings.defaults()
                .clock(now::get)
                .random(new Random(1))
                .executor(Runnable::run)
                .telling(new TokenListener() {
                    @Override
                    public void onBackoff(TokenEvent.BackedOff event) {
                        pauses.add(event.pause());
                    }
                });
        TokenHandle handle = TokenHandle.of(
                Coordinates.named("shop"),
                () -> {
                    requests.add(now.get());
                    throw new TokenFetchException(Kind.RETRYABLE, "the endpoint answered 503", null, retryAfter);
                },
                settings);
        int calls = 0;
        for (; now.get().isBefore(Instant.EPOCH.plus(LENGTH)); now.set(now.get().plus(STEP))) {
            calls++;
            try {
                String unused = handle.token().id();
            } catch (TokenException e) {
                continue;
            }
        }
        Duration shortest = LENGTH;
        for (int i = 0; i + 1 < requests.size(); i++) {
            Duration gap = Duration.between(requests.get(i), requests.get(i + 1));
            if (gap.compareTo(pauses.get(i)) < 0) {
                throw new IllegalStateException("asked again after " + gap + " instead of " + pauses.get(i));
            }
            shortest = gap.compareTo(shortest) < 0 ? gap : shortest;
        }
        OUT.printf(
                Locale.ROOT,
                "| %s | %,d | %d | %d | %.1f s |%n",
                name,
                calls,
                requests.size(),
                pauses.size(),
                shortest.toMillis() / 1e3);
    }
}
