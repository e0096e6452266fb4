package dev.lintel.auth.token;

import java.util.Locale;
import java.util.Optional;

/** How a token is presented: the scheme of the header {@code Authorization} (RFC 6749, 7.1). */
public enum TokenType {
    /** Whoever has it may use it (RFC 6750). */
    BEARER("Bearer"),
    /** Good only with a proof of possession of a key for each request (RFC 9449). */
    DPOP("DPoP");

    private final String scheme;

    TokenType(String scheme) {
        this.scheme = scheme;
    }

    /**
     * The scheme.
     *
     * @return {@code Bearer} or {@code DPoP}
     */
    public String scheme() {
        return scheme;
    }

    /**
     * The type with a name, in any case (RFC 6749, 5.1).
     *
     * @param name the {@code token_type} of a token response
     * @return empty if the type is not known, in which case the token must not be used
     */
    public static Optional<TokenType> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (TokenType type : values()) {
            if (type.scheme.toLowerCase(Locale.ROOT).equals(lower)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
