package dev.lintel.auth.oauth.credential;

import java.util.Base64;
import java.util.random.RandomGenerator;

/** Texts that nobody can guess, if the source of randomness is a good one. */
public final class Randoms {
    private Randoms() {}

    /**
     * A random text.
     *
     * @param random where from; a {@link java.security.SecureRandom} outside tests
     * @param bytes how much is random: 16 for what must be unique, 32 for what must be secret
     * @return base64url
     */
    public static String text(RandomGenerator random, int bytes) {
        byte[] raw = new byte[bytes];
        random.nextBytes(raw);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
    }
}
