package dev.lintel.embedded.serve;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Takes a form whole, if it is a small one. */
final class SmallBody implements Sink {
    private static final int MOST = 64 * 1024;

    private final StringBuilder text = new StringBuilder();
    private final Consumer<String> whole;
    private final Exchange exchange;

    SmallBody(Consumer<String> whole, Exchange exchange) {
        this.whole = whole;
        this.exchange = exchange;
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public void take(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        boolean fits = text.length() + content.content().readableBytes() <= MOST;
        if (fits) {
            text.append(content.content().toString(StandardCharsets.ISO_8859_1));
        }
        content.release();
        if (!fits) {
            exchange.giveUp(413, "the body is too large");
        } else if (last) {
            whole.accept(text.toString());
        }
    }
}
