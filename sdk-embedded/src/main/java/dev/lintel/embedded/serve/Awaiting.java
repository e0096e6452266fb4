package dev.lintel.embedded.serve;

import io.netty.handler.codec.http.HttpContent;

/** Takes nothing while something is got from elsewhere, and knows whether that is still wanted when it comes. */
final class Awaiting implements Sink {
    private boolean over;

    boolean isOver() {
        return over;
    }

    @Override
    public boolean ready() {
        return false;
    }

    @Override
    public void take(HttpContent content) {
        content.release();
    }

    @Override
    public void cancel() {
        over = true;
    }
}
