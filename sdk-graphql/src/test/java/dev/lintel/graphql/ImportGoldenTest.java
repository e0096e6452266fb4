package dev.lintel.graphql;

import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.schema.GraphSchema;
import dev.lintel.testkit.Golden;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Documents, the schemas that they mean, and what is lost. */
class ImportGoldenTest {
    private static final Golden GOLDEN = Golden.in("import", ".graphql");

    @TestFactory
    Stream<DynamicTest> documents() {
        Map<String, Supplier<String>> cases = new TreeMap<>();
        GOLDEN.inputs(".yaml").forEach((file, text) -> cases.put(file.replace(".yaml", ""), () -> said(file, text)));
        return GOLDEN.tests(cases);
    }

    private static String said(String file, String text) {
        GraphSchema schema = Graph.of("golden").from(OpenApi.of(file, text)).schema();
        StringBuilder said = new StringBuilder(schema.sdl()).append("\n# lost:\n");
        schema.losses().forEach(loss -> said.append("# ").append(loss).append('\n'));
        return said.toString();
    }
}
