package dev.lintel.graphql.check;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.schema.GraphSchema;
import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.Json;
import dev.lintel.graphql.upstream.UpstreamException;
import dev.lintel.graphql.upstream.UpstreamRequest;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLTypeUtil;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The same arguments as a request of the service and as variables of a query, by code that shares nothing with ours. */
final class SelfArguments {
    /** Why an operation cannot be asked. */
    static final class Skipped extends Exception {
        private static final long serialVersionUID = 1L;

        Skipped(String reason) {
            super(reason, null, false, false);
        }
    }

    private final ApiModel model;
    private final GraphSchema schema;
    private final Operation operation;
    private final Map<String, Object> values = new LinkedHashMap<>();

    SelfArguments(ApiModel model, GraphSchema schema, Operation operation, Map<String, Object> given) throws Skipped {
        this.model = model;
        this.schema = schema;
        this.operation = operation;
        for (Parameter parameter : operation.parameters()) {
            Object value = given.containsKey(parameter.name()) ? given.get(parameter.name()) : example(parameter);
            if (value != null && plain(parameter)) {
                values.put(key(parameter), value);
            } else if (parameter.required()) {
                throw new Skipped("parameter '" + parameter.name()
                        + (value == null ? "' has no example" : "' is written in a way that is not checked"));
            }
        }
    }

    private static @Nullable Object example(Parameter parameter) throws Skipped {
        if (parameter.example().isEmpty()) {
            return null;
        }
        try {
            return Json.read(parameter.example().getBytes(StandardCharsets.UTF_8));
        } catch (UpstreamException e) {
            throw new Skipped("the example of parameter '" + parameter.name() + "' is no JSON");
        }
    }

    private static String key(Parameter parameter) {
        return parameter.place() + " " + parameter.name();
    }

    private static boolean plain(Parameter parameter) {
        Shape shape = parameter.use().shape();
        return switch (parameter.place()) {
            case PATH -> parameter.style().equals("simple") && single(parameter.use());
            case QUERY ->
                parameter.style().equals("form")
                        && (single(parameter.use()) || shape instanceof Shape.Items items && single(items.of()));
            case HEADER -> single(parameter.use()) && parameter.style().equals("simple");
            case COOKIE -> false;
        };
    }

    private static boolean single(Use use) {
        return use.shape() instanceof Shape.Single || use.shape() instanceof Shape.Named;
    }

    UpstreamRequest request(Duration timeout) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        List<Header> headers = new ArrayList<>(List.of(new Header("Accept", "*/*")));
        for (Parameter parameter : operation.parameters()) {
            Object value = values.get(key(parameter));
            if (value == null) {
                continue;
            }
            String name = encoded(parameter.name());
            if (parameter.place() == Parameter.Place.PATH) {
                path = path.replace("{" + parameter.name() + "}", encoded(value));
            } else if (parameter.place() == Parameter.Place.HEADER) {
                headers.add(new Header(parameter.name(), value.toString()));
            } else if (value instanceof List<?> list && parameter.explode()) {
                list.forEach(item -> query.add(name + "=" + encoded(item)));
            } else if (value instanceof List<?> list) {
                query.add(name + "=" + list.stream().map(SelfArguments::encoded).collect(Collectors.joining(",")));
            } else {
                query.add(name + "=" + encoded(value));
            }
        }
        String target = path + (query.isEmpty() ? "" : "?" + String.join("&", query));
        return new UpstreamRequest(operation.method(), target, headers, null, timeout);
    }

    private static String encoded(@Nullable Object value) {
        return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The names of variables are those of the arguments. */
    String head() {
        List<String> said = new ArrayList<>();
        for (String name : variables().keySet()) {
            GraphQLArgument argument = schema.graphQl()
                    .getQueryType()
                    .getFieldDefinition(schema.names().operation(operation))
                    .getArgument(name);
            said.add("$" + name + ": " + GraphQLTypeUtil.simplePrint(argument.getType()));
        }
        return said.isEmpty() ? "" : "(" + String.join(", ", said) + ")";
    }

    String arguments() {
        String said =
                variables().keySet().stream().map(name -> name + ": $" + name).collect(Collectors.joining(", "));
        return said.isEmpty() ? "" : "(" + said + ")";
    }

    Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        for (Parameter parameter : operation.parameters()) {
            Object value = values.get(key(parameter));
            if (value != null) {
                variables.put(schema.names().argument(operation, parameter), named(parameter.use(), value));
            }
        }
        return variables;
    }

    private Object named(Use use, Object value) {
        if (use.shape() instanceof Shape.Items items && value instanceof List<?> list) {
            return list.stream().map(item -> named(items.of(), item)).toList();
        }
        return use.shape() instanceof Shape.Named named && model.definition(named.id()) instanceof Definition.Choice
                ? schema.names().value(named.id(), String.valueOf(value))
                : value;
    }
}
