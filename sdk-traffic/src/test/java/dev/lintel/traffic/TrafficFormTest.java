package dev.lintel.traffic;

import static dev.lintel.core.match.Match.match;
import static dev.lintel.traffic.Retry.attempts;
import static dev.lintel.traffic.Split.split;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.form.DefinitionFormat;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The stored form of everything about traffic. */
class TrafficFormTest {
    private static final ApiDefinition DEFINITION = Said.orders()
            .split(split("v1", 90, "v2", 10).sticky(Sticky.header("X-User")))
            .route(match("GET /beta/**").header("X-Beta", "1").query("try", "yes"), "v2")
            .versionByLabel("v1", "lane", "blue")
            .versionByService("v2", "orders-v2")
            .retry(attempts(2).perTry(Duration.ofMillis(1_500)).evenIfNotIdempotent())
            .timeout(Duration.ofSeconds(90))
            .rewritePath("/shop/**", "/api/**")
            .setHeader("X-Tenant", "acme")
            .setResponseHeader("server", "on")
            .define();

    private static final String YAML = """
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: traffic.split/v1
                shares:
                  - version: v1
                    weight: 90
                  - version: v2
                    weight: 10
                sticky:
                  header: x-user
              - kind: traffic.route/v1
                match:
                  endpoint: GET /beta/**
                  headers:
                    x-beta: "1"
                  query:
                    try: "yes"
                version: v2
              - kind: traffic.version/v1
                name: v1
                labels:
                  lane: blue
              - kind: traffic.version/v1
                name: v2
                service: orders-v2
              - kind: traffic.retry/v1
                attempts: 2
                perTry: 1s500ms
                nonIdempotent: true
              - kind: traffic.timeout/v1
                total: 1m30s
              - kind: traffic.rewrite-path/v1
                from: /shop/**
                to: /api/**
              - kind: traffic.set-header/v1
                message: request
                name: x-tenant
                value: acme
              - kind: traffic.set-header/v1
                message: response
                name: server
                value: "on"
            """;

    @Test
    void readsAsAPersonWouldWriteIt() {
        assertThat(DefinitionFormat.yaml().write(DEFINITION)).isEqualTo(YAML);
        assertThat(DefinitionFormat.yaml().read(YAML, "definitions.yaml")).containsExactly(DEFINITION);
        assertThat(DefinitionFormat.json().read(DefinitionFormat.json().write(DEFINITION), "definitions.json"))
                .containsExactly(DEFINITION);
    }

    @Test
    void onlyWhatMayBeMissingMayBeLeftOut() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode whole = mapper.readTree(DefinitionFormat.json().write(DEFINITION));
        TreeSet<String> optional = new TreeSet<>();
        for (int i = 0; i < whole.get("policies").size(); i++) {
            for (String field : fields(whole.get("policies").get(i))) {
                JsonNode less = whole.deepCopy();
                ObjectNode policy = (ObjectNode) less.get("policies").get(i);
                policy.remove(field);
                try {
                    assertThat(DefinitionFormat.json().read(less.toString(), "d.json"))
                            .hasSize(1);
                    optional.add(policy.get("kind").textValue() + " " + field);
                } catch (ProblemsException e) {
                    assertThat(e.problems())
                            .singleElement()
                            .satisfies(problem -> assertThat(problem.code()).isIn("form.missing", "form.value"));
                }
            }
        }

        assertThat(optional)
                .containsExactly(
                        "traffic.retry/v1 nonIdempotent", "traffic.retry/v1 perTry", "traffic.split/v1 sticky");
    }

    private static List<String> fields(JsonNode node) {
        TreeSet<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return List.copyOf(names);
    }
}
