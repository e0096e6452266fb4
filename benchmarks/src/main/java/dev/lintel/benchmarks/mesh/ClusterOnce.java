package dev.lintel.benchmarks.mesh;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.istio.IstioDialect;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Many APIs on a cluster once, in a JVM that has just been started: a plan, and what it says. */
public final class ClusterOnce {
    private ClusterOnce() {}

    /**
     * Plans, applies unless only a plan is wanted, and prints milliseconds of the plan and of the rest, how many changes it
     * had, and the most that the heap and the whole process held, in MiB.
     *
     * @param arguments the kubeconfig, how many APIs, and {@code plan} or {@code apply}
     * @throws IOException if the kubeconfig cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        List<ApiDefinition> definitions = MeshCatalogue.definitions(Integer.parseInt(arguments[1]));
        Config config = Config.fromKubeconfig(Path.of(arguments[0]).toFile());
        // As the command line has it.
        config.setHttp2Disable(true);
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            Mesh mesh = Mesh.of(IstioDialect.istio().domain("example.com"), ClusterTarget.cluster(client));
            long begun = System.nanoTime();
            Plan plan = mesh.plan(definitions);
            long planned = System.nanoTime();
            if (!plan.problems().isEmpty()) {
                throw new IllegalStateException(plan.problems().size() + " problems, the first: "
                        + plan.problems().get(0).render());
            }
            if (arguments[2].equals("apply")) {
                mesh.apply(plan.allowWidening("a benchmark"));
            }
            long ended = System.nanoTime();
            long changes = plan.changes().stream()
                    .filter(change -> !(change instanceof Change.Keep))
                    .count();
            System.out.printf(
                    Locale.ROOT,
                    "%.1f %.1f %d %.1f %.1f%n",
                    (planned - begun) / 1e6,
                    (ended - planned) / 1e6,
                    changes,
                    peak() / 1048576.0,
                    resident());
        }
    }

    /** An upper bound: the pools have their highest moments at different times. */
    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /** The most memory of the process, code and threads included, in MiB. */
    private static double resident() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"), StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }
}
