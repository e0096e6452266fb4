package dev.lintel.embedded.authorization;

import java.util.Locale;

/** The error codes of a token endpoint (RFC 6749, 5.2; RFC 8707, 2). */
enum ErrorCode {
    INVALID_REQUEST(400),
    INVALID_CLIENT(401),
    INVALID_GRANT(400),
    UNAUTHORIZED_CLIENT(400),
    UNSUPPORTED_GRANT_TYPE(400),
    INVALID_SCOPE(400),
    INVALID_TARGET(400);

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
