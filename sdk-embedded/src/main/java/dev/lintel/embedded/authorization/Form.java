package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Received;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a request, from a body of type {@code application/x-www-form-urlencoded}. A parameter without a value
 * counts as left out; one that comes twice is refused (RFC 6749, 3.2), except those that may (RFC 8707, RFC 8693).
 */
final class Form {
    private static final Set<String> REPEATABLE = Set.of("resource", "audience");
    private static final int MOST = 100;

    private final Map<String, List<String>> parameters;

    private Form(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    static Form of(Received request) throws OAuthError {
        if (request.hasQuery()) {
            throw bad("parameters belong into the body, not behind the path");
        }
        List<String> types = request.header("Content-Type");
        if (types.size() != 1
                || !isForm(types.get(0))
                || !request.header("Content-Encoding").isEmpty()) {
            throw bad("the body must be of type application/x-www-form-urlencoded");
        }
        return parse(request.text());
    }

    static Form parse(String body) throws OAuthError {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        String[] pairs = body.isEmpty() ? new String[0] : body.split("&", -1);
        if (pairs.length > MOST) {
            throw bad("there must be at most " + MOST + " parameters");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw bad("the body must be name=value pairs joined by ampersands");
            }
            String name = component(pair.substring(0, equals));
            List<String> values = parameters.computeIfAbsent(name, n -> new ArrayList<>());
            if (!values.isEmpty() && !REPEATABLE.contains(name)) {
                throw bad("a parameter is given more than once");
            }
            values.add(component(pair.substring(equals + 1)));
        }
        return new Form(parameters);
    }

    Optional<String> get(String name) {
        return all(name).stream().findFirst();
    }

    String require(String name) throws OAuthError {
        return get(name).orElseThrow(() -> bad("the parameter " + name + " is missing"));
    }

    List<String> all(String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static String component(String text) throws OAuthError {
        return FormEncoding.decode(text).orElseThrow(() -> bad("the body is not correctly encoded"));
    }

    private static boolean isForm(String contentType) {
        String[] parts = contentType.split(";", -1);
        boolean form = parts[0].strip().equalsIgnoreCase("application/x-www-form-urlencoded");
        boolean plain = parts.length == 1
                || parts.length == 2 && parts[1].strip().replace("\"", "").equalsIgnoreCase("charset=utf-8");
        return form && plain;
    }

    private static OAuthError bad(String description) {
        return OAuthError.of(ErrorCode.INVALID_REQUEST, description);
    }
}
