package dev.lintel.graphql.request;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.name.Names;
import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.Json;
import dev.lintel.graphql.upstream.UpstreamRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the requests of one operation. Immutable, for use by many threads. */
public final class RequestWriter {
    private final Operation operation;
    private final Wire wire;
    private final PathForm path;
    private final Map<String, String> inPath = new TreeMap<>();
    private final List<Placed> placed = new ArrayList<>();

    /** A parameter and the name of its argument. */
    private record Placed(Parameter parameter, String argument) {}

    private RequestWriter(Operation operation, ApiModel model, Names names) {
        this.operation = operation;
        this.wire = new Wire(model, names);
        this.path = new PathForm(operation);
        for (Parameter parameter : operation.parameters()) {
            String argument = names.argument(operation, parameter);
            placed.add(new Placed(parameter, argument));
            if (parameter.place() == Parameter.Place.PATH) {
                inPath.put(parameter.name(), argument);
            }
        }
    }

    /**
     * The writer of an operation.
     *
     * @param operation of the model
     * @param model in which it stands
     * @param names of its arguments, fields and variants
     * @return a writer, to be kept
     */
    public static RequestWriter of(Operation operation, ApiModel model, Names names) {
        return new RequestWriter(operation, model, names);
    }

    /**
     * Writes a request. What is not given is not sent, so that the service's defaults hold.
     *
     * @param arguments by their names in the graph, as graphql-java coerced them
     * @param timeout how long the answer may take
     * @return the request, with the headers that the document speaks of
     * @throws BadArgumentException if an argument cannot be sent
     */
    public UpstreamRequest write(Map<String, ?> arguments, Duration timeout) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        List<Expansion.Pair> query = new ArrayList<>();
        List<Header> headers = new ArrayList<>();
        for (Placed each : placed) {
            Object given = arguments.get(each.argument());
            try {
                Object value = wire.of(each.parameter().use(), given);
                if (each.parameter().place() == Parameter.Place.PATH) {
                    values.put(each.parameter().name(), value);
                } else if (value != null && each.parameter().place() == Parameter.Place.QUERY) {
                    query.addAll(query(each.parameter(), value));
                }
            } catch (BadArgumentException e) {
                throw e.within(each.argument());
            }
        }
        StringBuilder target = new StringBuilder(path.path(values, inPath));
        char mark = '?';
        if (!path.query().isEmpty()) {
            target.append(mark).append(path.query());
            mark = '&';
        }
        for (Expansion.Pair pair : query) {
            target.append(mark).append(pair.name()).append('=').append(pair.value());
            mark = '&';
        }
        return new UpstreamRequest(operation.method(), target.toString(), headers, null, timeout);
    }

    private static List<Expansion.Pair> query(Parameter parameter, Object value) {
        if (parameter.style().equals("content")) {
            String json = new String(Json.write(value), StandardCharsets.UTF_8);
            return List.of(new Expansion.Pair(Escape.all(parameter.name()), Escape.all(json)));
        }
        String kept = parameter.allowReserved() ? Escape.OF_QUERY : "";
        return new Expansion(parameter.style(), parameter.explode(), text -> Escape.but(text, kept))
                .pairs(parameter.name(), value);
    }
}
