package dev.lintel.examples.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.imports.Import;
import dev.lintel.mesh.imports.Imported;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.kyma.KymaDialect;
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
    private static final String NAME = "ImportedApis";

    @Test
    void everyProgramOfTheGoldensSaysTheDefinitions(@TempDir Path folder) throws Exception {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(GOLDENS)) {
            inputs = files.filter(file -> file.toString().endsWith(".in.yaml"))
                    .sorted()
                    .toList();
        }
        List<Imported> all = new ArrayList<>();
        for (Path input : inputs) {
            Imported imported = imported(input.getFileName().toString(), Files.readString(input));
            if (imported != null && !imported.definitions().isEmpty()) {
                all.add(imported);
            }
        }
        assertThat(all).hasSizeGreaterThan(25);
        assertSaid(all, folder);
    }

    @Test
    void everyProgramOfRandomObjectsSaysTheDefinitions(@TempDir Path folder) throws Exception {
        List<Imported> all = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            Imported imported = imported("random", new RandomObjects(seed).yaml());
            assertThat(imported).isNotNull();
            all.add(imported);
        }
        assertThat(all.stream()
                        .mapToInt(imported -> imported.definitions().size())
                        .sum())
                .isGreaterThan(300);
        assertSaid(all, folder);
    }

    private static Imported imported(String name, String text) {
        Import by = Import.by(IstioDialect.istio().domain("example.com"));
        try {
            if (name.startsWith("kyma ")) {
                return Import.by(KymaDialect.kyma().domain("example.com")).yaml(text, "shop");
            }
            if (name.startsWith("gateway api ")) {
                return Import.by(GatewayApiDialect.gatewayApi().domain("example.com"))
                        .yaml(text, "shop");
            }
            return name.startsWith("spring") ? by.springCloudGateway(text, "shop") : by.yaml(text, "shop");
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Compiles all programs at once, each with a name of its own, and runs them. */
    private static void assertSaid(List<Imported> all, Path classes) throws Exception {
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            sources.add(new Source(NAME + i, all.get(i).source().replace(NAME, NAME + i)));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String path = System.getProperty("java.class.path") + modules();
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of("-classpath", path, "-d", classes.toString(), "-proc:none"),
                        null,
                        sources)
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
        URL[] urls = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, ImportedSourceTest.class.getClassLoader())) {
            for (int i = 0; i < all.size(); i++) {
                List<?> said =
                        (List<?>) loader.loadClass(NAME + i).getMethod("all").invoke(null);
                List<Definition> definitions = new ArrayList<>();
                said.forEach(one -> definitions.add((Definition) one));
                String stored =
                        definitions.isEmpty() ? "" : DefinitionFormat.yaml().write(definitions);
                assertThat(stored).as(sources.get(i).text).isEqualTo(all.get(i).stored());
            }
        }
    }

    private static String modules() {
        String path = System.getProperty("jdk.module.path", "");
        return path.isEmpty() ? "" : java.io.File.pathSeparator + path;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }
    }
}
