package dev.lintel.benchmarks.mesh;

import com.sun.management.OperatingSystemMXBean;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.lint.Finding;
import dev.lintel.mesh.lint.Lint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The whole way once, in a JVM that has just been started: definitions, model, objects, lint, YAML, files, and back. */
public final class MeshOnce {
    private final List<String> wall = new ArrayList<>();
    private final List<String> cpu = new ArrayList<>();
    private final IstioDialect dialect = IstioDialect.istio().domain("example.com");
    private long begun;
    private long spent;
    private int objects;

    private MeshOnce() {}

    /**
     * Goes it and prints for each step what it took in milliseconds, then for each step the processor time of the whole
     * process, then the most that the heap held, in MiB, and how many objects there are.
     *
     * @param arguments how many APIs, and the folder for their files or nothing
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        int apis = Integer.parseInt(arguments[0]);
        MeshOnce once = new MeshOnce();
        Map<String, String> files = once.write(apis);
        once.read(files.values(), apis);
        if (arguments.length > 1) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(Path.of(arguments[1], file.getKey()), file.getValue());
            }
        }
        System.out.println(String.join(" ", once.wall) + " " + String.join(" ", once.cpu) + " "
                + String.format(Locale.ROOT, "%.1f", peak() / 1048576.0) + " " + once.objects);
    }

    private Map<String, String> write(int apis) {
        List<ApiDefinition> definitions = MeshCatalogue.definitions(apis);
        begin();
        Compiled compiled = new ModelCompiler(Kinds.installed()).compile(definitions, dialect.world());
        took();
        Written written = dialect.write(compiled.model());
        require(compiled.problems().isEmpty() && written.problems().isEmpty(), "refused");
        took();
        Map<String, String> files = files(written.manifests());
        took();
        List<Finding> findings = Lint.of(written.manifests());
        require(findings.isEmpty(), "something is wrong with what was written: " + findings);
        took();
        objects = written.manifests().size();
        return files;
    }

    private void read(Collection<String> texts, int apis) {
        List<Manifest> back = new ArrayList<>();
        texts.forEach(text -> back.addAll(ManifestYaml.read(text)));
        took();
        Read read = dialect.read(back);
        require(read.problems().isEmpty(), "cannot be read back");
        took();
        require(read.model().apis().size() == apis && back.size() == objects, "not all were read back");
    }

    /** As a directory holds them: what belongs to an API in one file. */
    private static Map<String, String> files(List<Manifest> manifests) {
        Map<String, List<Manifest>> byFile = new LinkedHashMap<>();
        for (Manifest manifest : manifests) {
            String name = manifest.namespace() + "." + manifest.labels().getOrDefault(Manifest.API, manifest.name());
            byFile.computeIfAbsent(name + ".yaml", f -> new ArrayList<>()).add(manifest);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        byFile.forEach((file, objects) -> texts.put(file, ManifestYaml.write(objects)));
        return texts;
    }

    private void begin() {
        spent = spent();
        begun = System.nanoTime();
    }

    private void took() {
        wall.add(String.format(Locale.ROOT, "%.1f", (System.nanoTime() - begun) / 1e6));
        cpu.add(String.format(Locale.ROOT, "%.1f", (spent() - spent) / 1e6));
        begin();
    }

    /** Of all threads: those that compile and collect as well. */
    private static long spent() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** An upper bound: the pools have their highest moments at different times. */
    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
