package dev.lintel.auth.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpDateTest {
    private static final Instant NOW = Instant.parse("2026-11-06T08:49:00Z");

    @Test
    void isReadInAllThreeForms() {
        for (String date : List.of(
                "Fri, 06 Nov 2026 08:49:37 GMT", "Friday, 06-Nov-26 08:49:37 GMT", "Fri Nov  6 08:49:37 2026")) {
            assertThat(HttpDate.of(date, NOW)).as(date).isEqualTo(NOW.plusSeconds(37));
        }
        assertThat(HttpDate.of("Sunday, 06-Nov-94 08:49:37 GMT", NOW))
                .as("two digits that are more than fifty years ahead")
                .isEqualTo(Instant.parse("1994-11-06T08:49:37Z"));
    }

    @Test
    void isNothingElse() {
        for (String odd : List.of(
                "",
                "-1",
                "120",
                "soon",
                "Mon, 06 Nov 2026 08:49:37 GMT",
                "\u0663",
                "Fri, 06 Nov 2026 08:49:37 CET",
                "x".repeat(100))) {
            assertThat(HttpDate.of(odd, NOW)).as(odd).isNull();
        }
        assertThat(HttpDate.of(null, NOW)).isNull();
    }
}
