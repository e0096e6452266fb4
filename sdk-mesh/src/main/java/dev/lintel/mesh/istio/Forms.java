package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.PathPattern;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How Istio writes a set of paths. To Envoy a trailing slash makes another path, and a prefix is a prefix of characters,
 * so every pattern takes two forms: without and with the slash, the node and what is below.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/security/authorization-policy/#Operation">Istio, Operation</a>
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#StringMatch">Istio, StringMatch</a>
 */
final class Forms {
    static final String ONE = "{*}";
    static final String ANY_BELOW = "{**}";

    private Forms() {}

    /** For {@code paths} and {@code notPaths} of an AuthorizationPolicy. */
    static List<String> policy(PathPattern pattern) {
        String node = node(pattern, ONE);
        if (node.isEmpty()) {
            return List.of(pattern.subtree() ? "/*" : "/");
        }
        if (!pattern.subtree()) {
            return List.of(node, node + "/");
        }
        return List.of(node, hasTemplate(pattern) ? node + "/" + ANY_BELOW : node + "/*");
    }

    /** For {@code uri} of a VirtualService; empty for every path. */
    static List<Map<String, Object>> uris(PathPattern pattern) {
        String node = node(pattern, ONE);
        if (node.isEmpty()) {
            return pattern.subtree() ? List.of() : List.of(map("exact", "/"));
        }
        if (hasTemplate(pattern)) {
            return List.of(map("regex", regex(pattern)));
        }
        return List.of(map("exact", node), pattern.subtree() ? map("prefix", node + "/") : map("exact", node + "/"));
    }

    /** RE2 that matches whole paths; Envoy compares the path without its query. */
    static String regex(PathPattern pattern) {
        String node = pattern.segments().stream()
                .map(segment -> PathPattern.isTemplate(segment) ? "/[^/]+" : "/" + quote(segment))
                .collect(Collectors.joining());
        return "^" + node + (pattern.subtree() ? "(/.*)?$" : "/?$");
    }

    /** A text in RE2 that matches just itself. */
    static String quote(String literal) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            out.append("\\.+*?()|[]{}^$".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return out.toString();
    }

    static boolean hasTemplate(PathPattern pattern) {
        return pattern.segments().stream().anyMatch(PathPattern::isTemplate);
    }

    /** The segments without what is below, the empty text for the root. */
    static String node(PathPattern pattern, String template) {
        return pattern.segments().stream()
                .map(segment -> "/" + (PathPattern.isTemplate(segment) ? template : segment))
                .collect(Collectors.joining());
    }
}
