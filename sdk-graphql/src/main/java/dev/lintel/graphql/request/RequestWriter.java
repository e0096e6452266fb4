package dev.lintel.graphql.request;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Body;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.name.Names;
import dev.lintel.graphql.upstream.Content;
import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.UpstreamRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes the requests of one operation. Immutable, for use by many threads. */
public final class RequestWriter {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Operation operation;
    private final Wire wire;
    private final Pointers pointers;
    private final PathForm path;
    private final Header accept;
    private final Map<String, String> inPath = new TreeMap<>();
    private final List<Placed> placed = new ArrayList<>();
    private final @Nullable BodyWriter body;
    private final String bodyArgument;

    /** A parameter and the name of its argument. */
    private record Placed(Parameter parameter, String argument) {}

    RequestWriter(Operation operation, ApiModel model, Names names, Supplier<String> boundaries) {
        this.operation = operation;
        this.wire = new Wire(model, names);
        this.pointers = new Pointers(operation, model, names);
        this.path = new PathForm(operation);
        this.accept = Accepts.of(operation.answer());
        for (Parameter parameter : operation.parameters()) {
            String argument = names.argument(operation, parameter);
            placed.add(new Placed(parameter, argument));
            if (parameter.place() == Parameter.Place.PATH) {
                inPath.put(parameter.name(), argument);
            }
        }
        Body said = operation.body();
        this.body = said == null ? null : new BodyWriter(said, new MultipartBody(said, model, boundaries));
        this.bodyArgument = said == null ? "" : names.body(operation);
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
        return new RequestWriter(operation, model, names, RequestWriter::boundary);
    }

    private static String boundary() {
        byte[] random = new byte[16];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /**
     * Writes a request. What is not given is not sent, so that the service's defaults hold.
     *
     * @param arguments by their names in the graph, as graphql-java coerced them; {@code Upload} where a file is sent
     * @param timeout how long the answer may take
     * @return the request, with the headers that the document speaks of and {@code Accept}
     * @throws BadArgumentException if an argument cannot be sent
     */
    public UpstreamRequest write(Map<String, ?> arguments, Duration timeout) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        List<Expansion.Pair> query = new ArrayList<>();
        List<Header> headers = new ArrayList<>();
        List<String> cookies = new ArrayList<>();
        headers.add(accept);
        for (Placed each : placed) {
            Parameter parameter = each.parameter();
            try {
                Object value = wire.of(parameter.use(), arguments.get(each.argument()));
                if (parameter.place() == Parameter.Place.PATH) {
                    values.put(parameter.name(), value);
                } else if (value != null || parameter.style().equals("content") && said(each, arguments)) {
                    switch (parameter.place()) {
                        case QUERY -> query.addAll(query(parameter, value));
                        case COOKIE -> cookies.addAll(FieldWriter.cookies(parameter, value));
                        default -> FieldWriter.header(parameter, value).ifPresent(headers::add);
                    }
                }
            } catch (BadArgumentException e) {
                throw e.within(each.argument());
            }
        }
        if (!cookies.isEmpty()) {
            headers.add(new Header("Cookie", String.join("; ", cookies)));
        }
        return new UpstreamRequest(operation.method(), target(values, query), headers, content(arguments), timeout);
    }

    /** Which argument a service means by a pointer, a path or a name; empty if none. */
    String argument(String said) {
        return pointers.argument(said);
    }

    /** Null is a value only where the document says so, and only JSON can say it. */
    private static boolean said(Placed each, Map<String, ?> arguments) {
        return each.parameter().use().nullable() && arguments.containsKey(each.argument());
    }

    private @Nullable Content content(Map<String, ?> arguments) {
        if (body == null || operation.body() == null) {
            return null;
        }
        try {
            boolean given = arguments.containsKey(bodyArgument);
            return body.write(wire.of(operation.body().use(), arguments.get(bodyArgument)), given);
        } catch (BadArgumentException e) {
            throw e.within(bodyArgument);
        }
    }

    private String target(Map<String, @Nullable Object> values, List<Expansion.Pair> query) {
        StringBuilder target = new StringBuilder(path.path(values, inPath));
        char mark = '?';
        String own = path.query(values, inPath);
        if (!own.isEmpty()) {
            target.append(mark).append(own);
            mark = '&';
        }
        for (Expansion.Pair pair : query) {
            target.append(mark).append(pair.name()).append('=').append(pair.value());
            mark = '&';
        }
        return target.toString();
    }

    private static List<Expansion.Pair> query(Parameter parameter, @Nullable Object value) {
        if (parameter.style().equals("content") || value == null) {
            String json = new String(BodyWriter.json(value), StandardCharsets.UTF_8);
            return List.of(new Expansion.Pair(Escape.all(parameter.name()), Escape.all(json)));
        }
        return Expansion.ofQuery(parameter.style(), parameter.explode(), parameter.allowReserved())
                .pairs(parameter.name(), value);
    }
}
