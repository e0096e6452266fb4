package dev.lintel.embedded.authorization;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How often something has changed that outlives the server, and what is to be done if a client does not hear of it, because
 * it could not be written down.
 */
final class Changes {
    private final AtomicLong count = new AtomicLong();
    /** Of the request that a thread answers; none for a server that keeps nothing, and so withholds nothing. */
    @SuppressWarnings("ThreadLocalUsage") // each server has its own, and it is emptied when the request ends
    private final ThreadLocal<@Nullable List<Runnable>> ifWithheld = new ThreadLocal<>();

    void note() {
        count.incrementAndGet();
    }

    long count() {
        return count.get();
    }

    /** A request begins, which this thread answers. */
    void begin() {
        ifWithheld.set(new ArrayList<>());
    }

    /** Says what to do if the answer to the request at hand is withheld. */
    void ifWithheld(Runnable work) {
        List<Runnable> all = ifWithheld.get();
        if (all != null) {
            all.add(work);
        }
    }

    /** The answer to the request at hand is withheld. */
    void withheld() {
        List<Runnable> all = ifWithheld.get();
        if (all != null) {
            all.forEach(Runnable::run);
        }
    }

    /** The request at hand is answered, or withheld. */
    void end() {
        ifWithheld.remove();
    }
}
