package dev.lintel.core.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Definition;
import dev.lintel.core.EgressDefinition;
import dev.lintel.core.EgressGateway;
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

/** The stored form of what may leave. */
class EgressFormTest {
    private static final Golden GOLDEN = Golden.in("egress-problems", ".txt");
    private static final ApiDefinition ORDERS =
            new ApiDefinition(ServiceRef.service("orders"), "shop", List.of(), Origin.unknown());
    private static final EgressDefinition SHORT =
            new EgressDefinition("api.psp.example", "shop", List.of(443), List.of(), false, Origin.unknown());
    private static final EgressDefinition LONG = new EgressDefinition(
            "*.psp.example",
            "shop",
            List.of(443, 8443),
            List.of("payments", "refunds"),
            true,
            EgressGateway.STANDARD,
            Origin.unknown());
    private static final String YAML = """
            kind: Api/v1
            service: orders
            namespace: shop
            ---
            kind: Egress/v1
            host: api.psp.example
            namespace: shop
            ---
            kind: Egress/v1
            host: "*.psp.example"
            namespace: shop
            ports:
              - 443
              - 8443
            onlyFor:
              - payments
              - refunds
            privateAddresses: true
            gateway: istio-egressgateway.istio-system
            """;

    @Test
    void whatIsWrittenReadsBackEqual() {
        List<Definition> all = List.of(ORDERS, SHORT, LONG);
        DefinitionFormat yaml = DefinitionFormat.yaml(Sample.kinds());
        DefinitionFormat json = DefinitionFormat.json(Sample.kinds());

        assertThat(yaml.write(all)).isEqualTo(YAML);
        assertThat(yaml.readAll(YAML, "d.yaml")).isEqualTo(all);
        assertThat(json.readAll(json.write(all), "d.json")).isEqualTo(all);
        assertThat(yaml.readAll(YAML, "d.yaml").get(2).origin()).hasToString("d.yaml:9");
        assertThat(json.write(SHORT)).isEqualTo("""
                {
                  "kind": "Egress/v1",
                  "host": "api.psp.example",
                  "namespace": "shop"
                }
                """);
    }

    @Test
    void readingApisReadsApisOnly() {
        assertThatThrownBy(() -> DefinitionFormat.yaml(Sample.kinds()).read("kind: Egress/v1\n", "d.yaml"))
                .hasMessageContaining("""
                        kind: must be 'Api/v1', but was 'Egress/v1'
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
