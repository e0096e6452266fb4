package dev.lintel.embedded.world;

import dev.lintel.core.model.HealthRule;
import dev.lintel.embedded.balance.Health;
import dev.lintel.embedded.balance.Host;
import dev.lintel.embedded.balance.HostSet;
import dev.lintel.embedded.balance.Time.Timer;
import dev.lintel.embedded.elsewhere.FarSide;
import dev.lintel.embedded.upstream.Address;
import org.jspecify.annotations.Nullable;

/** Asks one workload again and again whether it is well. */
final class HealthWatch {
    /** Intervals are up to a tenth shorter, so that many watches do not ask at the same moment for ever. */
    private static final int JITTER = 10;

    private final HealthRule rule;
    private final Address address;
    private final @Nullable String authority;
    private final HostSet set;
    private final Host host;
    private final Surroundings around;
    private final Health health;
    private Timer timer = Timer.NONE;
    private boolean stopped;

    /** A far side is asked as it is called, under its own name: by another one it may be somebody else, or nobody. */
    HealthWatch(HealthRule rule, Address address, @Nullable FarSide far, HostSet set, Host host, Surroundings around) {
        this.rule = rule;
        this.address = far == null ? address : far.through(address);
        this.authority = far == null ? null : far.authority();
        this.set = set;
        this.host = host;
        this.around = around;
        this.health = new Health(rule.unhealthyAfter(), rule.healthyAfter());
    }

    void ask() {
        around.prober().ask(address, authority, rule.path(), rule.timeout(), this::heard);
    }

    private synchronized void heard(boolean good) {
        if (!stopped) {
            set.healthy(host, health.heard(good));
            long interval = rule.interval().toNanos();
            int most = (int) Math.min(Integer.MAX_VALUE - 1L, interval / JITTER / 1_000);
            timer = around.time().after(interval - around.draw().below(most + 1) * 1_000L, this::ask);
            around.tally().checked();
        }
    }

    synchronized void stop() {
        stopped = true;
        timer.cancel();
    }
}
