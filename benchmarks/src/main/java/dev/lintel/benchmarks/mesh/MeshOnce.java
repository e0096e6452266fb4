package dev.lintel.benchmarks.mesh;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.istio.IstioDialect;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The whole way once, in a JVM that has just been started: definitions, model, objects, YAML, files, and back. */
public final class MeshOnce {
    private MeshOnce() {}

    /**
     * Goes it and prints what each step took in milliseconds, and the most that the heap held, in MiB.
     *
     * @param arguments how many APIs, and the folder for their files or nothing
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        int apis = Integer.parseInt(arguments[0]);
        List<ApiDefinition> definitions = MeshCatalogue.definitions(apis);
        IstioDialect dialect = IstioDialect.istio().domain("example.com");
        List<String> figures = new ArrayList<>();

        long begun = System.nanoTime();
        Compiled compiled = new ModelCompiler(Kinds.installed()).compile(definitions, dialect.world());
        begun = took(figures, begun);
        Written written = dialect.write(compiled.model());
        require(compiled.problems().isEmpty() && written.problems().isEmpty(), "refused");
        begun = took(figures, begun);
        Map<String, String> files = files(written.manifests());
        begun = took(figures, begun);
        List<Manifest> back = new ArrayList<>();
        files.values().forEach(text -> back.addAll(ManifestYaml.read(text)));
        begun = took(figures, begun);
        Read read = dialect.read(back);
        require(read.problems().isEmpty(), "cannot be read back");
        long unused = took(figures, begun);

        require(read.model().apis().size() == apis, "not all were read back");
        if (arguments.length > 1) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(Path.of(arguments[1], file.getKey()), file.getValue());
            }
        }
        figures.add(String.format(Locale.ROOT, "%.1f", peak() / 1048576.0));
        figures.add(String.valueOf(back.size()));
        System.out.println(String.join(" ", figures));
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

    private static long took(List<String> figures, long begun) {
        long now = System.nanoTime();
        figures.add(String.format(Locale.ROOT, "%.1f", (now - begun) / 1e6));
        return System.nanoTime();
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
