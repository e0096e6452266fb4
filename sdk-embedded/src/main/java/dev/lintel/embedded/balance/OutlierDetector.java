package dev.lintel.embedded.balance;

import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.model.BreakerRule.Outliers;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts workloads out that fail several times in a row, and lets them in again with a sweep (Envoy, outlier detection).
 * Calls only read, as long as nothing fails; only an ejection and a sweep take a lock.
 */
public final class OutlierDetector {
    private final Outliers rule;
    private final HostSet set;
    private final Time time;
    private final Draw draw;
    private final Tally tally;
    private int ejected;

    /**
     * A detector for the workloads of one version.
     *
     * @param rule when one is put out
     * @param set the workloads
     * @param time the time
     * @param draw the chance, for the jitter
     * @param tally hears of ejections
     */
    public OutlierDetector(Outliers rule, HostSet set, Time time, Draw draw, Tally tally) {
        this.rule = rule;
        this.set = set;
        this.time = time;
        this.draw = draw;
        this.tally = tally;
    }

    /** A workload answered. */
    public void answered(Host host, int status) {
        if (rule.splitLocalErrors()) {
            reset(host.localFailures);
        }
        if (status < 500) {
            reset(host.gatewayErrors);
            reset(host.serverErrors);
        } else {
            failed(host, status >= 502 && status <= 504);
        }
    }

    /** There was no connection to a workload, or it broke, or the answer took too long. */
    public void failedLocally(Host host) {
        if (rule.splitLocalErrors()) {
            count(host, host.localFailures, rule.consecutiveLocalFailures());
        } else {
            failed(host, true);
        }
    }

    private void failed(Host host, boolean gateway) {
        if (gateway) {
            count(host, host.gatewayErrors, rule.consecutiveGatewayErrors());
        } else {
            reset(host.gatewayErrors);
        }
        count(host, host.serverErrors, rule.consecutive5xx());
    }

    /** Equal, not more: of calls that fail at once, one alone reaches the number. */
    private void count(Host host, AtomicInteger counter, int most) {
        if (counter.incrementAndGet() == most) {
            eject(host);
            if (!host.ejected) {
                // It stays, for too many are out already; as many failures again ask the question again.
                counter.set(0);
            }
        }
    }

    /** Reading is cheap where many read; writing is not, even if nothing changes. */
    private static void reset(AtomicInteger counter) {
        if (counter.get() != 0) {
            counter.set(0);
        }
    }

    private synchronized void eject(Host host) {
        int hosts = set.hosts().size();
        if (host.ejected || 100L * (ejected + 1) > (long) rule.percentFor(hosts) * hosts) {
            return;
        }
        ejected++;
        host.ejectedAt = time.nanos();
        host.jitter = jitter();
        if (host.multiplier <= longest()) {
            host.multiplier++;
        }
        host.ejected = true;
        tally.ejected();
        set.changed();
    }

    /** From this multiplier on an ejection takes the longest time, and the multiplier grows no more. */
    private long longest() {
        long base = Math.max(1, rule.baseEjection().toNanos());
        long most = rule.maxEjection().toNanos();
        return most / base + (most % base == 0 ? 0 : 1);
    }

    private long jitter() {
        long most = rule.jitter().toMillis();
        return most <= 0 ? 0 : draw.below((int) Math.min(Integer.MAX_VALUE - 1L, most) + 1) * 1_000_000L;
    }

    /** Lets in who was out long enough, and forgives those who stayed in. */
    public synchronized void sweep() {
        long now = time.nanos();
        for (Host host : set.hosts()) {
            if (!host.ejected) {
                host.multiplier = Math.max(0, host.multiplier - 1);
            } else if (now - host.ejectedAt >= term(host)) {
                uneject(host);
            }
        }
    }

    private long term(Host host) {
        long base = rule.baseEjection().toNanos();
        long most = rule.maxEjection().toNanos();
        long grown = base > most / Math.max(1, host.multiplier) ? most : base * host.multiplier;
        return saturated(Math.min(grown, most), host.jitter);
    }

    private static long saturated(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private void uneject(Host host) {
        ejected--;
        host.serverErrors.set(0);
        host.gatewayErrors.set(0);
        host.localFailures.set(0);
        host.ejected = false;
        set.changed();
    }

    /** How long it is between two sweeps, in nanoseconds. */
    public long interval() {
        return rule.interval().toNanos();
    }

    /** How many are out now. */
    public synchronized int ejected() {
        return ejected;
    }
}
