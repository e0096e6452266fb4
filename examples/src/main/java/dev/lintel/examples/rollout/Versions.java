package dev.lintel.examples.rollout;

import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Workload;
import dev.lintel.traffic.rollout.RolloutEvent;
import java.util.concurrent.atomic.AtomicLong;

/** Two versions of a service, of which the second fails as often as it is told to. */
final class Versions implements AutoCloseable {
    private final AtomicLong calls = new AtomicLong();
    private volatile int oneIn;

    private Versions() {}

    static Versions bind(Gateway gateway) {
        Versions versions = new Versions();
        gateway.workload("orders.shop", "v1", Workload.function(request -> Reply.ok("from v1")));
        gateway.workload("orders.shop", "v2", Workload.function(request -> versions.second()));
        return versions;
    }

    /** Fails every so many calls; 0 none. */
    void failing(int everySoMany) {
        oneIn = everySoMany;
    }

    /** Begins to fail one call in four when a step gives it a quarter of the calls. */
    void breakUnderLoad(RolloutEvent event) {
        if (event instanceof RolloutEvent.StepBegun step && step.weight() >= 25) {
            failing(4);
        }
    }

    private Reply second() {
        int every = oneIn;
        return every > 0 && calls.incrementAndGet() % every == 0
                ? Reply.status(500).text("v2 is broken")
                : Reply.ok("from v2");
    }

    @Override
    public void close() {
        oneIn = 0;
    }
}
