package dev.lintel.embedded.authorization;

import java.util.Locale;

/** The error codes of all endpoints, each with the section that defines it. */
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
    /** RFC 6750, 3.1, as the one after it. */
    INVALID_TOKEN(401),
    INSUFFICIENT_SCOPE(403),
    /** RFC 6749, 4.1.2.1, and what is said in its words with status 429. */
    TEMPORARILY_UNAVAILABLE(429),
    /** RFC 6749, 4.1.2.1. */
    UNSUPPORTED_RESPONSE_TYPE(400),
    /** OpenID Connect Core, 3.1.2.6, as the two after it. */
    LOGIN_REQUIRED(400),
    CONSENT_REQUIRED(400),
    REQUEST_NOT_SUPPORTED(400),
    /** RFC 9101, 7. */
    INVALID_REQUEST_URI(400);

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
