package dev.lintel.auth.net;

import java.io.IOException;

/**
 * Thrown when an exchange did not end well. The message is our own words: it never quotes what was sent or answered, and
 * there is no cause that could, because both may hold secrets.
 */
public final class FetchException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * An exchange that failed.
     *
     * @param message what happened, without anything that was sent or answered
     */
    public FetchException(String message) {
        super(message);
    }
}
