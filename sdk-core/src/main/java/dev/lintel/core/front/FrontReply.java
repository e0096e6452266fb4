package dev.lintel.core.front;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a service answered to a front. Prints the status alone, because the rest may be secret.
 *
 * @param status 100 to 599
 * @param headers in the order in which they came
 * @param body the whole body
 */
public record FrontReply(int status, List<FrontHeader> headers, ByteBuffer body) {
    /** Keeps headers and body unchangeable. */
    public FrontReply {
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
        return Integer.toString(status);
    }
}
