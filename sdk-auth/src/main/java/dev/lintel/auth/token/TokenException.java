package dev.lintel.auth.token;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when there is no token to be had. Its message names the client, the endpoint and the server's error code, never
 * a secret, a token or anything else that was sent or answered.
 */
public final class TokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether asking again may help. */
    private final TokenFetchException.@Nullable Kind kind;
    /** How long nothing is asked yet. */
    private final @Nullable Duration retryIn;

    /**
     * A failure.
     *
     * @param message without anything secret
     */
    public TokenException(String message) {
        this(message, null, null);
    }

    /**
     * A failure of which more is known.
     *
     * @param message without anything secret
     * @param kind whether asking again may help; null if nothing was asked
     * @param retryIn how long nothing is asked; null if the next caller asks
     */
    public TokenException(String message, TokenFetchException.@Nullable Kind kind, @Nullable Duration retryIn) {
        super(message);
        this.kind = kind;
        this.retryIn = retryIn;
    }

    /**
     * The same failure for one more caller, with a stack of its own.
     *
     * @param cause what all callers share
     */
    public TokenException(TokenException cause) {
        super(cause.getMessage(), cause);
        this.kind = cause.kind;
        this.retryIn = cause.retryIn;
    }

    /**
     * Whether asking again may help.
     *
     * @return null if this is not the failure of a request
     */
    public TokenFetchException.@Nullable Kind kind() {
        return kind;
    }

    /**
     * How long nothing is asked, counted from when this was made.
     *
     * @return null if the next caller asks
     */
    public @Nullable Duration retryIn() {
        return retryIn;
    }
}
