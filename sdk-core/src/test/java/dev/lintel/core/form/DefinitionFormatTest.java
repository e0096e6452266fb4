package dev.lintel.core.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.Problem;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.policy.AtHost;
import dev.lintel.core.policy.PathParameters;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefinitionFormatTest {
    private static final DefinitionFormat YAML = DefinitionFormat.yaml(Sample.kinds());
    private static final DefinitionFormat JSON = DefinitionFormat.json(Sample.kinds());

    private static final String FULL_YAML = """
            kind: Api/v1
            service: orders:8080
            namespace: shop
            policies:
              - kind: entry.host/v1
                host: orders.shop.example.com
              - kind: entry.path-parameters/v1
              - kind: test.sample/v1
                name: full
                parts:
                  - endpoint: GET /orders/**
                    weight: 10
                  - endpoint: GET,POST /orders/{id}
                    weight: 90
                    note: "yes"
                delay: 1m30s
                at: https://id.example/jwks?a=1
                path: /orders/{id}/**
                match:
                  endpoint: /beta/**
                  headers:
                    x-beta: "1"
                mode: not-so-plain
                always: true
                maybe: false
                total: 1099511627776
                ratio: 0.25
                labels:
                  zone: eu
                  app: orders
                  "on": "1.10"
                codes:
                  - 503
                  - 200
                more:
                  none: []
            """;

    private static ApiDefinition api(String service, Policy... policies) {
        List<Said> said =
                Arrays.stream(policies).map(p -> new Said(p, Origin.unknown())).toList();
        return new ApiDefinition(ServiceRef.parse(service), "shop", said, Origin.unknown());
    }

    private static ApiDefinition full() {
        return api("orders:8080", new AtHost("orders.shop.example.com"), new PathParameters(), Sample.full());
    }

    @Test
    void yamlIsWhatAPersonWouldWrite() {
        assertThat(YAML.write(full())).isEqualTo(FULL_YAML);
        assertThat(YAML.read(FULL_YAML, "definitions.yaml")).containsExactly(full());
    }

    @Test
    void jsonHasTheSameShape() {
        String json = JSON.write(api("orders", new PathParameters(), Sample.named("x")));

        assertThat(json).isEqualTo("""
                {
                  "kind": "Api/v1",
                  "service": "orders",
                  "namespace": "shop",
                  "policies": [
                    {
                      "kind": "entry.path-parameters/v1"
                    },
                    {
                      "kind": "test.sample/v1",
                      "name": "x",
                      "mode": "plain",
                      "total": 0,
                      "ratio": 0.5
                    }
                  ]
                }
                """);
        assertThat(JSON.read(JSON.write(full()), "definitions.json")).containsExactly(full());
        assertThat(YAML.read(JSON.write(full()), "JSON is YAML")).containsExactly(full());
    }

    @Test
    void aDefinitionWithoutPoliciesIsThreeLines() {
        assertThat(YAML.write(api("orders"))).isEqualTo("kind: Api/v1\nservice: orders\nnamespace: shop\n");
    }

    @Test
    void severalDefinitionsAreDocumentsOrAnArray() {
        List<ApiDefinition> two = List.of(api("orders"), api("billing", new PathParameters()));

        assertThat(YAML.write(two)).isEqualTo("""
                kind: Api/v1
                service: orders
                namespace: shop
                ---
                kind: Api/v1
                service: billing
                namespace: shop
                policies:
                  - kind: entry.path-parameters/v1
                """);
        assertThat(YAML.read(YAML.write(two), "two.yaml")).isEqualTo(two);
        assertThat(JSON.write(two)).startsWith("[\n  {\n    \"kind\": \"Api/v1\"");
        assertThat(JSON.read(JSON.write(two), "two.json")).isEqualTo(two);
    }

    @Test
    void noDefinitionIsAnEmptyList() {
        assertThat(YAML.write(List.of())).isEqualTo("[]\n");
        assertThat(YAML.read("[]\n", "none.yaml")).isEmpty();
        assertThat(JSON.read(JSON.write(List.of()), "none.json")).isEmpty();
    }

    @Test
    void originsAreLinesOfTheFile() {
        String text = "# ours\n---\n" + YAML.write(api("billing")) + "---\n" + FULL_YAML;
        List<ApiDefinition> read = YAML.read(text, "definitions.yaml");

        assertThat(read)
                .extracting(d -> d.origin().toString())
                .containsExactly("definitions.yaml:3", "definitions.yaml:7");
        assertThat(read.get(1).policies())
                .extracting(said -> said.origin().toString())
                .containsExactly("definitions.yaml:11", "definitions.yaml:13", "definitions.yaml:14");
        Sample sample = (Sample) read.get(1).policies().get(2).policy();
        assertThat(sample.parts())
                .extracting(part -> part.origin().toString())
                .containsExactly("definitions.yaml:17", "definitions.yaml:19");

        ApiDefinition json = JSON.read(JSON.write(full()), "d.json").get(0);
        assertThat(json.origin()).hasToString("d.json:1");
        assertThat(json.policies().get(1).origin()).hasToString("d.json:10");
    }

    @Test
    void unknownKindsAreKeptAsTheyAreAndRefusedAtPlan() {
        String text = """
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: acme.quota/v2
                    perMinute: 600
                    burst: 1.50
                    who:
                      - team: "007"
                        vip: false
                        note: null
                """;
        ApiDefinition read = YAML.read(text, "definitions.yaml").get(0);

        assertThat(YAML.write(read)).isEqualTo(text);
        assertThat(YAML.read(text, "again.yaml")).containsExactly(read);
        assertThat(JSON.read(JSON.write(read), "d.json")).containsExactly(read);
        assertThat(new ModelCompiler(Sample.kinds()).check(read)).isEmpty();
        assertThat(new ModelCompiler(Sample.kinds())
                        .compile(List.of(read), new World(World.LOCALHOST))
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.render()).isEqualTo("""
                        policy.unknown orders.shop acme.quota/v2: has no compiler: nobody here knows this kind
                              add the module that compiles it; known here: entry.host/v1, entry.path-parameters/v1, test.sample/v1
                              at definitions.yaml:5"""));
    }

    @Test
    void aKindThatIsNearlyOneIsNamedAndOfOneFamilyOnlyThatIsListed() {
        ApiDefinition read = YAML.read("""
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: entry.hots/v1
                  - kind: entry.cors/v1
                """, "definitions.yaml").get(0);

        assertThat(new ModelCompiler(Sample.kinds())
                        .compile(List.of(read), new World(World.LOCALHOST))
                        .problems())
                .extracting(Problem::hint)
                .containsExactly(
                        "did you mean 'entry.host/v1'? else add the module that compiles it",
                        "add the module that compiles it; known here: entry.host/v1, entry.path-parameters/v1");
    }

    /** What is right of a wrong text is there, so that the rest of what is wrong with it can be told too. */
    @Test
    void aWrongTextIsReadAsFarAsItGoes() {
        DefinitionFormat.Parsed parsed = YAML.parse("""
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: acme.quota/v2
                  - kind: entry.host/v1
                    hots: x
                """, "definitions.yaml");

        assertThat(parsed.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.code()).startsWith("form."));
        assertThat(parsed.definitions())
                .singleElement()
                .satisfies(one -> assertThat(((ApiDefinition) one).policies())
                        .extracting(said -> said.policy().kind())
                        .containsExactly("acme.quota/v2"));
    }

    record Hidden(String text) implements Policy {
        @Override
        public String kind() {
            return "test.hidden/v1";
        }
    }

    public record Dated(java.time.LocalDate day) implements Policy {
        @Override
        public String kind() {
            return "test.dated/v1";
        }
    }

    @Test
    void whatCannotBeStoredIsRefusedAtWriting() {
        assertThatThrownBy(() -> YAML.write(api("orders", new Hidden("x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dev.lintel.core.form.DefinitionFormatTest$Hidden must be public, in an exported package,"
                        + " and have a public canonical constructor");
        assertThatThrownBy(() -> YAML.write(api("orders", new Dated(java.time.LocalDate.EPOCH))))
                .hasMessage("dev.lintel.core.form.DefinitionFormatTest$Dated.day: values of type java.time.LocalDate"
                        + " cannot be stored; use text, numbers, booleans, enums, Duration, URI, records, types with a"
                        + " static parse(String), or List, Set and Map<String, …> of these");
        Policy nameless = () -> "test.lambda/v1";
        assertThatThrownBy(() -> YAML.write(api("orders", nameless)))
                .hasMessageStartingWith("only records can be stored, but dev.lintel.core.form.DefinitionFormatTest$")
                .hasMessageEndingWith(" is none");
    }
}
