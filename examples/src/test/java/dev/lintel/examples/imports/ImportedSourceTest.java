package dev.lintel.examples.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.imports.Import;
import dev.lintel.mesh.imports.Imported;
import dev.lintel.mesh.istio.IstioDialect;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that an import writes is compiled and run: it says the definitions that the import found. */
class ImportedSourceTest {
    private static final Path GOLDENS = Path.of("..", "sdk-mesh", "src", "test", "golden", "import");

    @Test
    void everyProgramOfTheGoldensSaysTheDefinitions(@TempDir Path folder) throws Exception {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(GOLDENS)) {
            inputs = files.filter(file -> file.toString().endsWith(".in.yaml"))
                    .sorted()
                    .toList();
        }
        int said = 0;
        for (Path input : inputs) {
            Imported imported = imported(input);
            if (imported != null && !imported.definitions().isEmpty()) {
                Path classes = Files.createDirectory(folder.resolve("case" + said));
                assertThat(stored(run(imported.source(), classes)))
                        .as(input.toString())
                        .isEqualTo(imported.stored());
                said++;
            }
        }
        assertThat(said).isGreaterThan(20);
    }

    private static Imported imported(Path input) throws IOException {
        String text = Files.readString(input);
        Import by = Import.by(IstioDialect.istio().domain("example.com"));
        try {
            return input.getFileName().toString().startsWith("spring")
                    ? by.springCloudGateway(text, "shop")
                    : by.yaml(text, "shop");
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String stored(List<ApiDefinition> definitions) {
        return DefinitionFormat.yaml().write(definitions);
    }

    private static List<ApiDefinition> run(String source, Path classes) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String path = System.getProperty("java.class.path") + modules();
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-classpath", path, "-d", classes.toString(), "-proc:none"),
                        null,
                        List.of(new Source(source)))
                .call();
        assertThat(compiled).as(messages + source).isTrue();
        URL[] urls = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, ImportedSourceTest.class.getClassLoader())) {
            List<?> all =
                    (List<?>) loader.loadClass("ImportedApis").getMethod("all").invoke(null);
            List<ApiDefinition> definitions = new ArrayList<>();
            all.forEach(one -> definitions.add((ApiDefinition) one));
            return definitions;
        }
    }

    private static String modules() {
        String path = System.getProperty("jdk.module.path", "");
        return path.isEmpty() ? "" : java.io.File.pathSeparator + path;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///ImportedApis.java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }
    }
}
