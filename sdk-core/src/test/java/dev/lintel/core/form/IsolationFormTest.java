package dev.lintel.core.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Definition;
import dev.lintel.core.IsolationDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.ServiceRef;
import dev.lintel.testkit.Golden;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The stored form of the boundaries of namespaces. */
class IsolationFormTest {
    private static final Golden GOLDEN = Golden.in("isolation-problems", ".txt");
    private static final String YAML = """
            kind: Isolation/v1
            namespace: lab
            ---
            kind: Api/v1
            service: orders
            namespace: shop
            ---
            kind: Isolation/v1
            namespace: shop
            allowFrom:
              - monitoring
              - prometheus.metrics
            allowTo:
              - identity
            """;

    @Test
    void whatIsWrittenReadsBackEqual() {
        List<Definition> all = List.of(
                new IsolationDefinition("lab", List.of(), List.of(), Origin.unknown()),
                new ApiDefinition(ServiceRef.service("orders"), "shop", List.of(), Origin.unknown()),
                new IsolationDefinition(
                        "shop", List.of("prometheus.metrics", "monitoring"), List.of("identity"), Origin.unknown()));
        DefinitionFormat yaml = DefinitionFormat.yaml(Sample.kinds());
        DefinitionFormat json = DefinitionFormat.json(Sample.kinds());

        assertThat(yaml.write(all)).isEqualTo(YAML);
        assertThat(yaml.readAll(YAML, "d.yaml")).isEqualTo(all);
        assertThat(yaml.readAll(YAML, "d.yaml").get(2).origin()).hasToString("d.yaml:8");
        assertThat(json.readAll(json.write(all), "d.json")).isEqualTo(all);
    }

    @Test
    void readingApisReadsApisOnly() {
        assertThatThrownBy(() ->
                        DefinitionFormat.yaml(Sample.kinds()).read("kind: Isolation/v1\nnamespace: shop\n", "d.yaml"))
                .hasMessageContaining("""
                        kind: must be 'Api/v1', but was 'Isolation/v1'
                              readAll(…) reads it
                              at d.yaml:1""");
    }

    @TestFactory
    Stream<DynamicTest> everyMistakeIsToldInWholeMessages() {
        Map<String, Supplier<String>> cases = new LinkedHashMap<>();
        GOLDEN.inputs(".yaml").forEach((name, text) -> cases.put(name, () -> told(text, name)));
        return GOLDEN.tests(cases);
    }

    private static String told(String text, String name) {
        ProblemsException thrown = catchThrowableOfType(
                ProblemsException.class,
                () -> DefinitionFormat.yaml(Sample.kinds()).readAll(text, name));
        String codes = thrown.problems().stream().map(Problem::code).collect(Collectors.joining(" "));
        return thrown.getMessage() + "\n\n" + codes + "\n";
    }
}
