package dev.lintel.embedded.authorization.faults;

import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.authorization.http.Delivery;
import dev.lintel.embedded.authorization.http.Outlet;
import dev.lintel.embedded.authorization.http.Reply;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** What can be done to a request. */
final class Faults {
    private Faults() {}

    static Fault answer(Reply reply) {
        return strike -> strike.answer(reply);
    }

    static Fault deliver(Delivery delivery) {
        return strike -> strike.change(reply -> reply.by(delivery));
    }

    static Fault loseGoodReply() {
        return strike -> strike.changeIfGood(reply -> reply.by((lost, outlet) -> outlet.finish()));
    }

    static Fault contentType(String type) {
        return strike -> strike.change(reply -> reply.replaced("Content-Type", type));
    }

    static Fault hold() {
        return strike -> {
            Runnable unused = strike.layer().waits(strike);
        };
    }

    static Fault latency(Duration time, VirtualClock clock) {
        return strike -> {
            var unused = clock.after(time).thenRun(strike.layer().waits(strike));
        };
    }

    /**
     * Waits in real time.
     *
     * @param timer runs something later
     */
    static Fault latency(Duration time, BiConsumer<Duration, Runnable> timer) {
        return strike -> timer.accept(time, strike.layer().waits(strike));
    }

    /** Closes in the middle of the body, of which at least the last byte is missing. */
    static void truncate(Reply reply, Outlet outlet) {
        byte[] bytes = reply.bytes();
        int missing = Math.max(1, reply.length() / 2);
        outlet.send(Arrays.copyOf(bytes, bytes.length - missing), outlet::finish);
    }
}
