package dev.lintel.embedded.authorization;

import java.util.Locale;

/** The error codes of the endpoints that clients call themselves, each with the section that defines it. */
enum ErrorCode {
    /** RFC 6749, 5.2, as the five after it. */
    INVALID_REQUEST(400),
    INVALID_CLIENT(401),
    INVALID_GRANT(400),
    UNAUTHORIZED_CLIENT(400),
    UNSUPPORTED_GRANT_TYPE(400),
    INVALID_SCOPE(400),
    /** RFC 8707, 2. */
    INVALID_TARGET(400),
    /** RFC 8628, 3.5, as the three after it. */
    AUTHORIZATION_PENDING(400),
    SLOW_DOWN(400),
    ACCESS_DENIED(400),
    EXPIRED_TOKEN(400),
    /** RFC 9449, 5. */
    INVALID_DPOP_PROOF(400),
    /** RFC 9449, 8. */
    USE_DPOP_NONCE(400),
    /** RFC 7591, 3.2.2, as the one after it. */
    INVALID_REDIRECT_URI(400),
    INVALID_CLIENT_METADATA(400),
    /** RFC 6750, 3.1. */
    INVALID_TOKEN(401),
    /** RFC 6749, 4.1.2.1, and what is said in its words with status 429. */
    TEMPORARILY_UNAVAILABLE(429);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    /** As it is written in an answer. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
