package dev.lintel.auth.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-06T08:49:00Z");

    @Test
    void secondsAreSeconds() {
        assertThat(RetryAfter.of("120", NOW)).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.of(" 0 ", NOW)).contains(Duration.ZERO);
        assertThat(RetryAfter.of("999999999999999999", NOW)).contains(Duration.ofSeconds(999_999_999_999_999_999L));
    }

    @Test
    void datesAreReadInAllThreeForms() {
        for (String date : List.of(
                "Fri, 06 Nov 2026 08:49:37 GMT", "Friday, 06-Nov-26 08:49:37 GMT", "Fri Nov  6 08:49:37 2026")) {
            assertThat(RetryAfter.of(date, NOW)).as(date).contains(Duration.ofSeconds(37));
        }
        assertThat(RetryAfter.of("Sun Nov 16 08:49:00 2036", NOW))
                .as("a date whose day of the week is right")
                .isPresent();
    }

    @Test
    void aDateThatIsPastIsNow() {
        assertThat(RetryAfter.of("Sun, 06 Nov 1994 08:49:37 GMT", NOW)).contains(Duration.ZERO);
        assertThat(RetryAfter.of("Sunday, 06-Nov-94 08:49:37 GMT", NOW)).contains(Duration.ZERO);
    }

    @Test
    void anythingElseIsPassedOver() {
        for (String odd : List.of(
                "",
                "-1",
                "1.5",
                "1e3",
                "soon",
                "9999999999999999999",
                "Mon, 06 Nov 2026 08:49:37 GMT",
                "٣",
                "Fri, 06 Nov 2026 08:49:37 CET",
                "x".repeat(100))) {
            assertThat(RetryAfter.of(odd, NOW)).as(odd).isEmpty();
        }
    }
}
