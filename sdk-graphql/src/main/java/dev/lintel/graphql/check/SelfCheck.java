package dev.lintel.graphql.check;

import dev.lintel.graphql.Graph;
import dev.lintel.graphql.execute.GraphAnswer;
import dev.lintel.graphql.execute.GraphCaller;
import dev.lintel.graphql.execute.GraphEngine;
import dev.lintel.graphql.execute.GraphLimits;
import dev.lintel.graphql.execute.GraphRequest;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.MediaType;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.schema.GraphSchema;
import dev.lintel.graphql.upstream.Json;
import dev.lintel.graphql.upstream.Upstream;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks a service and its graph for the same, by every operation that only reads, and compares what they answer value by
 * value. Arguments come from examples, defaults and enums of the document, unless they are given.
 */
public final class SelfCheck {
    private static final GraphLimits WIDE =
            new GraphLimits(1_000_000, 200_000, 50, 20_000, 20_000, 1_000, 100, 1, GraphLimits.DEFAULT.deadline());

    private final Graph graph;
    private final Upstream upstream;
    private final GraphEngine engine;
    private final SortedMap<String, Map<String, Object>> given;

    private SelfCheck(
            Graph graph, Upstream upstream, GraphEngine engine, SortedMap<String, Map<String, Object>> given) {
        this.graph = graph;
        this.upstream = upstream;
        this.engine = engine;
        this.given = given;
    }

    /**
     * A check of an engine that it makes itself.
     *
     * @param graph of the document
     * @param upstream the service
     * @return a check without given arguments
     */
    public static SelfCheck of(Graph graph, Upstream upstream) {
        return new SelfCheck(graph, upstream, GraphEngine.of(graph, upstream), new TreeMap<>());
    }

    /**
     * The same of another engine, which must answer as the graph says.
     *
     * @param other such as one that is in use; its limits are not used
     * @return a new value
     */
    public SelfCheck engine(GraphEngine other) {
        return new SelfCheck(graph, upstream, other, given);
    }

    /**
     * The same with arguments for an operation.
     *
     * @param operation its key, such as {@code GET /pets/{id}}
     * @param arguments as in JSON, by the names of parameters
     * @return a new value
     */
    public SelfCheck given(String operation, Map<String, Object> arguments) {
        SortedMap<String, Map<String, Object>> more = new TreeMap<>(given);
        more.put(operation, Collections.unmodifiableMap(new LinkedHashMap<>(arguments)));
        return new SelfCheck(graph, upstream, engine, more);
    }

    /**
     * Runs the check: two calls of the service for each operation, one after the other.
     *
     * @return what was found
     */
    public SelfReport run() {
        GraphSchema schema = graph.schema();
        SelfCompare compare = new SelfCompare(graph.model(), schema);
        SortedMap<String, String> operations = new TreeMap<>();
        GraphEngine wide = engine.limits(WIDE);
        for (Operation operation : graph.model().operations()) {
            if (operation.safe()) {
                operations.put(operation.key(), check(operation, schema, compare, wide));
            }
        }
        SortedSet<String> uncovered = properties(schema);
        uncovered.removeAll(compare.covered());
        return new SelfReport(operations, compare.differences(), compare.values(), compare.covered(), uncovered);
    }

    private String check(Operation operation, GraphSchema schema, SelfCompare compare, GraphEngine wide) {
        int before = compare.differences().size();
        try {
            Map<String, Object> said = given.getOrDefault(operation.key(), Map.of());
            SelfArguments arguments = new SelfArguments(graph.model(), schema, operation, said);
            UpstreamAnswer answer =
                    upstream.call(arguments.request(wide.limits().deadline()));
            if (answer.status() >= 300) {
                return "skipped: the service answered " + answer.status();
            }
            SelfQuery query = new SelfQuery(graph.model(), schema);
            String text = query.write(operation, arguments.head(), arguments.arguments());
            GraphAnswer made =
                    wide.execute(GraphRequest.of(text).variables(arguments.variables()), GraphCaller.ANONYMOUS);
            Object it = it(made);
            Use use = operation.answer().use();
            String place = operation.key();
            if (!made.codes().isEmpty()) {
                compare.differ(place, "is answered by the graph with " + made.codes());
            } else if (use == null) {
                compare.compare(query, Use.JSON, true, it, place);
            } else {
                compare.compare(query, use, rest(operation, answer), it, place);
            }
            return compare.differences().size() == before ? "same" : "different";
        } catch (SelfArguments.Skipped e) {
            return "skipped: " + e.getMessage();
        } catch (IOException e) {
            return "skipped: the service gave no answer that can be read";
        }
    }

    private static @Nullable Object it(GraphAnswer answer) throws IOException {
        return Json.read(answer.json()) instanceof Map<?, ?> map && map.get("data") instanceof Map<?, ?> data
                ? data.get("it")
                : null;
    }

    private static @Nullable Object rest(Operation operation, UpstreamAnswer answer) throws IOException {
        if (answer.body().length == 0) {
            return null;
        }
        return MediaType.json(operation.answer().mediaType())
                ? Json.read(answer.body())
                : new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** All properties that answers may have. */
    private SortedSet<String> properties(GraphSchema schema) {
        SelfQuery query = new SelfQuery(graph.model(), schema);
        SortedSet<String> all = new TreeSet<>();
        for (Definition definition : graph.model().types().values()) {
            if (definition instanceof Definition.Fields fields
                    && schema.graphQl().getType(query.object(fields)) != null) {
                for (Property property : fields.properties(Property.Direction.OUT)) {
                    boolean unusedNews =
                            all.add(query.object(fields) + "." + schema.names().field(fields.id(), property.name()));
                }
            }
        }
        return all;
    }
}
