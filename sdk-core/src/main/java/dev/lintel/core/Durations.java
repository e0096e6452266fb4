package dev.lintel.core;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 2s}, {@code 500ms}, {@code 1m30s}; exact to the nanosecond. */
public final class Durations {
    private static final Pattern TEXT =
            Pattern.compile("(?=\\d)(?:(\\d{1,15})h)?(?:(\\d{1,15})m)?(?:(\\d{1,15})s)?(?:(\\d{1,15})ms)?"
                    + "(?:(\\d{1,15})us)?(?:(\\d{1,15})ns)?");
    private static final TimeUnit[] UNITS = {
        TimeUnit.HOURS,
        TimeUnit.MINUTES,
        TimeUnit.SECONDS,
        TimeUnit.MILLISECONDS,
        TimeUnit.MICROSECONDS,
        TimeUnit.NANOSECONDS
    };

    private Durations() {}

    /**
     * Writes a duration.
     *
     * @param duration zero or more
     * @return hours, minutes, seconds, milli-, micro- and nanoseconds, without those that are zero; {@code 0s} for zero
     * @throws IllegalArgumentException if it is negative
     */
    public static String write(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a duration must not be negative, but was " + duration);
        }
        int nanos = duration.toNanosPart();
        StringBuilder text = new StringBuilder();
        part(text, duration.toHours(), "h");
        part(text, duration.toMinutesPart(), "m");
        part(text, duration.toSecondsPart(), "s");
        part(text, nanos / 1_000_000, "ms");
        part(text, nanos / 1_000 % 1_000, "us");
        part(text, nanos % 1_000, "ns");
        return text.length() == 0 ? "0s" : text.toString();
    }

    /**
     * Reads a duration.
     *
     * @param text whole numbers with the units {@code h}, {@code m}, {@code s}, {@code ms}, {@code us}, {@code ns}, the
     *     greatest unit first, each at most once
     * @return the duration
     * @throws IllegalArgumentException if it is not one
     */
    public static Duration parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a duration is written like 2s, 500ms or 1m30s, but was '" + text + "'");
        }
        Duration sum = Duration.ZERO;
        for (int i = 0; i < UNITS.length; i++) {
            String number = parts.group(i + 1);
            if (number != null) {
                sum = sum.plus(Long.parseLong(number), UNITS[i].toChronoUnit());
            }
        }
        return sum;
    }

    private static void part(StringBuilder text, long value, String unit) {
        if (value != 0) {
            text.append(value).append(unit);
        }
    }
}
