package dev.lintel.auth.net;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

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

    /**
     * An exchange with an address that failed. Its query is left out: it may hold what is nobody's business.
     *
     * @param uri where
     * @param what what it did
     * @return the exception
     */
    public static FetchException of(URI uri, @Nullable String what) {
        return new FetchException(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath() + " " + what);
    }
}
