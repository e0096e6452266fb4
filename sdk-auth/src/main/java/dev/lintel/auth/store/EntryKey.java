package dev.lintel.auth.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The name of a store's entry: the coordinates that tell its token from every other, such as issuer, client, subject and
 * scopes. Two tokens that must not be mistaken for each other need different parts.
 *
 * <p>Stores name files and rows by {@link #digest()}: that keeps odd characters out of names, and is no secrecy, because
 * whoever can guess the parts can check the guess.
 *
 * @param parts at least one, in an order that is always the same; they may be logged, so they hold nothing secret
 */
public record EntryKey(List<String> parts) {
    private static final int PRINTED = 200;

    /** Checks that there is something. */
    public EntryKey {
        parts = List.copyOf(parts);
        if (parts.isEmpty() || parts.stream().allMatch(String::isBlank)) {
            throw new IllegalArgumentException("a store's entry needs a name, but its parts are " + parts);
        }
    }

    /**
     * A name.
     *
     * @param part for example the issuer, or a name that says it all
     * @param more for example client, subject, scopes
     * @return the name
     */
    public static EntryKey of(String part, String... more) {
        List<String> parts = new ArrayList<>();
        parts.add(part);
        parts.addAll(Arrays.asList(more));
        return new EntryKey(parts);
    }

    /**
     * What stands for the name outside: different for different parts, however they are cut.
     *
     * @return SHA-256 over the length and the UTF-8 of each part, 64 lower-case hexadecimal digits
     */
    public String digest() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
                sha256.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).flip());
                sha256.update(utf8);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** For messages and logs: on one line, and not too long. */
    @Override
    public String toString() {
        String text = String.join(" ", parts).replaceAll("\\p{Cntrl}", "?");
        return text.length() <= PRINTED ? text : text.substring(0, PRINTED) + "…";
    }
}
