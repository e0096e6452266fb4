package dev.lintel.embedded.world;

import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BalanceRule.Algorithm;
import dev.lintel.core.model.BalanceRule.HashOn;
import dev.lintel.embedded.balance.Host;
import dev.lintel.embedded.balance.HostSet;
import dev.lintel.embedded.balance.Load;
import dev.lintel.embedded.balance.Locality;
import dev.lintel.embedded.balance.OutlierDetector;
import dev.lintel.embedded.balance.Time.Timer;
import dev.lintel.embedded.elsewhere.FarSide;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known about the workloads of one version for which there are rules. Versions share nothing, as in Envoy. */
final class Fleet {
    private final Terms terms;
    private final @Nullable FarSide far;
    private final Surroundings around;
    private final HostSet set;
    private final Load load;
    private final @Nullable OutlierDetector detector;
    private final BitSet functions = new BitSet();
    private final List<HealthWatch> watches = new ArrayList<>();
    private Timer sweep = Timer.NONE;
    private boolean started;
    private boolean stopped;

    Fleet(Terms terms, List<Instance> instances, @Nullable FarSide far, Surroundings around) {
        this.terms = terms;
        this.far = far;
        this.around = around;
        BalanceRule balance = terms.balance();
        boolean near = balance != null && balance.localityFirst();
        List<Host> hosts = new ArrayList<>();
        for (Instance instance : instances) {
            // A function is as near as can be.
            Locality locality = instance instanceof Instance.Remote remote ? remote.locality() : around.here();
            int index = hosts.size();
            boolean local = instance instanceof Instance.Local;
            functions.set(index, local);
            hosts.add(new Host(index, local ? instance.name() + index : instance.name(), locality));
        }
        this.set = new HostSet(
                hosts,
                balance == null ? Algorithm.ROUND_ROBIN : balance.algorithm(),
                near ? around.here() : Locality.UNKNOWN,
                around.draw());
        this.load = new Load(terms.limits(), around.tally());
        this.detector = terms.outliers() == null
                ? null
                : new OutlierDetector(terms.outliers(), set, around.time(), around.draw(), around.tally());
        watch(instances);
    }

    private void watch(List<Instance> instances) {
        if (terms.health() == null) {
            return;
        }
        for (int i = 0; i < instances.size(); i++) {
            if (instances.get(i) instanceof Instance.Remote remote) {
                watches.add(new HealthWatch(
                        terms.health(), remote.address(), far, set, set.hosts().get(i), around));
            }
        }
    }

    Terms terms() {
        return terms;
    }

    /** What they stand for; null if they are the service itself. */
    @Nullable
    FarSide far() {
        return far;
    }

    HostSet set() {
        return set;
    }

    Load load() {
        return load;
    }

    /** What is hashed; null if nothing is. */
    @Nullable
    HashOn hashOn() {
        return terms.balance() == null ? null : terms.balance().hashOn();
    }

    @Nullable
    OutlierDetector detector() {
        return detector;
    }

    /** Those who are functions, by index. */
    BitSet functions() {
        return functions;
    }

    int ejected() {
        return detector == null ? 0 : detector.ejected();
    }

    /** Begins to sweep and to ask; once. */
    synchronized void start() {
        if (!started) {
            started = true;
            sweepLater();
            watches.forEach(HealthWatch::ask);
        }
    }

    private synchronized void sweepLater() {
        if (detector != null && !stopped) {
            sweep = around.time().after(detector.interval(), this::sweep);
        }
    }

    private void sweep() {
        if (detector != null) {
            detector.sweep();
        }
        sweepLater();
    }

    /** Sweeps and asks no more; calls under way go on with what is known. */
    synchronized void stop() {
        stopped = true;
        sweep.cancel();
        watches.forEach(HealthWatch::stop);
    }
}
