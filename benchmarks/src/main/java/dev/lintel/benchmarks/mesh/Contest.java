package dev.lintel.benchmarks.mesh;

import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.testbed.Cluster;
import dev.lintel.testbed.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Ours and kubectl on one cluster with the objects of so many APIs. */
final class Contest {
    /** Within this heap ours must do, in MiB, up to so many APIs; with more in as much more. */
    private static final int HEAP = 512;

    private static final int APIS = 2_000;

    /** What the control plane takes by itself, with all processors busy: no client is faster that asks the same. */
    static final String FLOOR = ", s at least for any client";

    private final Cluster cluster;
    private final Programs programs;
    private final int apis;
    private final Path folder;
    private final Servers servers;
    private int objects;
    private String kinds = "";

    Contest(Cluster cluster, Programs programs, int apis, Path folder) {
        this.cluster = cluster;
        this.programs = programs;
        this.apis = apis;
        this.folder = folder;
        this.servers = new Servers(cluster.kubeconfig());
    }

    /** Where figures go. */
    interface Notes {
        void note(String name, double figure);
    }

    static String name(int apis, String what) {
        return String.format(Locale.ROOT, "%,6d: %s", apis, what);
    }

    /** Makes namespaces, and the files for kubectl: what belongs to an API in one file; answers how many objects there are. */
    int prepare() throws IOException {
        IstioDialect dialect = IstioDialect.istio().domain("example.com");
        var compiled = new ModelCompiler(Kinds.installed()).compile(MeshCatalogue.definitions(apis), dialect.world());
        Dialect.Written written = dialect.write(compiled.model());
        Map<String, List<Manifest>> files = new LinkedHashMap<>();
        for (Manifest manifest : written.manifests()) {
            String file = manifest.namespace() + "." + manifest.labels().getOrDefault(Manifest.API, manifest.name());
            files.computeIfAbsent(file, name -> new ArrayList<>()).add(manifest);
        }
        for (Map.Entry<String, List<Manifest>> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey() + ".yaml"), ManifestYaml.write(file.getValue()));
        }
        written.manifests().stream().map(Manifest::namespace).distinct().forEach(cluster::namespace);
        kinds = written.manifests().stream()
                .map(each -> each.kind().toLowerCase(Locale.ROOT) + "."
                        + each.apiVersion().substring(0, each.apiVersion().indexOf('/')))
                .distinct()
                .collect(Collectors.joining(","));
        objects = written.manifests().size();
        return objects;
    }

    void ours(Notes notes) {
        Took unusedFresh = timed(notes, "lintel plan, all new", () -> lintel("plan"));
        Took applied = timed(notes, "lintel apply", () -> lintel("apply"));
        require(applied.number(2) == objects, "not all objects were applied");
        notes.note(name(apis, "lintel apply, s of it the plan"), applied.number(0) / 1000);
        String before = versions();
        Took again = timed(notes, "lintel apply again", () -> lintel("apply"));
        String after = versions();
        require(before.lines().count() == objects, "not all objects are there");
        require(before.equals(after) && again.number(2) == 0, "something was written that had not changed");
        notes.note(name(apis, "lintel apply again, s without starting"), (again.number(0) + again.number(1)) / 1000);
        Took same = timed(notes, "lintel plan, unchanged", () -> lintel("plan"));
        notes.note(name(apis, "lintel plan, unchanged, s without starting"), same.number(0) / 1000);
        notes.note(name(apis, "MiB of heap at most"), Math.max(applied.number(3), again.number(3)));
        notes.note(name(apis, "MiB of the process at most"), Math.max(applied.number(4), again.number(4)));
    }

    void kubectl(Notes notes) {
        Took unusedFresh = timed(notes, "kubectl plan, all new", () -> kubectl(1, "diff", "--server-side"));
        Took unusedApplied = timed(notes, "kubectl apply", () -> kubectl(0, "apply", "--server-side"));
        require(versions().lines().count() == objects, "not all objects are there");
        Took unusedSame = timed(notes, "kubectl plan, unchanged", () -> kubectl(0, "diff", "--server-side"));
    }

    /** By the clock, by its own processor time and by that of the control plane: all of these share the same processors. */
    private Took timed(Notes notes, String what, Supplier<Took> run) {
        Map<String, Double> before = servers.processors();
        Took took = run.get();
        notes.note(name(apis, what + ", s"), took.seconds());
        notes.note(name(apis, what + ", s of processors"), took.processors());
        double all = 0;
        for (Map.Entry<String, Double> each : servers.processors().entrySet()) {
            double spent = each.getValue() - before.getOrDefault(each.getKey(), 0.0);
            notes.note(name(apis, what + ", s of processors of " + each.getKey()), spent);
            all += spent;
        }
        notes.note(name(apis, what + FLOOR), all / Runtime.getRuntime().availableProcessors());
        return took;
    }

    /** Nothing is left of what either of them has put there. */
    void wipe() {
        Took unusedTook = run(0, java("0", "apply"));
        require(versions().isBlank(), "something is left");
    }

    private Took lintel(String what) {
        return run(0, java(String.valueOf(apis), what));
    }

    private List<String> java(String many, String what) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + Math.max(HEAP, apis * HEAP / APIS) + "m",
                "-XX:+UseSerialGC",
                // For a process that ends after seconds the second compiler costs more than it gains.
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ClusterOnce.class.getName(),
                cluster.kubeconfig().toString(),
                many,
                what);
    }

    private Took kubectl(int code, String... what) {
        List<String> command = new ArrayList<>(List.of(
                programs.kubectl().toString(), "--kubeconfig=" + cluster.kubeconfig(), "-f", folder.toString()));
        command.addAll(1, List.of(what));
        return run(code, command);
    }

    /** The versions of all objects of these kinds, one on a line. */
    private String versions() {
        return run(
                        0,
                        List.of(
                                programs.kubectl().toString(),
                                "--kubeconfig=" + cluster.kubeconfig(),
                                "get",
                                kinds,
                                "--all-namespaces",
                                "--chunk-size=500",
                                "-o=jsonpath={range .items[*]}{.kind}/{.metadata.namespace}/{.metadata.name}"
                                        + " {.metadata.resourceVersion}{\"\\n\"}{end}"))
                .printed();
    }

    private Took run(int code, List<String> command) {
        Took took = Took.of(command);
        require(
                took.code() == code,
                command.get(0) + " ended with " + took.code() + ": " + end(took.complaints()) + end(took.printed()));
        return took;
    }

    private static String end(String text) {
        List<String> lines = text.lines().toList();
        return lines.stream().skip(Math.max(0, lines.size() - 5)).collect(Collectors.joining("\n"));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
