package dev.lintel.auth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.store.RotatingServer.Shape;
import dev.lintel.auth.testing.TestClock;
import dev.lintel.auth.token.TokenFetchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a server answers, whatever fails and whoever else is at work: a refresh token that was replaced is never sent,
 * and never written over the one that replaced it.
 */
class RotationPropertyTest {
    private static final EntryKey ALICE = EntryKey.of("alice@shop");
    private static final List<Shape> SHAPES = List.of(Shape.values());
    private static final int RUNS = 1_000;
    private static final int STEPS = 30;

    private final TestClock clock = new TestClock();

    @ParameterizedTest
    @EnumSource
    void noShapeOfAnAnswerBringsAnOldRefreshTokenBack(Shape first) throws Exception {
        for (Shape second : Shape.values()) {
            for (Shape third : Shape.values()) {
                RotatingServer server = new RotatingServer(clock).next(first, second, third);
                TokenStore store = new MemoryTokenStore(clock);
                RotatingTokens tokens = RotatingTokens.of(ALICE, store, server, quiet());
                tokens.login(server.login());
                int highest = 1;
                for (int i = 0; i < 5; i++) {
                    fetch(tokens);
                    int there = generation(store);
                    assertThat(there == 0 || there >= highest)
                            .as("%s, %s, %s: r%d came after r%d", first, second, third, there, highest)
                            .isTrue();
                    highest = Math.max(highest, there);
                }
                assertThat(server.reuses())
                        .as("%s, %s, %s", first, second, third)
                        .isZero();
            }
        }
    }

    /** Two processes in turns, with a store that fails now and then: reads, writes, leases, and answers that get lost. */
    @Test
    void noTroubleOfTheStoreBringsAnOldRefreshTokenBack() throws Exception {
        for (int seed = 0; seed < RUNS; seed++) {
            Random random = new Random(seed);
            RotatingServer server = new RotatingServer(clock);
            FragileStore store = new FragileStore(new MemoryTokenStore(clock));
            List<RotatingTokens> processes = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                processes.add(RotatingTokens.of(ALICE, store, server, quiet()));
            }
            processes.get(0).login(server.login());
            int highest = 1;
            for (int step = 0; step < STEPS; step++) {
                trouble(random, store, server);
                RotatingTokens process = processes.get(random.nextInt(2));
                if (random.nextInt(8) == 0) {
                    process.login(server.login());
                } else {
                    fetch(process);
                }
                store.failReads(false);
                int there = generation(store);
                assertThat(there == 0 || there >= highest)
                        .as("seed %d, step %d: r%d came after r%d", seed, step, there, highest)
                        .isTrue();
                highest = Math.max(highest, there);
                assertThat(server.reuses()).as("seed %d, step %d", seed, step).isZero();
            }
        }
    }

    private void trouble(Random random, FragileStore store, RotatingServer server) {
        clock.forward(Duration.ofSeconds(random.nextInt(300)));
        store.failSavesAfter(random.nextInt(4), random.nextInt(6) == 0 ? random.nextInt(3) : 0)
                .failLeases(random.nextInt(10) == 0)
                .failReads(random.nextInt(10) == 0);
        if (random.nextInt(8) == 0) {
            store.confirmNoSavesAfter(random.nextInt(4), 1);
        }
        if (random.nextInt(3) == 0) {
            server.next(SHAPES.get(random.nextInt(SHAPES.size())));
        }
    }

    private RotationSettings quiet() {
        return RotationSettings.DEFAULT.at(clock, clock::forward).events(event -> {});
    }

    /** The number of the refresh token that is stored; 0 if there is none. */
    private static int generation(TokenStore store) throws StoreException {
        var token = store.load(ALICE).orElseThrow().tokens().token().refreshToken();
        return token == null ? 0 : Integer.parseInt(token.reveal().substring(1));
    }

    private static void fetch(RotatingTokens tokens) {
        try {
            assertThat(tokens.fetch().value().reveal()).startsWith("a");
        } catch (TokenFetchException e) {
            assertThat(e).hasNoCause();
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("a fault in the exchange");
        }
    }
}
