package dev.lintel.auth.net;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the header {@code Retry-After}: seconds, or a date in one of the three forms of RFC 9110, 5.6.7. */
public final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");
    private static final int LONGEST = 64;
    private static final DateTimeFormatter FIXED =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US);

    private RetryAfter() {}

    /**
     * How long that is from now.
     *
     * @param value of the header
     * @param now what time it is
     * @return empty if it is neither; zero for a date that is past
     */
    public static Optional<Duration> of(String value, Instant now) {
        String text = value.strip();
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        return Stream.of(FIXED, rfc850(now), ASCTIME)
                .flatMap(form -> read(text, form).stream())
                .map(then -> Duration.between(now, then))
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .findFirst();
    }

    private static Optional<Instant> read(String text, DateTimeFormatter form) {
        try {
            return Optional.of(LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Two digits of a year mean the one that is less than fifty years ahead. */
    private static DateTimeFormatter rfc850(Instant now) {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(
                        ChronoField.YEAR, 2, 2, now.atOffset(ZoneOffset.UTC).getYear() - 49)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US);
    }
}
