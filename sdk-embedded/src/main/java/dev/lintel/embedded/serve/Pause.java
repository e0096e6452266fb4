package dev.lintel.embedded.serve;

import dev.lintel.embedded.balance.Time;
import dev.lintel.embedded.balance.Time.Timer;
import io.netty.handler.codec.http.HttpContent;
import java.time.Duration;

/** Holds a request up on purpose. No thread waits, and nothing is read of the body meanwhile. */
final class Pause implements Sink {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Runnable next;
    private Timer timer = Timer.NONE;
    private boolean over;

    Pause(Runnable next) {
        this.next = next;
    }

    /** Begins; the end comes on the connection's own thread. */
    void begin(Front front, Time time, Duration length) {
        long nanos = (length.compareTo(LONGEST) < 0 ? length : LONGEST).toNanos();
        timer = time.after(nanos, () -> front.later(this::end));
    }

    private void end() {
        if (!over) {
            over = true;
            next.run();
        }
    }

    /** What is held up goes on at once, so that it can end in time. */
    @Override
    public void stopping() {
        timer.cancel();
        end();
    }

    @Override
    public void cancel() {
        over = true;
        timer.cancel();
    }

    @Override
    public boolean ready() {
        return false;
    }

    @Override
    public void take(HttpContent content) {
        content.release();
    }
}
