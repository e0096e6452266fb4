package dev.lintel.embedded.balance;

import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.model.BalanceRule.Algorithm;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The workloads of one version, and who of them is next. Picking takes no lock: who may be picked is worked out when that
 * changes, which is seldom.
 */
public final class HostSet {
    private final List<Host> hosts;
    private final Algorithm algorithm;
    private final Locality here;
    private final Draw draw;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile Standing standing;

    /**
     * A set of workloads of which nothing bad is known.
     *
     * @param hosts at least one, each at its index
     * @param algorithm how one is picked
     * @param here where calls come from, if near workloads are preferred; otherwise {@link Locality#UNKNOWN}
     * @param draw the chance
     */
    public HostSet(List<Host> hosts, Algorithm algorithm, Locality here, Draw draw) {
        this.hosts = List.copyOf(hosts);
        this.algorithm = algorithm;
        this.here = here;
        this.draw = draw;
        this.standing = new Standing(this.hosts, here);
    }

    /** All workloads, eligible or not. */
    public List<Host> hosts() {
        return hosts;
    }

    /** Whether there is one that may get a call. */
    public boolean isReady() {
        return !standing.isEmpty();
    }

    /** Who may be picked has changed. */
    synchronized void changed() {
        standing = new Standing(hosts, here);
    }

    /** What a workload said about itself. */
    public void healthy(Host host, boolean well) {
        if (host.healthy != well) {
            host.healthy = well;
            changed();
        }
    }

    /**
     * Who gets a call.
     *
     * @param hashed whether there is a hash to go by
     * @param hash the same for calls that belong to the same workload
     * @param not who is not to be picked, by index; null for nobody
     * @return null if nobody is left
     */
    public @Nullable Host pick(boolean hashed, long hash, @Nullable BitSet not) {
        Standing now = standing;
        Host[] among = now.levels() == 1 ? now.level(0) : now.level(drawn(hashed, hash));
        if (among.length == 0) {
            return null;
        }
        Host picked = one(among, hashed, hash);
        if (not == null || !not.get(picked.index())) {
            return picked;
        }
        Host[] others = without(among, not);
        if (others.length == 0) {
            others = without(now.all().toArray(Host[]::new), not);
        }
        return others.length == 0 ? null : one(others, hashed, hash);
    }

    private int drawn(boolean hashed, long hash) {
        return hashed ? (int) Long.remainderUnsigned(hash, 100) : draw.below(100);
    }

    private static Host[] without(Host[] hosts, BitSet not) {
        return Arrays.stream(hosts).filter(host -> !not.get(host.index())).toArray(Host[]::new);
    }

    private Host one(Host[] among, boolean hashed, long hash) {
        if (among.length == 1) {
            return among[0];
        }
        return switch (algorithm) {
            case ROUND_ROBIN -> among[Math.floorMod(turn.getAndIncrement(), among.length)];
            case RANDOM -> among[draw.below(among.length)];
            case LEAST_REQUEST -> lessBusy(among[draw.below(among.length)], among[draw.below(among.length)]);
            case CONSISTENT_HASH -> hashed ? highest(among, hash) : among[draw.below(among.length)];
        };
    }

    private static Host lessBusy(Host one, Host other) {
        return other.active() < one.active() ? other : one;
    }

    /** Rendezvous hashing: each workload has a score for a hash, and without one only its own hashes move. */
    private static Host highest(Host[] among, long hash) {
        Host highest = among[0];
        long best = Hashes.mix(hash ^ highest.seed);
        for (int i = 1; i < among.length; i++) {
            long score = Hashes.mix(hash ^ among[i].seed);
            if (score > best) {
                best = score;
                highest = among[i];
            }
        }
        return highest;
    }
}
