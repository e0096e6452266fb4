package dev.lintel.auth.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Where among its like a process refreshes a token. The same each time, so that what is spread stays spread, and another
 * for each process and key, so that a fleet that was started together does not ask together.
 */
final class Phase {
    private static final int BITS = 53;

    private Phase() {}

    /** From 0 to 1, evenly. */
    static double of(String instance, Coordinates key) {
        String both = instance.length() + ":" + instance + key.canonical();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(both.getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(digest).getLong() >>> (Long.SIZE - BITS)) * 0x1p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
