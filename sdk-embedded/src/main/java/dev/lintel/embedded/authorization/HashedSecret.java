package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What is kept of a client's secret: a salted SHA-256. That is enough for secrets that machines make; a password that a
 * person made up would need a slow hash.
 */
final class HashedSecret {
    private static final int SALT_BYTES = 16;

    private final byte[] salt;
    private final byte[] hash;

    private HashedSecret(byte[] salt, byte[] hash) {
        this.salt = salt;
        this.hash = hash;
    }

    static HashedSecret of(Secret secret, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new HashedSecret(salt, hash(salt, secret.reveal()));
    }

    /** What was written down by {@link #stored}. */
    static HashedSecret restore(String stored) {
        String[] parts = stored.split("\\.", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("not a hashed secret");
        }
        return new HashedSecret(
                Base64.getUrlDecoder().decode(parts[0]), Base64.getUrlDecoder().decode(parts[1]));
    }

    /** Salt and hash, to be written down. */
    String stored() {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(salt) + "." + encoder.encodeToString(hash);
    }

    /** Takes equally long for every wrong secret of one length. */
    boolean matches(Secret presented) {
        return MessageDigest.isEqual(hash, hash(salt, presented.reveal()));
    }

    private static byte[] hash(byte[] salt, String secret) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            return sha.digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
