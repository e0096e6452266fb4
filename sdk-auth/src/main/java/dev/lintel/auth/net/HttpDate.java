package dev.lintel.auth.net;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads dates as HTTP writes them, in the three forms of RFC 9110, 5.6.7. */
public final class HttpDate {
    private static final int LONGEST = 64;
    private static final DateTimeFormatter FIXED =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss 'GMT'", Locale.US);
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US);

    private HttpDate() {}

    /**
     * A date.
     *
     * @param text for example {@code Sun, 06 Nov 1994 08:49:37 GMT}; null for none
     * @param now what time it is, which tells the century of a year with two digits
     * @return null if it is none
     */
    public static @Nullable Instant of(@Nullable String text, Instant now) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        for (DateTimeFormatter form : List.of(FIXED, rfc850(now), ASCTIME)) {
            try {
                return LocalDateTime.parse(text.strip(), form).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                // Another form may fit.
                continue;
            }
        }
        return null;
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
