package dev.lintel.embedded.authorization.faults;

import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.authorization.http.Delivery;
import dev.lintel.embedded.authorization.http.Outlet;
import dev.lintel.embedded.authorization.http.Reply;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sends an answer in pieces.
 *
 * @param bytes how many at a time
 * @param pause between two of them
 * @param clock what measures the pause; null for real time
 */
record Drip(int bytes, Duration pause, @Nullable VirtualClock clock) implements Delivery {
    @Override
    public void deliver(Reply reply, Outlet outlet) {
        from(0, reply.bytes(), outlet);
    }

    private void from(int begin, byte[] all, Outlet outlet) {
        int end = Math.min(begin + bytes, all.length);
        boolean last = end == all.length;
        outlet.send(
                Arrays.copyOfRange(all, begin, end),
                last ? outlet::finish : () -> pause(outlet, () -> from(end, all, outlet)));
    }

    private void pause(Outlet outlet, Runnable next) {
        if (clock == null) {
            outlet.later(pause, next);
        } else {
            var unused = clock.after(pause).thenRun(() -> outlet.soon(next));
        }
    }
}
