package dev.lintel.embedded.world;

import dev.lintel.core.evaluate.Request;
import dev.lintel.embedded.balance.Host;
import dev.lintel.embedded.balance.Meter;
import dev.lintel.embedded.elsewhere.FarSide;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Workloads of which any will do; they take turns, unless rules say more about them. */
public final class Group {
    private final List<Instance> instances;
    private final AtomicInteger next;
    private final @Nullable Fleet fleet;
    private final @Nullable Meter meter;

    /** A group of at least one, about which no rule says anything. */
    public Group(List<Instance> instances) {
        this(instances, new AtomicInteger(), null, null);
        if (instances.isEmpty()) {
            throw new IllegalArgumentException("a workload needs at least one address");
        }
    }

    private Group(List<Instance> instances, AtomicInteger next, @Nullable Fleet fleet, @Nullable Meter meter) {
        this.instances = List.copyOf(instances);
        this.next = next;
        this.fleet = fleet;
        this.meter = meter;
    }

    /**
     * The same workloads under rules.
     *
     * @param terms what is said about them
     * @param far what they stand for; null if they are the service itself
     * @param around what the rules need
     * @param meter hears how calls went; null if nobody asks
     * @param before what was known until now; null if nothing was
     * @return the group from before if neither rules nor workloads have changed
     */
    Group under(
            Terms terms, @Nullable FarSide far, Surroundings around, @Nullable Meter meter, @Nullable Group before) {
        if (!terms.governs()) {
            return meter == null ? this : new Group(instances, next, null, meter);
        }
        if (before != null
                && before.fleet != null
                && before.fleet.terms().equals(terms)
                && before.fleet.far() == far
                && before.meter == meter
                && before.instances.equals(instances)) {
            return before;
        }
        return new Group(instances, next, new Fleet(terms, instances, far, around), meter);
    }

    List<Instance> instances() {
        return instances;
    }

    /** What is known about its workloads; null if no rule asks for it. */
    @Nullable
    Fleet fleet() {
        return fleet;
    }

    /** Hears how calls went; null if nobody asks. */
    public @Nullable Meter meter() {
        return meter;
    }

    /** The same workloads, that were given nothing yet. */
    Group afresh() {
        return new Group(instances.stream().map(Instance::afresh).toList());
    }

    /** Begins a call; null if there are no rules, so that {@link #pick} alone says whose turn it is. */
    public @Nullable Visit visit(Request request) {
        return fleet == null ? null : new Visit(this, fleet, request, meter);
    }

    /** Begins to send a copy; nobody measures what becomes of it, so neither is it measured that it was refused. */
    public @Nullable Visit copy(Request request) {
        return fleet == null ? null : new Visit(this, fleet, request, null);
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

    /** Whether it is known that no workload can take a call. */
    boolean isUnready() {
        return fleet != null && !fleet.set().isReady();
    }

    /** Its workloads as they are now. */
    List<Seen> seen(String version) {
        List<Seen> seen = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            Host host = fleet == null ? null : fleet.set().hosts().get(i);
            String name = instances.get(i).name();
            seen.add(
                    host == null
                            ? new Seen(version, name, true, false, 0)
                            : new Seen(version, name, host.healthy(), host.ejected(), host.active()));
        }
        return seen;
    }

    /**
     * One workload at one moment.
     *
     * @param version the version; empty if there is none
     * @param name what people call it
     * @param healthy whether it is well, as far as is known
     * @param ejected whether it was put out
     * @param active calls under way, as far as they are counted
     */
    public record Seen(String version, String name, boolean healthy, boolean ejected, int active) {}

    private Instance turn(@Nullable Instance before) {
        int size = instances.size();
        if (size == 1) {
            return instances.get(0);
        }
        Instance turn = instances.get(Math.floorMod(next.getAndIncrement(), size));
        return turn.equals(before) ? instances.get(Math.floorMod(next.getAndIncrement(), size)) : turn;
    }
}
