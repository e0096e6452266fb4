package dev.lintel.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Time that passes only for who waits, and leases that are renewed only when a test says so. */
public final class FakeTime implements Pauses {
    private final List<Runnable> renewals = new ArrayList<>();
    private final String by;
    private Instant day = Instant.parse("2026-01-01T00:00:00Z");
    private long nanos;
    private Duration waited = Duration.ZERO;
    private Runnable meanwhile = () -> {};

    public FakeTime(String by) {
        this.by = by;
    }

    /** The same target by this time, and by this name. */
    public ClusterTarget in(ClusterTarget target) {
        return target.with(new ApplySettings(
                target.settings().namespace(), by, target.settings().token(), () -> day, this, (period, renew) -> {
                    renewals.add(renew);
                    return () -> renewals.remove(renew);
                }));
    }

    /** Has its clock show another day. */
    public FakeTime at(String instant) {
        day = Instant.parse(instant);
        return this;
    }

    /** What happens while it waits. */
    public void meanwhile(Runnable what) {
        meanwhile = what;
    }

    /** Renews what is held, five seconds later. */
    public void renew() {
        day = day.plusSeconds(5);
        List.copyOf(renewals).forEach(Runnable::run);
    }

    public Duration waited() {
        return waited;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public CompletableFuture<Void> pause(Duration time) {
        nanos += time.toNanos();
        waited = waited.plus(time);
        meanwhile.run();
        return CompletableFuture.completedFuture(null);
    }
}
