package dev.lintel.graphql.execute;

import dev.lintel.graphql.model.Kind;
import dev.lintel.graphql.model.Link;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.name.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arguments that come from what is known: OpenAPI 3.1, 4.8.20. */
final class Links {
    private final Names names;
    private final Faults faults;

    Links(Names names, Faults faults) {
        this.names = names;
        this.faults = faults;
    }

    /** All arguments of the target; null if one of them is not there, so that there is nothing to ask. */
    @Nullable
    Map<String, Object> follow(Link link, Target target, Map<String, Object> given, Job job) {
        Map<String, Object> arguments = new LinkedHashMap<>(given);
        for (Parameter parameter : target.operation().parameters()) {
            String said = link.parameters().get(Link.key(parameter));
            if (said == null) {
                continue;
            }
            Object value = said.startsWith("$") ? value(said, link, job) : said;
            if (value == null) {
                return null;
            }
            arguments.put(names.argument(target.operation(), parameter), fitting(parameter.use(), value));
        }
        return arguments;
    }

    private @Nullable Object value(String expression, Link link, Job job) {
        if (expression.startsWith("$response.body#/")) {
            return pointed(job.value(), expression.substring("$response.body#/".length()));
        }
        Origin origin = job.origin();
        if (origin == null || !origin.target().operation().answer().links().contains(link)) {
            faults.add(new Fault(
                    "this link can be followed only where its object was asked for itself",
                    job.pick().node().getSourceLocation(),
                    job.path(),
                    Map.of("code", Code.LINK_UNKNOWN.name())));
            return null;
        }
        if (expression.startsWith("$response.header.")) {
            return origin.answer().header(expression.substring("$response.header.".length()));
        }
        return request(expression.substring("$request.".length()), origin);
    }

    /** The argument of a parameter such as {@code path.id}. */
    private @Nullable Object request(String key, Origin origin) {
        Operation operation = origin.target().operation();
        for (Parameter parameter : operation.parameters()) {
            boolean header = parameter.place() == Parameter.Place.HEADER;
            if (header
                    ? Link.key(parameter).equalsIgnoreCase(key)
                    : Link.key(parameter).equals(key)) {
                return origin.arguments().get(names.argument(operation, parameter));
            }
        }
        return null;
    }

    /** A JSON pointer, RFC 6901. */
    private static @Nullable Object pointed(Object root, String pointer) {
        Object at = root;
        for (String part : pointer.split("/", -1)) {
            String key = part.replace("~1", "/").replace("~0", "~");
            if (at instanceof Map<?, ?> map) {
                at = map.get(key);
            } else if (at instanceof List<?> list && number(key) >= 0 && number(key) < list.size()) {
                at = list.get(number(key));
            } else {
                return null;
            }
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    private static int number(String key) {
        boolean digits = !key.isEmpty() && key.length() < 7 && key.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(key) : -1;
    }

    /** Services say the same id here as a number and there as a text. */
    private static Object fitting(Use use, Object value) {
        boolean text = use.shape() instanceof Shape.Single single && single.kind() == Kind.STRING;
        return text && (value instanceof Number || value instanceof Boolean)
                ? value.toString().toLowerCase(Locale.ROOT)
                : value;
    }
}
