package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

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
