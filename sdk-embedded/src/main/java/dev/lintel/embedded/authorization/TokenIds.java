package dev.lintel.embedded.authorization;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Identifiers of access tokens ({@code jti}): random, behind that of the family that the token belongs to, so that a
 * family is revoked without a list of its tokens. They are no secrets.
 */
final class TokenIds {
    private static final int BYTES = 16;

    private TokenIds() {}

    static String random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String inFamily(String family, SecureRandom random) {
        return family + "." + random(random);
    }

    static boolean isInFamily(String tokenId) {
        return tokenId.indexOf('.') >= 0;
    }

    /** The family of a token; its own identifier if it has none. */
    static String family(String tokenId) {
        int dot = tokenId.indexOf('.');
        return dot < 0 ? tokenId : tokenId.substring(0, dot);
    }
}
