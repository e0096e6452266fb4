package dev.lintel.graphql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lintel.graphql.Graph;
import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.Json;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.graphql.upstream.UpstreamException;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.ParseAndValidate;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The same queries over the same answers of a service, through this engine and through graphql-java's own. */
class AgainstLibraryTest {
    private static final int QUERIES = 400;
    private static final int LONGEST = 1_500;

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final Graph graph = Graph.of("zoo").from(OpenApi.of("zoo", RandomZoo.DOCUMENT));
    private final GraphQLSchema schema = graph.schema().graphQl();
    private final Map<String, byte[]> served = new TreeMap<>();
    private final GraphQL library = GraphQL.newGraphQL(wired()).build();
    private final GraphEngine engine = GraphEngine.of(graph, request -> {
        String operation = request.target().substring(1).replaceAll("\\?.*", "");
        return new UpstreamAnswer(
                200,
                List.of(new Header("Content-Type", "application/json")),
                served.getOrDefault(operation, new byte[0]));
    });

    @Test
    void dataAndErrorsAreTheSame() throws IOException {
        long seed = Long.getLong("lintel.seed", new Random().nextLong());
        int compared = 0;
        int withErrors = 0;
        for (int i = 0; i < QUERIES; i++) {
            Random random = new Random(seed + i);
            RandomZoo zoo = new RandomZoo(schema, random);
            String query = zoo.query();
            zoo.answers().forEach((operation, answer) -> served.put(operation, bytes(answer)));
            if (query.length() > LONGEST || invalid(query)) {
                continue;
            }
            GraphRequest request = GraphRequest.of(query).variables(zoo.variables);
            GraphAnswer ours = engine.execute(request, GraphCaller.ANONYMOUS);
            if (ours.codes().contains("LIMIT_EXCEEDED") || ours.codes().size() >= 100) {
                continue;
            }
            ExecutionResult theirs =
                    library.execute(ExecutionInput.newExecutionInput(query).variables(zoo.variables));
            JsonNode own = mapper.readTree(ours.json());
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("data", theirs.getData());
            String told = "seed " + (seed + i) + "\n" + query + "\n" + zoo.variables + "\n"
                    + new String(ours.json(), StandardCharsets.UTF_8) + "\n" + theirs.getErrors();
            assertThat(own.get("data"))
                    .as(told)
                    .isEqualTo(mapper.readTree(bytes(data)).get("data"));
            assertThat(paths(own)).as(told).isEqualTo(paths(theirs));
            compared++;
            withErrors += theirs.getErrors().isEmpty() ? 0 : 1;
        }
        assertThat(compared).as("seed " + seed).isGreaterThan(QUERIES / 8);
        assertThat(withErrors).as("seed " + seed).isGreaterThan(QUERIES / 40);
    }

    private boolean invalid(String query) {
        return !ParseAndValidate.validate(schema, graphql.parser.Parser.parse(query), Locale.ENGLISH)
                .isEmpty();
    }

    private static Set<String> paths(JsonNode answer) {
        Set<String> paths = new TreeSet<>();
        answer.path("errors").forEach(error -> {
            List<String> keys = new ArrayList<>();
            error.path("path").forEach(key -> keys.add(key.asText()));
            boolean unusedNew = paths.add(String.join("/", keys));
        });
        return paths;
    }

    private static Set<String> paths(ExecutionResult result) {
        Set<String> paths = new TreeSet<>();
        result.getErrors().forEach(error -> {
            List<String> keys = new ArrayList<>();
            List<Object> path = error.getPath();
            (path == null ? List.of() : path).forEach(key -> keys.add(String.valueOf(key)));
            boolean unusedNew = paths.add(String.join("/", keys));
        });
        return paths;
    }

    /** The schema with a fetcher for each field: of an answer, of a property by the name that it has in JSON, of entries of a map. */
    private GraphQLSchema wired() {
        Map<String, Definition.Fields> objects = new TreeMap<>();
        graph.model().types().values().forEach(type -> {
            if (type instanceof Definition.Fields fields) {
                boolean plain = schema.getType(schema("output", fields)) instanceof GraphQLObjectType;
                Definition.Fields unused = objects.put(schema(plain ? "output" : "other", fields), fields);
            }
        });
        GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry(schema.getCodeRegistry());
        for (GraphQLObjectType type : schema.getAllTypesAsList().stream()
                .filter(GraphQLObjectType.class::isInstance)
                .map(GraphQLObjectType.class::cast)
                .filter(type -> !type.getName().startsWith("__"))
                .toList()) {
            type.getFieldDefinitions().forEach(field -> {
                DataFetcher<?> fetcher = type.getName().equals("Query")
                        ? environment -> read(field.getName())
                        : environment -> {
                            Map<?, ?> source = environment.getSource();
                            return source == null
                                    ? null
                                    : source.get(json(objects.get(type.getName()), field.getName()));
                        };
                boolean entries = GraphQLTypeUtil.unwrapNonNull(field.getType()) instanceof GraphQLList list
                        && GraphQLTypeUtil.unwrapAll(list) instanceof GraphQLObjectType entry
                        && !objects.containsKey(entry.getName());
                GraphQLCodeRegistry.Builder unused = code.dataFetcher(
                        FieldCoordinates.coordinates(type, field),
                        entries ? (DataFetcher<?>) environment -> entries(fetcher.get(environment)) : fetcher);
            });
        }
        return schema.transformWithoutTypes(change -> change.codeRegistry(code.build()));
    }

    private String schema(String way, Definition.Fields fields) {
        return way.equals("output")
                ? graph.schema().names().output(fields.id())
                : graph.schema().names().other(fields.id());
    }

    private String json(Definition.@Nullable Fields fields, String field) {
        if (fields != null) {
            for (Property property : fields.properties()) {
                if (graph.schema().names().field(fields.id(), property.name()).equals(field)) {
                    return property.name();
                }
            }
        }
        return field;
    }

    private static @Nullable Object entries(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        List<Object> entries = new ArrayList<>();
        map.forEach((key, each) -> {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("key", key);
            entry.put("value", each);
            entries.add(entry);
        });
        return entries;
    }

    private @Nullable Object read(String operation) throws UpstreamException {
        return Json.read(served.getOrDefault(operation, new byte[0]));
    }

    private byte[] bytes(@Nullable Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
