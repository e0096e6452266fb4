package dev.lintel.graphql.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls that one query may make, of all services together. */
public final class CallBudget {
    private final AtomicInteger left;
    private final Semaphore flying;

    private CallBudget(int calls, int inFlight) {
        this.left = new AtomicInteger(calls);
        this.flying = new Semaphore(inFlight);
    }

    /**
     * The budget of one query.
     *
     * @param calls how many it may make
     * @param inFlight how many at the same time; others wait as long as their timeouts allow
     * @return a budget that is spent by the calls of upstreams over it
     */
    public static CallBudget of(int calls, int inFlight) {
        if (calls < 0 || inFlight < 1) {
            throw new IllegalArgumentException("a query may make some calls, at least one at a time");
        }
        return new CallBudget(calls, inFlight);
    }

    /**
     * How many calls are left.
     *
     * @return 0 if it is used up
     */
    public int left() {
        return Math.max(0, left.get());
    }

    /**
     * A service whose calls are counted.
     *
     * @param upstream that is called
     * @return answers {@link UpstreamCode#UPSTREAM_BUDGET} when the budget is used up
     */
    public Upstream over(Upstream upstream) {
        return request -> call(upstream, request);
    }

    private UpstreamAnswer call(Upstream upstream, UpstreamRequest request) throws IOException {
        if (left.getAndUpdate(calls -> Math.max(0, calls - 1)) == 0) {
            throw notSent(UpstreamCode.UPSTREAM_BUDGET);
        }
        long deadline = System.nanoTime() + request.timeout().toNanos();
        try {
            if (!flying.tryAcquire(request.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw notSent(UpstreamCode.UPSTREAM_TIMEOUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notSent(UpstreamCode.UPSTREAM_UNAVAILABLE);
        }
        try {
            long rest = Math.max(1, deadline - System.nanoTime());
            return upstream.call(request.within(Duration.ofNanos(rest)));
        } finally {
            flying.release();
        }
    }

    private static UpstreamException notSent(UpstreamCode code) {
        return new UpstreamException(UpstreamProblem.of(code), false, null);
    }
}
