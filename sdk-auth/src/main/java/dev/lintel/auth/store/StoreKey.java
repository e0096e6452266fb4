package dev.lintel.auth.store;

import dev.lintel.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A key that stored tokens are encrypted with (AES, 256 bits); prints as its id. */
public final class StoreKey {
    static final int ID_BYTES = 8;
    private static final int BYTES = 32;

    private final SecretKey key;
    private final byte[] id;

    private StoreKey(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a store's key must be 32 random bytes, but has " + bytes.length);
        }
        this.key = new SecretKeySpec(bytes, "AES");
        this.id = identify(bytes);
    }

    /**
     * A key from its bytes, which are copied: the caller may overwrite its array afterwards.
     *
     * @param bytes 32 random bytes, for example from a mounted secret; not a password
     * @return the key
     */
    public static StoreKey of(byte[] bytes) {
        return new StoreKey(bytes);
    }

    /**
     * A key from text, as it stands in an environment variable.
     *
     * @param base64 32 random bytes in Base64 (RFC 4648, 4), for example from {@code openssl rand -base64 32}
     * @return the key
     */
    public static StoreKey of(Secret base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64.reveal().strip());
        } catch (IllegalArgumentException e) {
            // Not as a cause: it quotes what it could not read.
            throw new IllegalArgumentException("a store's key must be 32 random bytes in Base64, as from"
                    + " 'openssl rand -base64 32', but is not Base64");
        }
        try {
            return new StoreKey(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /**
     * A name for the key, which is written beside what it encrypts.
     *
     * @return 16 hexadecimal digits that come from the key and do not give it away
     */
    public String id() {
        return HexFormat.of().formatHex(id);
    }

    SecretKey key() {
        return key;
    }

    byte[] idBytes() {
        return id;
    }

    @Override
    public String toString() {
        return "store key " + id();
    }

    private static byte[] identify(byte[] bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update("lintel store key id".getBytes(StandardCharsets.US_ASCII));
            return Arrays.copyOf(sha256.digest(bytes), ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
