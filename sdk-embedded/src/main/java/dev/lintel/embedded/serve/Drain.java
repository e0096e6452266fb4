package dev.lintel.embedded.serve;

import io.netty.handler.codec.http.HttpContent;

/** Reads past what is left of a body that nobody wants. */
final class Drain implements Sink {
    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void take(HttpContent content) {
        content.release();
    }
}
