package dev.lintel.auth.token;

/**
 * Thrown when there is no token to be had. Its message names the client, the endpoint and the server's error code, never
 * a secret, a token or anything else that was sent or answered.
 */
public final class TokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message without anything secret
     */
    public TokenException(String message) {
        super(message);
    }

    /**
     * The same failure for one more caller, with a stack of its own.
     *
     * @param cause what all callers share
     */
    public TokenException(TokenException cause) {
        super(cause.getMessage(), cause);
    }
}
