package dev.lintel.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT2S, 2s",
        "PT0.5S, 500ms",
        "PT1M30S, 1m30s",
        "PT1H, 1h",
        "PT48H, 48h",
        "PT1.000000001S, 1s1ns",
        "PT0.001002003S, 1ms2us3ns"
    })
    void writesWhatPeopleWouldWrite(Duration duration, String text) {
        assertThat(Durations.write(duration)).isEqualTo(text);
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "1500ms, PT1.5S", "0h, PT0S", "007s, PT7S"})
    void readsOtherSpellings(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "s", "1.5s", "-2s", "2 s", "2S", "1s1m", "1s1s", "PT2S", "9999999999999999h"})
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a duration is written like 2s, 500ms or 1m30s, but was '" + text + "'");
    }

    @Test
    void negativeDurationsAreNotWritten() {
        assertThatThrownBy(() -> Durations.write(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a duration must not be negative, but was PT-1S");
    }

    @Test
    void everyDurationReadsBackEqual() {
        long seed = 20_261_123;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            Duration duration = Duration.ofSeconds(
                    random.nextLong(1L << random.nextInt(1, 60)), random.nextLong(1L << random.nextInt(1, 30)));
            assertThat(Durations.parse(Durations.write(duration)))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(duration);
        }
    }
}
