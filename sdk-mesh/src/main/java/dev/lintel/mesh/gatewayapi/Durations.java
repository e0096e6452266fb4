package dev.lintel.mesh.gatewayapi;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Durations as Gateway API writes them: hours, minutes, seconds and milliseconds, each of at most five digits (GEP-2257).
 *
 * @see <a href="https://gateway-api.sigs.k8s.io/geps/gep-2257/">GEP-2257, Duration</a>
 */
final class Durations {
    private Durations() {}

    static String write(Duration duration) {
        StringBuilder text = new StringBuilder();
        part(text, duration.toHours(), "h");
        part(text, duration.toMinutesPart(), "m");
        part(text, duration.toSecondsPart(), "s");
        part(text, duration.toMillisPart(), "ms");
        return text.length() == 0 ? "0s" : text.toString();
    }

    /** Whether it can be written and is not nothing, which would mean no limit. */
    static boolean isWritable(Duration duration) {
        return duration.toNanosPart() % 1_000_000 == 0 && duration.toMillis() > 0 && duration.toHours() < 100_000;
    }

    static Optional<Duration> read(String text) {
        if (!text.matches("([0-9]{1,5}(h|m|s|ms)){1,4}")) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        for (String part : text.split("(?<=[hs])(?=[0-9])|(?<=m)(?=[0-9])", -1)) {
            String unit = part.replaceAll("[0-9]", "");
            long number = Long.parseLong(part.substring(0, part.length() - unit.length()));
            sum = sum.plus(
                    switch (unit) {
                        case "h" -> Duration.ofHours(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "s" -> Duration.ofSeconds(number);
                        default -> Duration.ofMillis(number);
                    });
        }
        return Optional.of(sum);
    }

    /** The same in seconds, as a mesh writes it. */
    static String seconds(Duration duration) {
        long millis = duration.toMillis();
        String rest = millis % 1000 == 0 ? "" : "." + String.format(Locale.ROOT, "%03d", millis % 1000);
        return millis / 1000 + rest.replaceAll("0+$", "") + "s";
    }

    private static void part(StringBuilder text, long number, String unit) {
        if (number != 0) {
            text.append(number).append(unit);
        }
    }
}
