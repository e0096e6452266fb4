package dev.lintel.core.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.form.DefinitionFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The class path, where {@code provides} counts for nothing and {@code META-INF/services} for everything. */
class ClassPathTest {
    @Test
    void providersAreFoundBesideOurs() {
        Kinds kinds = Kinds.installed();

        assertThat(kinds.policy("test.remark/v1")).contains(Remark.class);
        assertThat(List.of("entry.host/v1", "entry.path-parameters/v1", "service.workload-selector/v1"))
                .allSatisfy(kind -> assertThat(kinds.compiler(kind)).isPresent());
    }

    @Test
    void aProvidedKindIsReadAndCompiled() {
        String text = """
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: test.remark/v1
                    text: hello
                """;
        List<ApiDefinition> read = DefinitionFormat.yaml().read(text, "definitions.yaml");

        assertThat(read.get(0).policies())
                .extracting(ApiDefinition.Said::policy)
                .containsExactly(new Remark("hello"));
        ModelCompiler.Compiled compiled =
                new ModelCompiler(Kinds.installed()).compile(read, new World(World.LOCALHOST));
        assertThat(compiled.problems()).isEmpty();
        assertThat(compiled.model().apis().get(0).entry().headers().response())
                .containsExactly(Map.entry("x-remark", "hello"));
    }

    @Test
    void bothWaysNameTheSameCompilers() throws IOException {
        Path main = Path.of("src", "main");
        String module = Files.readString(main.resolve("java/module-info.java"));
        Matcher provides = Pattern.compile("provides dev\\.lintel\\.core\\.spi\\.PolicyCompiler with([^;]*);")
                .matcher(module);
        assertThat(provides.find()).isTrue();
        List<String> byModule = Pattern.compile(",")
                .splitAsStream(provides.group(1))
                .map(String::strip)
                .sorted()
                .toList();
        List<String> byFile =
                Files.readAllLines(main.resolve("resources/META-INF/services/dev.lintel.core.spi.PolicyCompiler"))
                        .stream()
                        .filter(line -> !line.isBlank())
                        .sorted()
                        .toList();

        assertThat(byFile).isEqualTo(byModule).hasSize(5);
    }
}
