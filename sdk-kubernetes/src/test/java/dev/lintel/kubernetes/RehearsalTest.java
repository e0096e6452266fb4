package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Target.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What counts as asked already. */
class RehearsalTest {
    private final AtomicLong now = new AtomicLong();
    private final Rehearsal rehearsal = new Rehearsal(new Pauses() {
        @Override
        public long nanos() {
            return now.get();
        }

        @Override
        public CompletableFuture<Void> pause(Duration time) {
            throw new IllegalStateException("nobody waits here");
        }
    });

    @Test
    void theSameObjectsFromTheSameStateForFiveMinutes() {
        assertThat(rehearsal.covers(state("a"), List.of(port(80)))).isFalse();
        rehearsal.passed(state("a"), List.of(port(80)));
        now.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(rehearsal.covers(state("a"), List.of(port(80)))).isTrue();
        now.addAndGet(1);
        assertThat(rehearsal.covers(state("a"), List.of(port(80)))).isFalse();
    }

    @Test
    void notFromAnotherStateAndNotWithAnotherObject() {
        rehearsal.passed(state("a"), List.of(port(80)));
        assertThat(rehearsal.covers(state("b"), List.of(port(80)))).isFalse();
        assertThat(rehearsal.covers(state("a"), List.of(port(81)))).isFalse();
        assertThat(rehearsal.covers(state("a"), List.of())).isFalse();
    }

    private static State state(String base) {
        return new State(base, List.of(), List.of(), List.of(), List.of());
    }

    private static Manifest port(int number) {
        return ManifestYaml.readAny("""
                apiVersion: networking.istio.io/v1
                kind: Gateway
                metadata: {name: shop, namespace: shop}
                spec: {servers: [{port: {number: %d}}]}
                """.formatted(number), "default").get(0);
    }
}
