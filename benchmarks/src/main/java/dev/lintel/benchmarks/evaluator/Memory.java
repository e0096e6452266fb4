package dev.lintel.benchmarks.evaluator;

import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.model.MeshModel;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;

/** How much of the heap is held after collection: with a model, and with the evaluator made of it. */
@SuppressWarnings("ReachabilityFenceUsage") // nothing can throw between the two readings
final class Memory {
    private static final int APIS = 10_000;

    private Memory() {}

    /**
     * What one API takes, in bytes.
     *
     * @param model by itself, the definitions it came from gone
     * @param evaluator on top of that
     */
    record PerApi(long model, long evaluator) {
        long both() {
            return model + evaluator;
        }
    }

    static PerApi measure() {
        long empty = Long.MAX_VALUE;
        // Whatever loads once, loads now.
        Reference.reachabilityFence(Evaluator.of(Catalogue.model(Catalogue.definitions(APIS))));
        for (int i = 0; i < 3; i++) {
            empty = Math.min(empty, used());
        }
        MeshModel model = Catalogue.model(Catalogue.definitions(APIS));
        long withModel = used();
        Evaluator evaluator = Evaluator.of(model);
        long withBoth = used();
        Reference.reachabilityFence(evaluator);
        return new PerApi((withModel - empty) / APIS, (withBoth - withModel) / APIS);
    }

    private static long used() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 3; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
