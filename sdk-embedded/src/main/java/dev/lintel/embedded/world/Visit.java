package dev.lintel.embedded.world;

import dev.lintel.core.evaluate.Request;
import dev.lintel.core.model.BalanceRule.HashOn;
import dev.lintel.core.model.RetryRule.Budget;
import dev.lintel.embedded.balance.Hashes;
import dev.lintel.embedded.balance.Host;
import dev.lintel.embedded.balance.Load;
import dev.lintel.embedded.balance.Meter;
import dev.lintel.embedded.balance.OutlierDetector;
import dev.lintel.embedded.upstream.Failure;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One call to a version that has rules, from its first try to its end: which workload it is at, and what it takes of the
 * limits. Used by one thread at a time. Whatever becomes of a call, {@link #end} must be said.
 */
public final class Visit {
    private final Group group;
    private final Fleet fleet;
    private final @Nullable Meter meter;
    private final boolean hashed;
    private final long hash;
    private @Nullable Host host;
    private @Nullable BitSet tried;
    private boolean active;
    private boolean admitted;
    private boolean retrying;
    private Failure refusal = Failure.UNREADY;

    /**
     * A call that nobody was given yet.
     *
     * @param meter hears that it was refused; null if nobody asks
     */
    Visit(Group group, Fleet fleet, Request request, @Nullable Meter meter) {
        this.group = group;
        this.fleet = fleet;
        this.meter = meter;
        String value = value(fleet.hashOn(), request);
        this.hashed = value != null;
        this.hash = value == null ? 0 : Hashes.of(value);
    }

    private static @Nullable String value(@Nullable HashOn on, Request request) {
        if (on == null) {
            return null;
        }
        return switch (on.by()) {
            case HEADER -> request.header(on.name());
            case COOKIE -> request.cookie(on.name());
            case QUERY -> Queries.value(request.query(), on.name());
            case ADDRESS -> request.address();
        };
    }

    /**
     * The workload for the first try, or for another one, which is another workload if there is one.
     *
     * @return null if there is none, or the version takes no more: {@link #refusal} says which
     */
    public @Nullable Instance next() {
        Host before = host;
        leave();
        host = null;
        Host picked = before == null ? first() : other(before);
        if (picked == null) {
            return null;
        }
        host = picked;
        active = true;
        picked.begin();
        return group.instances().get(picked.index());
    }

    private @Nullable Host first() {
        Host picked = fleet.set().pick(hashed, hash, null);
        if (picked == null) {
            return refused(Failure.UNREADY);
        }
        if (!fleet.load().calls().tryAcquire()) {
            fleet.load().overflowed();
            return refused(Failure.OVERFLOW);
        }
        admitted = true;
        group.instances().get(picked.index()).calls().increment();
        return picked;
    }

    private @Nullable Host refused(Failure why) {
        refusal = why;
        if (meter != null) {
            meter.ended(true, -1);
        }
        return null;
    }

    /** A call that began at a function goes on at functions, and one that began at an address at addresses. */
    private @Nullable Host other(Host before) {
        BitSet not = tried;
        if (not == null) {
            not = foreign(before);
            tried = not;
        }
        not.set(before.index());
        Host picked = fleet.set().pick(hashed, hash, not);
        if (picked == null) {
            tried = foreign(before);
            picked = fleet.set().pick(hashed, hash, tried);
        }
        refusal = Failure.UNREADY;
        return picked;
    }

    private BitSet foreign(Host one) {
        BitSet foreign = (BitSet) fleet.functions().clone();
        if (foreign.get(one.index())) {
            foreign.flip(0, group.instances().size());
        }
        return foreign;
    }

    /** Why there was no workload. */
    public Failure refusal() {
        return refusal;
    }

    /** What connections are counted by; null if they are not limited. */
    public @Nullable Load connections() {
        return fleet.load().limitsConnections() ? fleet.load() : null;
    }

    /** The workload answered. */
    public void answered(int status) {
        decided();
        OutlierDetector detector = fleet.detector();
        if (detector != null && host != null) {
            detector.answered(host, status);
        }
    }

    /** The workload did not answer, or not to the end. */
    public void failed(Failure failure) {
        decided();
        OutlierDetector detector = fleet.detector();
        if (detector != null && host != null && failure.isOfWorkload()) {
            detector.failedLocally(host);
        }
    }

    /** Whether another try is within the budget. It counts until its outcome is known. */
    public boolean retry(Budget budget) {
        decided();
        retrying = fleet.load().tryRetry(budget);
        if (retrying) {
            leave();
        }
        return retrying;
    }

    private void decided() {
        if (retrying) {
            retrying = false;
            fleet.load().retries().release();
        }
    }

    private void leave() {
        if (active && host != null) {
            active = false;
            host.end();
        }
    }

    /** The call has come to its end, whatever that is. */
    public void end() {
        decided();
        leave();
        if (admitted) {
            admitted = false;
            fleet.load().calls().release();
        }
    }
}
