package dev.lintel.benchmarks.tokens.ours;

import dev.lintel.auth.token.Coordinates;
import dev.lintel.auth.token.TokenExplanation;
import dev.lintel.auth.token.TokenHandle;
import dev.lintel.auth.token.TokenSettings;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A hundred clients that are started together: over what part of a token's lifetime their refreshes lie. */
final class Fleet {
    private static final PrintStream OUT = System.out;
    private static final int CLIENTS = 100;
    private static final double LIFETIME_SECONDS = 24 * 3600.0;

    private Fleet() {}

    static void print() {
        OUT.println();
        OUT.println("| a hundred clients started together | first refresh | last refresh | over | most in 1 % |");
        OUT.println("|---|---|---|---|---|");
        for (String name : List.of("orders-7d9f8b6c5-", "pod uid ", "10.0.0.")) {
            List<Double> shares = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                shares.add(refresh(name + i));
            }
            Collections.sort(shares);
            double first = shares.get(0);
            double last = shares.get(CLIENTS - 1);
            OUT.printf(
                    Locale.ROOT,
                    "| instances \"%s0\"… | %.1f %% | %.1f %% | %.1f %% of the lifetime | %d |%n",
                    name,
                    first * 100,
                    last * 100,
                    (last - first) * 100,
                    most(shares));
        }
    }

    private static double refresh(String instance) {
        Instant now = Instant.EPOCH;
        TokenHandle handle = TokenHandle.of(
                Coordinates.named("shop"),
                () -> new StaticSource().fetchedAt(now),
                TokenSettings.defaults()
                        .clock(() -> now)
                        .executor(Runnable::run)
                        .instance(instance));
        String unused = handle.token().id();
        TokenExplanation.Current token = handle.explain().token();
        if (token == null) {
            throw new IllegalStateException("no token: " + handle.explain());
        }
        return token.softIn().toMillis() / 1e3 / LIFETIME_SECONDS;
    }

    private static int most(List<Double> shares) {
        int most = 0;
        for (double from : shares) {
            int inside = (int) shares.stream()
                    .filter(share -> share >= from && share < from + 0.01)
                    .count();
            most = Math.max(most, inside);
        }
        return most;
    }
}
