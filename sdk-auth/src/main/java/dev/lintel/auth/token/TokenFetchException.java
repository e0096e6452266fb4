package dev.lintel.auth.token;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a request for a token did not end with a token. Its message says where, which member, what came and what to
 * do; it never quotes a secret, a token or free text of an answer, and has no cause that could.
 */
public final class TokenFetchException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether asking again may help. */
    public enum Kind {
        /** Later it may work: the endpoint could not be reached, was busy or broken. */
        RETRYABLE,
        /** It will not work until somebody changes something, such as {@code invalid_client}. */
        PERMANENT,
        /** The grant is used up, revoked or expired ({@code invalid_grant}): ask in another way. */
        INVALID_GRANT,
        /** It was sent and no answer was seen that can be used: what is good for one use must not be sent again. */
        AMBIGUOUS
    }

    /** Whether asking again may help. */
    private final Kind kind;
    /** The error code that the server gave. */
    private final @Nullable String error;
    /** How long the server wants to be left alone. */
    private final @Nullable Duration retryAfter;

    /**
     * A request that failed.
     *
     * @param kind whether asking again may help
     * @param message without anything secret
     * @param error the error code (RFC 6749, 5.2), one of those that are known; null if there was none
     * @param retryAfter how long the server wants to be left alone (RFC 9110, 10.2.3); null if it did not say
     */
    public TokenFetchException(Kind kind, String message, @Nullable String error, @Nullable Duration retryAfter) {
        super(message);
        this.kind = kind;
        this.error = error;
        this.retryAfter = retryAfter;
    }

    /**
     * Whether asking again may help.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The error code that the server gave.
     *
     * @return for example {@code invalid_client}; null if there was none that is known
     */
    public @Nullable String error() {
        return error;
    }

    /**
     * How long the server wants to be left alone.
     *
     * @return null if it did not say
     */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
