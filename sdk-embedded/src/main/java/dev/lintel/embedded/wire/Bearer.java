package dev.lintel.embedded.wire;

import dev.lintel.core.evaluate.Token;
import org.jspecify.annotations.Nullable;

/** Takes the token out of {@code Authorization: Bearer …} (RFC 6750, 2.1), strictly: one space, one token, no list. */
public final class Bearer {
    /** The field speaks of a bearer token, but holds none. */
    public static final Token MALFORMED = new Token.Rejected("the Authorization field is not 'Bearer' and one token");

    private static final String SCHEME = "Bearer ";
    private static final int LIMIT = 16 * 1024;

    private Bearer() {}

    /** Whether a field is of this scheme; another scheme is not ours to judge. */
    public static boolean isBearer(String authorization) {
        int scheme = SCHEME.length() - 1;
        return authorization.regionMatches(true, 0, SCHEME, 0, scheme)
                && (authorization.length() == scheme || !isLetter(authorization.charAt(scheme)));
    }

    /**
     * The token.
     *
     * @param authorization the field's value
     * @return null if it is not well formed
     */
    public static @Nullable String token(String authorization) {
        boolean good = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && authorization.length() <= LIMIT
                && authorization.indexOf(' ', SCHEME.length()) < 0
                && authorization.indexOf(',', SCHEME.length()) < 0
                && authorization.length() > SCHEME.length();
        return good ? authorization.substring(SCHEME.length()) : null;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }
}
