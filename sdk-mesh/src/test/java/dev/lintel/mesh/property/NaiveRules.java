package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Rules of Istio's policies, field by field. */
final class NaiveRules {
    private NaiveRules() {}

    /**
     * A request as a policy sees it.
     *
     * @param caller who calls, by the certificate; empty for nobody
     * @param subject issuer and subject of the token; empty if nobody reads it or there is none
     */
    record Asked(RequestValue request, String caller, String subject) {
        boolean meets(Map<String, Object> rule) {
            only(rule, "from", "to", "when");
            List<Map<String, Object>> from = maps(rule, "from");
            List<Map<String, Object>> to = maps(rule, "to");
            return (from.isEmpty() || from.stream().anyMatch(one -> source(map(one, "source"))))
                    && (to.isEmpty() || to.stream().anyMatch(one -> operation(map(one, "operation"))))
                    && maps(rule, "when").stream().allMatch(this::holds);
        }

        private boolean source(Map<String, Object> source) {
            only(
                    source,
                    "principals",
                    "notPrincipals",
                    "namespaces",
                    "notNamespaces",
                    "requestPrincipals",
                    "notRequestPrincipals");
            String[] parts = caller.split("/", -1);
            return fits(source, "principals", "notPrincipals", caller)
                    && fits(source, "namespaces", "notNamespaces", parts.length > 2 ? parts[2] : "")
                    && fits(source, "requestPrincipals", "notRequestPrincipals", subject);
        }

        private boolean operation(Map<String, Object> operation) {
            only(operation, "hosts", "notHosts", "paths", "notPaths", "methods", "notMethods");
            return fits(operation, "hosts", "notHosts", request.host())
                    && fits(operation, "paths", "notPaths", request.path())
                    && fits(operation, "methods", "notMethods", request.method());
        }

        private boolean holds(Map<String, Object> when) {
            only(when, "key", "values", "notValues");
            String key = String.valueOf(when.get("key"));
            if (!key.startsWith("request.auth.claims[")) {
                throw new AssertionError("a condition that is not known: " + key);
            }
            List<String> values = new ArrayList<>();
            if (!subject.isEmpty() && request.token() instanceof Token.Verified token) {
                String name = key.substring(key.indexOf('[') + 1, key.length() - 1);
                Object said = switch (name) {
                    case "scope" -> token.scopes();
                    case "aud" -> token.audiences();
                    case "iss" -> token.issuer();
                    default -> token.claims().getOrDefault(name, List.of());
                };
                (said instanceof List<?> list ? list : List.of(said)).forEach(one -> values.add(String.valueOf(one)));
            }
            return (!when.containsKey("values") || values.stream().anyMatch(value -> isNamed(when, "values", value)))
                    && values.stream().noneMatch(texts(when, "notValues")::contains);
        }
    }

    private static boolean fits(Map<String, Object> part, String name, String not, String value) {
        return (!part.containsKey(name) || isNamed(part, name, value)) && !isNamed(part, not, value);
    }

    private static boolean isNamed(Map<String, Object> part, String name, String value) {
        return texts(part, name).stream().anyMatch(pattern -> fits(pattern, value));
    }

    /** Whether a value is what a pattern means. */
    static boolean fits(String pattern, String value) {
        if (pattern.contains("{")) {
            String expression =
                    Pattern.quote(pattern).replace("{**}", "\\E.*\\Q").replace("{*}", "\\E[^/]+\\Q");
            return value.matches(expression);
        }
        return pattern.equals("*")
                ? !value.isEmpty()
                : pattern.endsWith("*")
                        ? value.startsWith(pattern.substring(0, pattern.length() - 1))
                        : pattern.startsWith("*") ? value.endsWith(pattern.substring(1)) : pattern.equals(value);
    }

    static Map<String, Object> map(Map<String, Object> tree, String name) {
        Map<String, Object> map = new TreeMap<>();
        if (tree.get(name) instanceof Map<?, ?> said) {
            said.forEach((key, value) -> map.put(String.valueOf(key), value));
        }
        return map;
    }

    static List<Map<String, Object>> maps(Map<String, Object> tree, String name) {
        List<Map<String, Object>> maps = new ArrayList<>();
        if (tree.get(name) instanceof List<?> list) {
            list.forEach(one -> maps.add(map(Map.of("one", one), "one")));
        }
        return maps;
    }

    static List<String> texts(Map<String, Object> tree, String name) {
        List<String> texts = new ArrayList<>();
        if (tree.get(name) instanceof List<?> list) {
            list.forEach(one -> texts.add(String.valueOf(one)));
        }
        return texts;
    }

    static void only(Map<String, Object> tree, String... known) {
        if (!Set.of(known).containsAll(tree.keySet())) {
            throw new AssertionError("a field that is not known: " + tree.keySet());
        }
    }
}
