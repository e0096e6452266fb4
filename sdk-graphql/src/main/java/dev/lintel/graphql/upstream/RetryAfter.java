package dev.lintel.graphql.upstream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** {@code Retry-After}, RFC 9110, 10.2.3; a date counts from the answer's own {@code Date}. */
final class RetryAfter {
    private static final long MOST = 86_400;

    private RetryAfter() {}

    /** How long to wait, at most a day; null if it is not said or not understood. */
    static @Nullable Duration of(UpstreamAnswer answer) {
        String said = answer.header("retry-after");
        if (said == null) {
            return null;
        }
        String text = said.strip();
        if (!text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(Math.min(MOST, Long.parseLong(text)));
        }
        ZonedDateTime then = date(text);
        ZonedDateTime now = date(answer.header("date"));
        if (then == null || now == null) {
            return null;
        }
        return Duration.ofSeconds(
                Math.max(0, Math.min(MOST, Duration.between(now, then).toSeconds())));
    }

    /** A date as HTTP writes it, null if it is none. */
    static @Nullable ZonedDateTime date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
