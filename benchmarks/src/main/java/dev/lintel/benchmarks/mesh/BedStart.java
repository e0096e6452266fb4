package dev.lintel.benchmarks.mesh;

import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Programs;
import dev.lintel.testbed.plane.Plane;
import dev.lintel.testbed.plane.PlanePrograms;
import dev.lintel.testbed.plane.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long the test bed takes from nothing until everything in it answers, once its programs are there: a control plane, an
 * ingress gateway, two workloads with sidecars and one without.
 */
public final class BedStart {
    private static final double MOST = 30;

    private final Map<String, List<Double>> took = new LinkedHashMap<>();
    private long since;

    private BedStart() {}

    /**
     * Runs it; needs root.
     *
     * @param arguments how often it is started
     */
    public static void main(String[] arguments) {
        int rounds = Integer.parseInt(arguments[0]);
        BedStart bed = new BedStart();
        List<Double> whole = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            whole.add(bed.round());
            System.out.println("round " + round + " of " + rounds + ": " + bed.took);
        }
        System.out.println("\n| until, in seconds | least | median | most |\n|---|---|---|---|");
        bed.took.forEach((step, all) -> {
            List<Double> sorted = all.stream().sorted().toList();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | **%.1f** | %.1f |%n",
                    step,
                    sorted.get(0),
                    sorted.get(sorted.size() / 2),
                    sorted.get(sorted.size() - 1));
        });
        List<Double> sortedWhole = whole.stream().sorted().toList();
        double median = sortedWhole.get(sortedWhole.size() / 2);
        System.out.printf(
                Locale.ROOT,
                "%n| warm start of the whole bed | under %.0f s | %.1f s | %s |%n",
                MOST,
                median,
                median < MOST ? "met" : "**missed**");
    }

    /** How long it took until everything answered, in seconds. */
    private double round() {
        double answered;
        since = System.nanoTime();
        try (Plane plane =
                Plane.start(Programs.find().orElseThrow(), PlanePrograms.find().orElseThrow(), Plane.MESH)) {
            var unusedControl = tell("the control plane is ready");
            var unusedGateway = plane.gateway(Workload.ingressGateway());
            var unusedReady = tell("the gateway is ready");
            Namespace namespace = new Namespace(plane.cluster().namespace());
            for (String version : List.of("v1", "v2")) {
                var unusedWorkload = plane.add(Workload.of(namespace.name(), "orders", version));
            }
            var unusedBare =
                    plane.add(Workload.of(namespace.name(), "bare", "v1").bare());
            plane.service(namespace, "orders");
            answered = tell("the workloads answer");
        }
        var unusedEnd = tell("all of it has ended");
        return answered;
    }

    private double tell(String step) {
        double seconds = (System.nanoTime() - since) / 1e9;
        took.computeIfAbsent(step, s -> new ArrayList<>()).add(seconds);
        return seconds;
    }
}
