package dev.lintel.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.model.Loss;
import dev.lintel.graphql.schema.GraphSchema;
import dev.lintel.testkit.Golden;
import graphql.schema.idl.SchemaParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What holds for every document, tried with those of the goldens: shuffled, and with parts of them replaced. */
class ImportPropertiesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final Set<String> WITHOUT_ORDER =
            Set.of("parameters", "required", "enum", "oneOf", "anyOf", "security", "tags");

    @Test
    void theOrderOfADocumentPlaysNoPart() throws IOException {
        for (Map.Entry<String, JsonNode> document : documents().entrySet()) {
            GraphSchema expected = schema(document.getValue());
            for (int seed = 0; seed < 5; seed++) {
                JsonNode shuffled = shuffled(document.getValue(), "", new Random(seed));

                GraphSchema schema = schema(shuffled);

                String what = document.getKey() + ", seed " + seed;
                assertThat(schema.sdl()).as(what).isEqualTo(expected.sdl());
                assertThat(schema.losses()).as(what).isEqualTo(expected.losses());
                assertThat(schema.names().toLock())
                        .as(what)
                        .isEqualTo(expected.names().toLock());
            }
        }
    }

    @Test
    void whateverIsReplacedEveryOperationIsAFieldOrListed() throws IOException {
        long omitted = 0;
        int fields = 0;
        for (Map.Entry<String, JsonNode> document : documents().entrySet()) {
            List<JsonNode> parts = new ArrayList<>();
            collect(document.getValue(), parts);
            for (int seed = 0; seed < 16; seed++) {
                Random random = new Random(seed);
                JsonNode broken = replaced(document.getValue(), random, 3.0 / parts.size(), parts);

                GraphSchema schema = schema(broken);

                String what = document.getKey() + ", seed " + seed;
                long listed = schema.losses().stream()
                        .filter(loss -> loss.kind() == Loss.Kind.OMITTED)
                        .count();
                assertThat(schema.fields() + listed).as(what).isEqualTo(operations(broken));
                assertThat(schema.graphQl().getQueryType().getFieldDefinitions())
                        .as(what)
                        .isNotEmpty();
                assertThat(new SchemaParser().parse(schema.sdl()).types())
                        .as(what)
                        .isNotEmpty();
                omitted += listed;
                fields += schema.fields();
            }
        }
        assertThat(omitted).isGreaterThan(20);
        assertThat(fields).isGreaterThan(200);
    }

    private static Map<String, JsonNode> documents() throws IOException {
        Map<String, JsonNode> documents = new TreeMap<>();
        for (Map.Entry<String, String> input :
                Golden.in("import", ".graphql").inputs(".yaml").entrySet()) {
            documents.put(input.getKey(), YAML.readTree(input.getValue()));
        }
        return documents;
    }

    private static GraphSchema schema(JsonNode document) {
        return Graph.of("any").from(OpenApi.of("document", document.toString())).schema();
    }

    /** Counted by other code than what is tested. */
    private static long operations(JsonNode document) {
        long count = 0;
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (String method : METHODS) {
                count += path.getValue().has(method) ? 1 : 0;
            }
        }
        return count;
    }

    private static JsonNode shuffled(JsonNode node, String key, Random random) {
        if (node.isObject()) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
            Collections.shuffle(fields, random);
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            fields.forEach(field -> object.set(field.getKey(), shuffled(field.getValue(), field.getKey(), random)));
            return object;
        }
        if (node.isArray()) {
            List<JsonNode> items = new ArrayList<>();
            node.forEach(item -> items.add(shuffled(item, "", random)));
            if (WITHOUT_ORDER.contains(key)) {
                Collections.shuffle(items, random);
            }
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            return array.addAll(items);
        }
        return node;
    }

    private static void collect(JsonNode node, List<JsonNode> parts) {
        parts.add(node);
        node.forEach(child -> collect(child, parts));
    }

    /** Parts of the document stand where other parts were; the version stays. */
    private static JsonNode replaced(JsonNode root, Random random, double share, List<JsonNode> parts) {
        BiFunction<String, JsonNode, JsonNode> other = (key, node) ->
                random.nextDouble() < share && !key.equals("openapi") && !key.equals("swagger") && !key.equals("paths")
                        ? parts.get(random.nextInt(parts.size()))
                        : node;
        return replaced(root, other);
    }

    private static JsonNode replaced(JsonNode node, BiFunction<String, JsonNode, JsonNode> other) {
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties()
                    .forEach(field ->
                            object.set(field.getKey(), other.apply(field.getKey(), replaced(field.getValue(), other))));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> array.add(other.apply("", replaced(item, other))));
            return array;
        }
        return node;
    }
}
