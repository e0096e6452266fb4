package dev.lintel.embedded.authorization;

import java.util.Locale;

/** The error codes of a token endpoint (RFC 6749, 5.2; RFC 8707, 2), and of the way by the browser. */
enum ErrorCode {
    INVALID_REQUEST(400),
    INVALID_CLIENT(401),
    INVALID_GRANT(400),
    UNAUTHORIZED_CLIENT(400),
    UNSUPPORTED_GRANT_TYPE(400),
    INVALID_SCOPE(400),
    INVALID_TARGET(400),
    /** RFC 6749, 4.1.2.1. */
    ACCESS_DENIED(400),
    /** RFC 6749, 4.1.2.1. */
    UNSUPPORTED_RESPONSE_TYPE(400),
    /** OpenID Connect Core, 3.1.2.6. */
    LOGIN_REQUIRED(400),
    /** OpenID Connect Core, 3.1.2.6. */
    CONSENT_REQUIRED(400),
    /** OpenID Connect Core, 3.1.2.6. */
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
