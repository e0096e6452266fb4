package dev.lintel.embedded.serve;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The {@code Date} of answers that are made here (RFC 9110, 6.6.1), formatted once a second. */
public final class Dates {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static volatile Formatted last = new Formatted(0, "");

    private Dates() {}

    private record Formatted(long second, String text) {}

    /** The present second. */
    public static String now() {
        long second = System.currentTimeMillis() / 1000;
        Formatted known = last;
        if (known.second != second) {
            known = new Formatted(second, FORMAT.format(Instant.ofEpochSecond(second)));
            last = known;
        }
        return known.text;
    }
}
