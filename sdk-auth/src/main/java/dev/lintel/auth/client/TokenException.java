package dev.lintel.auth.client;

/**
 * Thrown when there is no token to be had. Its message names the client, the endpoint and the server's error code, never
 * a secret, a token or anything else that was sent or answered.
 */
public final class TokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TokenException(String message) {
        super(message);
    }

    /** The same failure for one more caller, with a stack of its own. */
    TokenException(TokenException cause) {
        super(cause.getMessage(), cause);
    }
}
