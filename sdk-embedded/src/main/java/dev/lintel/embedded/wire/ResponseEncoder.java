package dev.lintel.embedded.wire;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/** Encodes responses on a connection that answers one request at a time. */
public final class ResponseEncoder extends HttpResponseEncoder {
    private boolean toHead;

    /** Says whether the next response answers a HEAD request, and so has no body. */
    public void expect(boolean head) {
        toHead = head;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse message) {
        return toHead || super.isContentAlwaysEmpty(message);
    }
}
