package dev.lintel.embedded.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterTest {
    private final ManualTime time = new ManualTime();
    private final Meter meter = new Meter(time);

    private static long millis(double millis) {
        return (long) (millis * 1_000_000);
    }

    @Test
    void countsCallsAndErrors() {
        for (int i = 0; i < 100; i++) {
            meter.ended(i % 4 == 0, millis(5));
        }
        Histogram last = meter.last(Duration.ofSeconds(30));

        assertThat(last.calls()).isEqualTo(100);
        assertThat(last.errors()).isEqualTo(25);
        assertThat(last.latency(0.5)).isCloseTo(0.005, Percentage.withPercentage(4));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 0.9, 0.99, 0.999})
    void quantilesAreThoseOfASortToWithinABucket(double quantile) {
        Random random = new Random(7);
        long[] nanos = new long[50_000];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = millis(Math.exp(random.nextGaussian() * 1.5 + 2) + 1);
            meter.ended(false, nanos[i]);
        }
        Arrays.sort(nanos);
        double exact = nanos[(int) Math.ceil(quantile * nanos.length) - 1] / 1e9;

        assertThat(meter.last(Duration.ofMinutes(1)).latency(quantile))
                .isCloseTo(exact, Percentage.withPercentage(3.5));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 16_384, 1_000_000, 60_000_000_000L, 4_000_000_000_000L})
    void everyTimeHasItsBucket(long nanos) {
        meter.ended(false, nanos);

        assertThat(meter.last(Duration.ofSeconds(1)).latency(0.99))
                .isCloseTo(nanos / 1e9, within(Math.max(0.00001, nanos / 1e9 * 0.035)));
    }

    @Test
    void whatTakesLongerThanAnyBucketIsInTheLast() {
        meter.ended(false, Long.MAX_VALUE);

        assertThat(meter.last(Duration.ofSeconds(1)).latency(0.5)).isBetween(4_000.0, 9_000.0);
    }

    @Test
    void callsThatWereRefusedAtOnceCountButHaveNoTime() {
        meter.ended(true, -1);
        meter.ended(false, millis(100));
        Histogram last = meter.last(Duration.ofSeconds(1));

        assertThat(last.calls()).isEqualTo(2);
        assertThat(last.errors()).isEqualTo(1);
        assertThat(last.timed()).isEqualTo(1);
        assertThat(last.latency(0.01)).isCloseTo(0.1, Percentage.withPercentage(4));
    }

    @Test
    void whatIsOlderThanTheWindowIsNotCounted() {
        for (int i = 0; i < 120; i++) {
            meter.ended(false, 0);
            time.forward(Duration.ofSeconds(1));
        }
        assertThat(meter.last(Duration.ofSeconds(10)).calls()).isEqualTo(10);
        assertThat(meter.last(Duration.ofSeconds(60)).calls()).isEqualTo(60);
        assertThat(meter.last(Duration.ofSeconds(61)).calls()).isEqualTo(60);
        assertThat(meter.last(Meter.LONGEST).calls()).isEqualTo(120);

        time.forward(Duration.ofSeconds(61));
        assertThat(meter.last(Duration.ofSeconds(60)).calls()).isZero();
        time.forward(Duration.ofHours(2));
        assertThat(meter.last(Meter.LONGEST).calls()).isZero();
    }

    @Test
    void whatCameBeforeTheWindowIsNotCountedEvenInTheSameSecond() {
        meter.ended(true, 0);
        time.forward(Duration.ofMillis(600));
        meter.ended(false, 0);
        assertThat(meter.last(Duration.ofMillis(500)).calls()).isZero();
        time.forward(Duration.ofMillis(500));
        meter.ended(false, 0);
        assertThat(meter.last(Duration.ofMillis(500)).calls()).isEqualTo(1);
        assertThat(meter.last(Duration.ofMillis(500)).errors()).isZero();
    }

    @Test
    void anHourIsKeptAndItsPlaceIsUsedAgain() {
        for (int minute = 0; minute < 300; minute++) {
            meter.ended(minute < 240, millis(1));
            time.forward(Duration.ofMinutes(1));
        }
        Histogram last = meter.last(Meter.LONGEST);

        assertThat(last.calls()).isEqualTo(60);
        assertThat(last.errors()).isZero();
    }

    @Test
    void timeMayBeginAnywhere() {
        ManualTime early = new ManualTime();
        early.forward(Duration.ofNanos(-TimeUnit.MINUTES.toNanos(90)));
        Meter other = new Meter(early);
        other.ended(false, 0);
        early.forward(Duration.ofSeconds(3));

        assertThat(other.last(Duration.ofSeconds(5)).calls()).isEqualTo(1);
    }
}
