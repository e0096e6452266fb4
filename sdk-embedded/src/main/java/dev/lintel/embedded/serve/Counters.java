package dev.lintel.embedded.serve;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What was served so far. */
public final class Counters {
    private final LongAdder[] byClass = {
        new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder()
    };
    private final LongAdder aborted = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder replies = new LongAdder();
    private final LongAdder mirrored = new LongAdder();
    private final LongAdder mirrorsDropped = new LongAdder();
    private final LongAdder unproven = new LongAdder();
    private final AtomicInteger connections = new AtomicInteger();

    void answered(int status) {
        byClass[status / 100].increment();
    }

    void aborted() {
        aborted.increment();
    }

    void retried() {
        retries.increment();
    }

    void replied() {
        replies.increment();
    }

    void mirrored() {
        mirrored.increment();
    }

    void mirrorDropped() {
        mirrorsDropped.increment();
    }

    void unproven() {
        unproven.increment();
    }

    int opened() {
        return connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }

    /** Forgets what was counted; who is connected stays so. */
    public void reset() {
        for (LongAdder one : byClass) {
            one.reset();
        }
        aborted.reset();
        retries.reset();
        replies.reset();
        mirrored.reset();
        mirrorsDropped.reset();
        unproven.reset();
    }

    /** Requests that were answered with a status of a class, for example 2 for 200 to 299. */
    public long answeredWith(int statusClass) {
        return byClass[statusClass].sum();
    }

    /** Requests that were given up: by the client, or by a service in the middle of its answer. */
    public long abortions() {
        return aborted.sum();
    }

    /** Tries after the first. */
    public long retries() {
        return retries.sum();
    }

    /** Requests that were answered in place of the service because a definition says so. */
    public long replies() {
        return replies.sum();
    }

    /** Copies that were sent to a mirror. */
    public long mirrors() {
        return mirrored.sum();
    }

    /** Copies that were not sent. */
    public long mirrorsDropped() {
        return mirrorsDropped.sum();
    }

    /** Clients inside that did not prove who they are. */
    public long refusedHandshakes() {
        return unproven.sum();
    }

    /** Clients that are connected now. */
    public int connections() {
        return connections.get();
    }
}
