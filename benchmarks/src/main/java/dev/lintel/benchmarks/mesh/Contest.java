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
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Ours and kubectl on one cluster with the objects of so many APIs. */
final class Contest {
    /** Within this heap ours must do. */
    private static final String HEAP = "-Xmx512m";

    private final Cluster cluster;
    private final Programs programs;
    private final int apis;
    private final Path folder;
    private int objects;
    private String kinds = "";

    Contest(Cluster cluster, Programs programs, int apis, Path folder) {
        this.cluster = cluster;
        this.programs = programs;
        this.apis = apis;
        this.folder = folder;
    }

    /** Where figures go. */
    interface Notes {
        void note(String name, double figure);
    }

    /** What a process printed, and the seconds it took from start to end. */
    private record Took(double seconds, String printed) {
        double number(int index) {
            return Double.parseDouble(printed.strip().split(" ")[index]);
        }
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
        Took fresh = lintel("plan");
        notes.note(name(apis, "lintel plan, all new, s"), fresh.seconds());
        Took applied = lintel("apply");
        require(applied.number(2) == objects, "not all objects were applied");
        notes.note(name(apis, "lintel apply, s"), applied.seconds());
        notes.note(name(apis, "lintel apply, s of it the plan"), applied.number(0) / 1000);
        String before = versions();
        Took again = lintel("apply");
        String after = versions();
        require(before.lines().count() == objects, "not all objects are there");
        require(before.equals(after) && again.number(2) == 0, "something was written that had not changed");
        notes.note(name(apis, "lintel apply again, s"), again.seconds());
        notes.note(name(apis, "lintel apply again, s without starting"), (again.number(0) + again.number(1)) / 1000);
        notes.note(name(apis, "lintel plan, unchanged, s"), lintel("plan").seconds());
        notes.note(name(apis, "MiB of heap at most"), Math.max(applied.number(3), again.number(3)));
        notes.note(name(apis, "MiB of the process at most"), Math.max(applied.number(4), again.number(4)));
    }

    void kubectl(Notes notes) {
        notes.note(
                name(apis, "kubectl plan, all new, s"),
                kubectl(1, "diff", "--server-side").seconds());
        notes.note(
                name(apis, "kubectl apply, s"),
                kubectl(0, "apply", "--server-side").seconds());
        require(versions().lines().count() == objects, "not all objects are there");
        notes.note(
                name(apis, "kubectl plan, unchanged, s"),
                kubectl(0, "diff", "--server-side").seconds());
    }

    /** Nothing is left of what either of them has put there. */
    void wipe() {
        run(0, java("0", "apply"));
        require(versions().isBlank(), "something is left");
    }

    private Took lintel(String what) {
        return run(0, java(String.valueOf(apis), what));
    }

    private List<String> java(String many, String what) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseParallelGC",
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
        try {
            Path out = Files.createTempFile("lintel-cluster", ".txt");
            Path err = Files.createTempFile("lintel-cluster", ".txt");
            try {
                long begun = System.nanoTime();
                Process process = new ProcessBuilder(command)
                        .redirectOutput(Redirect.to(out.toFile()))
                        .redirectError(Redirect.to(err.toFile()))
                        .start();
                int ended = process.waitFor();
                double seconds = (System.nanoTime() - begun) / 1e9;
                require(
                        ended == code,
                        command.get(0) + " ended with " + ended + ": " + end(Files.readString(err))
                                + end(Files.readString(out)));
                return new Took(seconds, Files.readString(out, StandardCharsets.UTF_8));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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
