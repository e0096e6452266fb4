package dev.lintel.benchmarks.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One try as an origin saw it.
 *
 * @param origin which origin
 * @param id which request
 * @param fate what the origin did
 * @param micros when it came, microseconds since 1970
 * @param length how long the body was
 */
record Sighting(String origin, long id, Fate fate, long micros, int length) {
    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    String version() {
        return origin.substring(0, origin.indexOf('-'));
    }

    @Override
    public String toString() {
        return origin + " " + id + " " + fate + " " + micros + " " + length;
    }

    /** All of one file; a last line that was cut off by the end of its process is left out. */
    static List<Sighting> read(Path file) throws IOException {
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Sighting::parse)
                .toList();
    }

    private static Sighting parse(String line) {
        String[] parts = line.split(" ");
        return new Sighting(
                parts[0],
                Long.parseLong(parts[1]),
                Fate.valueOf(parts[2]),
                Long.parseLong(parts[3]),
                Integer.parseInt(parts[4]));
    }
}
