package dev.lintel.core.front;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * What a front asks a service. Prints method and headers' names alone, because the rest may be secret.
 *
 * @param method for example {@code GET}
 * @param target path and query, encoded; begins with {@code /}
 * @param headers in their order, without those that frame the message
 * @param body the whole body; empty for none
 * @param timeout how long it may take, more than zero
 */
public record FrontCall(String method, String target, List<FrontHeader> headers, ByteBuffer body, Duration timeout) {
    /** Checks target and timeout, and keeps the rest unchangeable. */
    public FrontCall {
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("the target of a call begins with '/'");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a call's timeout must be more than zero, but was " + timeout);
        }
        headers = List.copyOf(headers);
        body = body.asReadOnlyBuffer();
    }

    /**
     * The body, at its beginning.
     *
     * @return unchangeable; each call answers one of its own
     */
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    @Override
    public String toString() {
        return method + " with " + headers;
    }
}
