package dev.lintel.embedded.world;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Workloads of which any will do; they take turns. */
public final class Group {
    private final List<Instance> instances;
    private final AtomicInteger next = new AtomicInteger();

    /** A group of at least one. */
    public Group(List<Instance> instances) {
        this.instances = List.copyOf(instances);
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("a workload needs at least one address");
        }
    }

    List<Instance> instances() {
        return instances;
    }

    /** The same workloads, that were given nothing yet. */
    Group afresh() {
        return new Group(instances.stream().map(Instance::afresh).toList());
    }

    /**
     * Whose turn it is.
     *
     * @param before the one that failed, to be avoided if there is another; null at the first try
     */
    public Instance pick(@Nullable Instance before) {
        Instance picked = turn(before);
        if (before == null) {
            picked.calls().increment();
        }
        return picked;
    }

    /** Requests that its workloads were given. */
    long calls() {
        return instances.stream().mapToLong(instance -> instance.calls().sum()).sum();
    }

    private Instance turn(@Nullable Instance before) {
        int size = instances.size();
        if (size == 1) {
            return instances.get(0);
        }
        Instance turn = instances.get(Math.floorMod(next.getAndIncrement(), size));
        return turn.equals(before) ? instances.get(Math.floorMod(next.getAndIncrement(), size)) : turn;
    }
}
