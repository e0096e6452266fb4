package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Definition;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.VirtualClock;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Drift;
import dev.lintel.core.plan.Drifted;
import dev.lintel.core.plan.Hand;
import dev.lintel.kubernetes.DriftWatcher.Told;
import dev.lintel.kubernetes.DriftWatcher.Watches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When is looked, and what is told of it. */
class DriftWatcherTest {
    private static final List<Definition> OLD = definitions("orders");
    private static final List<Definition> NEW = definitions("bills");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualClock clock = VirtualClock.of(Instant.EPOCH);
    private final List<String> told = new ArrayList<>();
    private final List<Collection<? extends Definition>> looked = new ArrayList<>();
    private Drift world = drift();
    private @Nullable RuntimeException failure;
    private @Nullable Told changes;
    private int begun;
    private int refreshed;
    private boolean closed;

    private static List<Definition> definitions(String service) {
        return DefinitionFormat.yaml().readAll("kind: Api/v1\nservice: " + service + "\nnamespace: shop\n", "a.yaml");
    }

    private static Drift drift(Drifted... objects) {
        return new Drift("here", List.of(objects), List.of(), List.of(), List.of(), List.of());
    }

    private static Drifted drifted(String name, String diff) {
        return new Drifted(
                "VirtualService shop/" + name,
                Drifted.Way.CHANGED,
                diff,
                List.of(new Hand("kubectl-edit", Instant.EPOCH, List.of("spec.http"))),
                "");
    }

    private final Watches watches = new Watches() {
        @Override
        public void begin() {
            begun++;
        }

        @Override
        public void refresh() {
            refreshed++;
        }

        @Override
        public void close() {
            closed = true;
        }
    };

    private DriftWatcher watcher() {
        DriftWatcher watcher = new DriftWatcher(
                definitions -> {
                    looked.add(definitions);
                    if (failure != null) {
                        throw failure;
                    }
                    return world;
                },
                given -> {
                    changes = given;
                    return watches;
                },
                new Pauses() {
                    @Override
                    public long nanos() {
                        return clock.nanoTime();
                    }

                    @Override
                    public CompletableFuture<Void> pause(Duration time) {
                        return clock.after(time).thenRun(() -> {});
                    }
                },
                SECOND,
                Runnable::run,
                new DriftListener() {
                    @Override
                    public void drifted(DriftReport report) {
                        told.add(report.toString());
                    }

                    @Override
                    public void blind(RuntimeException why) {
                        told.add("blind: " + why.getMessage());
                    }
                },
                OLD);
        watcher.start();
        return watcher;
    }

    private void change() {
        assertThat(changes).isNotNull();
        changes.changed();
    }

    @Test
    void whatHasDriftedAlreadyIsToldFirst() {
        world = drift(drifted("orders", "-a\n+b\n"));

        watcher();

        assertThat(told)
                .containsExactly("drift appeared: VirtualService shop/orders says something else, by kubectl-edit at"
                        + " 1970-01-01T00:00:00Z: spec.http\n");
        assertThat(begun).isOne();
    }

    @Test
    void aStormOfChangesIsLookedAtOnce() {
        watcher();
        world = drift(drifted("orders", "-a\n+b\n"));
        for (int i = 0; i < 200; i++) {
            change();
            clock.forward(Duration.ofMillis(4));
        }
        assertThat(told).isEmpty();

        clock.forward(SECOND);

        assertThat(told).hasSize(1);
        assertThat(looked).hasSize(2);
        clock.forward(SECOND.multipliedBy(5));
        assertThat(looked).hasSize(2);
    }

    @Test
    void whatChangesAndWhatIsGoneIsToldAsSuch() {
        world = drift(drifted("orders", "-a\n+b\n"), drifted("bills", "-a\n+b\n"));
        watcher();
        told.clear();

        world = drift(drifted("orders", "-a\n+c\n"));
        change();
        clock.forward(SECOND);
        assertThat(told)
                .containsExactly("drift changed: VirtualService shop/orders says something else, by kubectl-edit at"
                        + " 1970-01-01T00:00:00Z: spec.http\ndrift gone: VirtualService shop/bills\n");

        change();
        clock.forward(SECOND);
        assertThat(told).hasSize(1);
    }

    @Test
    void whatOthersOpenIsToldToo() {
        watcher();
        world = new Drift(
                "here",
                List.of(),
                List.of(),
                List.of(new Problem(
                        "cluster.reopened", "AuthorizationPolicy shop/all", "allows\u001b all", "", Origin.unknown())),
                List.of(),
                List.of());
        change();
        clock.forward(SECOND);

        assertThat(told)
                .containsExactly("drift appeared: AuthorizationPolicy shop/all opens what ours close: allows? all\n");
    }

    @Test
    void ownAppliesAreNoDrift() {
        DriftWatcher watcher = watcher();

        watcher.applying(NEW, () -> {
            world = drift(drifted("orders", "half of it"));
            change();
            clock.forward(SECOND.multipliedBy(3));
            assertThat(looked).hasSize(1);
            world = drift();
        });
        clock.forward(SECOND);

        assertThat(told).isEmpty();
        assertThat(looked).hasSize(2).last().isEqualTo(NEW);
    }

    @Test
    void anApplyThatFailsLeavesTheOldDefinitions() {
        DriftWatcher watcher = watcher();

        assertThatThrownBy(() -> watcher.applying(NEW, () -> {
                    world = drift(drifted("orders", "half of it"));
                    throw new IllegalStateException("in the middle");
                }))
                .hasMessage("in the middle");
        clock.forward(SECOND);

        assertThat(looked).last().isEqualTo(OLD);
        assertThat(told).hasSize(1);
    }

    @Test
    void whoCannotSeeSaysSoAndLooksAgainLaterAndLater() {
        watcher();
        failure = new IllegalStateException("no answer");
        change();
        clock.forward(SECOND);
        assertThat(told).containsExactly("blind: no answer");

        for (int i = 0; i < 480; i++) {
            clock.forward(SECOND);
        }
        assertThat(told.size()).as("in eight minutes").isBetween(12, 20);

        failure = null;
        world = drift(drifted("orders", "-a\n+b\n"));
        for (int i = 0; i < 60; i++) {
            clock.forward(SECOND);
        }
        assertThat(told).last().asString().startsWith("drift appeared:");
    }

    @Test
    void everyTenMinutesItIsLookedAnyway() {
        watcher();

        clock.forward(Duration.ofMinutes(10));
        clock.forward(SECOND);

        assertThat(looked).hasSize(2);
        assertThat(refreshed).isOne();
    }

    @Test
    void whoIsClosedLooksNoMore() {
        DriftWatcher watcher = watcher();
        change();

        watcher.close();
        world = drift(drifted("orders", "-a\n+b\n"));
        clock.forward(Duration.ofHours(1));

        assertThat(closed).isTrue();
        assertThat(looked).hasSize(1);
        assertThat(told).isEmpty();
    }

    @Test
    void noTimeIsTooLittle() {
        assertThatThrownBy(() -> new DriftWatcher(
                        d -> world, t -> watches, Pauses.REAL, Duration.ZERO, Runnable::run, r -> {}, OLD))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
