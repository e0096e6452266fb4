package dev.lintel.embedded.serve;

import io.netty.handler.codec.http.HttpContent;
import java.time.Duration;

/** Holds a request up on purpose. No thread waits, and nothing is read of the body meanwhile. */
final class Pause implements Sink {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final long until;
    private final Runnable next;
    private boolean over;

    Pause(Duration length, Runnable next) {
        this.until = Ticks.now() + (length.compareTo(LONGEST) < 0 ? length : LONGEST).toNanos();
        this.next = next;
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
    public long deadline() {
        return until;
    }

    @Override
    public void expired(long now) {
        if (now >= until) {
            end();
        }
    }

    /** What is held up goes on at once, so that it can end in time. */
    @Override
    public void stopping() {
        end();
    }

    private void end() {
        if (!over) {
            over = true;
            next.run();
        }
    }

    @Override
    public void cancel() {
        over = true;
    }
}
