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

    /** Whether the request may have reached the server. */
    private final boolean sent;

    /**
     * An exchange that failed.
     *
     * @param message what happened, without anything that was sent or answered
     */
    public FetchException(String message) {
        this(message, false);
    }

    /**
     * An exchange that failed.
     *
     * @param message what happened, without anything that was sent or answered
     * @param sent whether the server may have got the request
     */
    public FetchException(String message, boolean sent) {
        super(message);
        this.sent = sent;
    }

    /**
     * Whether the server may have got the request, and may have done what it asks for.
     *
     * @return false only if that is certain
     */
    public boolean isSent() {
        return sent;
    }

    /**
     * The same failure with its address in front.
     *
     * @param uri where; its query is left out
     * @return a new exception
     */
    public FetchException at(URI uri) {
        return new FetchException(of(uri, getMessage()).getMessage(), sent);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
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
