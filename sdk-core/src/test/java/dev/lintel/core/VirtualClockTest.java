package dev.lintel.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VirtualClockTest {
    private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");

    private final VirtualClock clock = VirtualClock.of(START);

    @Test
    void standsStillUntilItIsMoved() {
        assertThat(clock.instant()).isEqualTo(START).isEqualTo(clock.instant());
        clock.forward(Duration.ofMinutes(5));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(300));
        assertThat(clock.nanoTime()).isEqualTo(300_000_000_000L);
        assertThat(clock).hasToString("virtual clock at 2030-01-01T12:05:00Z");
    }

    @Test
    void settingTheTimeOfDayDoesNotLetTimePass() {
        clock.forward(Duration.ofSeconds(1));
        clock.at(START.minusSeconds(3600));
        assertThat(clock.instant()).isEqualTo(START.minusSeconds(3600));
        assertThat(clock.nanoTime()).isEqualTo(1_000_000_000L);
    }

    @Test
    void timeDoesNotPassBackward() {
        assertThatThrownBy(() -> clock.forward(Duration.ofSeconds(-1)))
                .hasMessage(
                        "time passes forward only, but was given PT-1S; to set the time of day back say at(instant)");
    }

    @Test
    void whoWaitsGoesOnWhenTheMomentHasComeTheEarliestFirst() {
        List<String> order = new ArrayList<>();
        var second = clock.after(Duration.ofSeconds(2)).thenRun(() -> order.add("second"));
        var first = clock.after(Duration.ofSeconds(1)).thenRun(() -> order.add("first"));
        var third = clock.after(Duration.ofSeconds(2)).thenRun(() -> order.add("third"));
        CompletableFuture<Void> late = clock.after(Duration.ofSeconds(9));

        clock.forward(Duration.ofMillis(999));
        assertThat(order).isEmpty();
        clock.forward(Duration.ofSeconds(5));
        assertThat(order).containsExactly("first", "second", "third");
        assertThat(List.of(first, second, third)).allMatch(CompletableFuture::isDone);
        assertThat(late).isNotDone();
        assertThat(clock.after(Duration.ZERO)).isDone();
    }

    @Test
    void manyThreadsMayMoveIt() {
        IntStream.range(0, 1_000).parallel().forEach(i -> clock.forward(Duration.ofMillis(1)));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(1));
    }
}
