package dev.lintel.auth.net;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a server answered; never prints its body. */
public final class Reply {
    private final int status;
    private final @Nullable String contentType;
    private final @Nullable String retryAfter;
    private final byte[] body;

    Reply(int status, @Nullable String contentType, @Nullable String retryAfter, byte[] body) {
        this.status = status;
        this.contentType = contentType;
        this.retryAfter = retryAfter;
        this.body = body;
    }

    /**
     * The status.
     *
     * @return as it came
     */
    public int status() {
        return status;
    }

    /**
     * Whether the body says that it is JSON.
     *
     * @return true for {@code application/json} with any parameters
     */
    public boolean isJson() {
        String type = contentType == null ? "" : contentType;
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals("application/json");
    }

    /**
     * How long the server wants to be left alone (RFC 9110, 10.2.3).
     *
     * @param now what time it is, for servers that say until when
     * @return null if it did not say, or said nothing that can be understood
     */
    public @Nullable Duration retryAfter(Instant now) {
        return retryAfter == null ? null : RetryAfter.of(retryAfter, now).orElse(null);
    }

    /**
     * The body.
     *
     * @return the bytes themselves, not a copy
     */
    public byte[] body() {
        return body;
    }

    @Override
    public String toString() {
        return "answer " + status + " with " + body.length + " bytes";
    }
}
