package dev.lintel.core;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Something that must not be shown: a client's secret, a password, a token. It prints as {@code [redacted]}, has no
 * stored form, and leaves this type only through {@link #reveal()}, so that a search for that word finds every place
 * where it can get out.
 *
 * <p>Two secrets are equal if they hold the same text; the comparison takes equally long wherever they differ. All have
 * the same hash code, which therefore tells nothing: do not use secrets as keys of a map.
 */
public final class Secret {
    private static final String REDACTED = "[redacted]";

    private final byte[] utf8;

    private Secret(byte[] utf8) {
        if (utf8.length == 0) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        this.utf8 = utf8;
    }

    /**
     * A secret from text.
     *
     * @param text not empty
     * @return the secret
     */
    public static Secret of(String text) {
        return new Secret(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A secret from characters, which are copied: the caller may overwrite its array afterwards.
     *
     * @param characters not empty
     * @return the secret
     */
    public static Secret of(char[] characters) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        byte[] utf8 = new byte[encoded.remaining()];
        encoded.get(utf8);
        encoded.clear();
        while (encoded.hasRemaining()) {
            encoded.put((byte) 0);
        }
        return new Secret(utf8);
    }

    /**
     * The text itself. Hand it straight to what needs it; never to a log, a message or a field.
     *
     * @return the secret in clear
     */
    public String reveal() {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(utf8, secret.utf8);
    }

    @Override
    public int hashCode() {
        return REDACTED.hashCode();
    }

    @Override
    public String toString() {
        return REDACTED;
    }
}
