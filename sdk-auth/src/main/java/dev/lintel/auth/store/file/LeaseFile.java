package dev.lintel.auth.store.file;

import dev.lintel.auth.store.EntryKey;
import dev.lintel.auth.store.Lease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A lease as a file of three lines: end in milliseconds, fence, owner. What is not of this form is no lease. */
final class LeaseFile {
    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\n(-?\\d{1,19})\n([^\n]*)\n");
    private static final int OWNER = 200;
    private static final int LIMIT = 4 * 1024;

    private LeaseFile() {}

    static byte[] bytes(Lease lease) {
        String owner = lease.owner().replaceAll("\\p{Cntrl}", "?");
        return (lease.until().toEpochMilli() + "\n" + lease.fence() + "\n"
                        + owner.substring(0, Math.min(owner.length(), OWNER)) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static Optional<Lease> read(EntryKey key, Path file) throws IOException {
        return PrivateFiles.read(file, LIMIT)
                .map(bytes -> FORM.matcher(new String(bytes, StandardCharsets.UTF_8)))
                .filter(Matcher::matches)
                .flatMap(lines -> lease(key, lines));
    }

    /** Whether it still counts; one that ends later than any may be asked for comes from a clock that was wrong. */
    static boolean holds(Lease lease, Instant now) {
        return now.isBefore(lease.until()) && !lease.until().isAfter(now.plus(Lease.LONGEST));
    }

    private static Optional<Lease> lease(EntryKey key, Matcher lines) {
        try {
            return Optional.of(new Lease(
                    key,
                    lines.group(3),
                    Long.parseLong(lines.group(2)),
                    Instant.ofEpochMilli(Long.parseLong(lines.group(1)))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
