package dev.lintel.embedded.serve;

import dev.lintel.embedded.upstream.Connection;
import io.netty.handler.codec.http.HttpContent;
import java.util.ArrayList;
import java.util.List;

/** The beginning of a body, kept so that it can be sent again; a long body is not kept, and so not sent again. */
final class Replay {
    private static final int LIMIT = 64 * 1024;

    private final List<HttpContent> parts = new ArrayList<>(2);
    private boolean keeping;
    private boolean whole = true;
    private int size;

    Replay(boolean keeping) {
        this.keeping = keeping;
    }

    void add(HttpContent part) {
        size += part.content().readableBytes();
        if (keeping && size <= LIMIT) {
            parts.add(part.retainedDuplicate());
        } else {
            whole = false;
            release();
        }
    }

    /** Whether all that was taken so far can be sent again. */
    boolean isWhole() {
        return whole;
    }

    void sendTo(Connection connection) {
        for (int i = 0; i < parts.size(); i++) {
            connection.write(parts.get(i).retainedDuplicate());
        }
    }

    /** Keeps nothing any more. */
    void release() {
        keeping = false;
        parts.forEach(HttpContent::release);
        parts.clear();
    }
}
