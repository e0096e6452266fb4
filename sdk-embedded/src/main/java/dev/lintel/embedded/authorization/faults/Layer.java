package dev.lintel.embedded.authorization.faults;

import dev.lintel.embedded.authorization.chaos.Hold;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A disturbance of requests. */
final class Layer extends Trouble implements Hold {
    private final Disturbances owner;
    private final Predicate<Received> whom;
    private final int most;
    private final Fault fault;
    private final boolean holds;
    private final Set<Waiting> waiting = new LinkedHashSet<>();
    private int claimed;
    private boolean ended;

    /**
     * A disturbance.
     *
     * @param owner where it is registered
     * @param whom which requests it meets
     * @param most how many of them; 0 for all
     * @param what in words
     * @param holds whether requests wait until it ends
     * @param fault what it does to them
     */
    Layer(Disturbances owner, Predicate<Received> whom, int most, String what, boolean holds, Fault fault) {
        super(what);
        this.owner = owner;
        this.whom = whom;
        this.most = most;
        this.holds = holds;
        this.fault = fault;
    }

    /** A request that waits, and goes on once. */
    private final class Waiting implements Runnable {
        private final AtomicBoolean gone = new AtomicBoolean();
        private final Strike strike;

        Waiting(Strike strike) {
            this.strike = strike;
        }

        @Override
        public void run() {
            if (gone.compareAndSet(false, true)) {
                synchronized (Layer.this) {
                    waiting.remove(this);
                }
                strike.pass();
            }
        }
    }

    /** Whether this request meets it; if so, it has one less to meet. */
    synchronized boolean claims(Received request) {
        if (ended || most > 0 && claimed == most || !whom.test(request)) {
            return false;
        }
        claimed++;
        return true;
    }

    void strike(Received request, Consumer<Consumer<Reply>> next, Consumer<Reply> done) {
        fault.strike(new Strike(this, request, next, done));
    }

    void met(Received request, boolean executed) {
        owner.note(request.toString(), what(), executed);
        if (met() == most) {
            owner.remove(this);
        }
    }

    synchronized void missed() {
        claimed--;
    }

    /** What lets a request go on that waits from now on, unless this has ended meanwhile. */
    Runnable waits(Strike strike) {
        Waiting one = new Waiting(strike);
        boolean late;
        synchronized (this) {
            late = ended;
            if (!late) {
                waiting.add(one);
            }
        }
        strike.delayed();
        if (late) {
            one.run();
        }
        return one;
    }

    @Override
    public void release() {
        end(true);
    }

    @Override
    public void close() {
        end(holds);
    }

    void end(boolean letThrough) {
        List<Waiting> free;
        synchronized (this) {
            ended = true;
            free = letThrough ? List.copyOf(waiting) : List.of();
        }
        owner.remove(this);
        free.forEach(Waiting::run);
    }
}
