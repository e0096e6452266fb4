package dev.lintel.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The module path, as a stranger meets it: {@code src/test/stranger} is compiled as a module against the classes of this
 * one, and run in a JVM of its own that has no class path.
 */
class ModulePathTest {
    private static final List<String> NEEDED = List.of(
            "jackson-core",
            "jackson-databind",
            "jackson-annotations",
            "jackson-dataformat-yaml",
            "snakeyaml",
            "java-diff-utils",
            "slf4j-api");
    /** What the descriptor asks for by {@code requires static transitive}: nobody needs it to run. */
    private static final List<String> TO_COMPILE = List.of("jspecify", "error_prone_annotations");

    private static final String DEFINITION = """
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: entry.host/v1
                host: orders.shop.example.com
              - kind: stranger.quota/v1
                calls: 600
                window: 1m
                exempt:
                  - endpoint: GET /health
                    reason: health-check
            """;

    @Test
    void aProviderIsFoundAndItsRecordsAreReadWithoutOpeningAnything(@TempDir Path folder)
            throws IOException, InterruptedException {
        String needed = modules(NEEDED);
        compile(needed + File.pathSeparator + modules(TO_COMPILE), folder.resolve("classes"));

        assertThat(run(needed + File.pathSeparator + folder.resolve("classes"), folder))
                .isEqualTo("""
                entry.host/v1 dev.lintel.core.policy.AtHost
                entry.path-parameters/v1 dev.lintel.core.policy.PathParameters
                service.workload-selector/v1 dev.lintel.core.policy.WorkloadSelector
                stranger.quota/v1 stranger.quota.Quota
                no.such/v1 unknown
                api: orders.shop
                hosts:
                  - orders.shop.example.com
                access: open to everybody
                routes:
                  - /**: the service
                response headers:
                  x-quota: 600 in PT1M
                service:
                  name: orders
                  port: 80
                  workloads: app=orders
                module dev.lintel.core, module stranger.quota
                written as read
                exit 0
                """);
    }

    private static String modules(List<String> libraries) {
        String own = Path.of("target", "classes").toAbsolutePath().toString();
        return Stream.concat(
                        Stream.of(own),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry -> isOneOf(libraries, entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isOneOf(List<String> libraries, String entry) {
        String name = String.valueOf(Path.of(entry).getFileName());
        return libraries.stream().anyMatch(library -> name.matches(library + "-[0-9].*\\.jar"));
    }

    private static void compile(String modules, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                Stream<Path> sources = Files.walk(Path.of("src", "test", "stranger"))) {
            List<Path> java =
                    sources.filter(f -> f.toString().endsWith(".java")).toList();
            List<String> options = List.of("--module-path", modules, "-d", classes.toString());
            boolean good = compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(java))
                    .call();
            assertThat(good).as("%s", said).isTrue();
        }
    }

    private static String run(String modules, Path folder) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--module-path",
                modules,
                "--module",
                "stranger.quota/stranger.quota.Main",
                DEFINITION));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            int exit = process.waitFor();
            return Files.readString(output) + "exit " + exit + "\n";
        } finally {
            process.destroyForcibly();
        }
    }
}
