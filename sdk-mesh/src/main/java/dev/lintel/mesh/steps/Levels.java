package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Routes of one host in several objects, taken apart by how narrow their paths are. A request that a narrow path of one
 * object governs falls to a wider one of another object where the narrow one is missing, and that may be open. So the wide
 * ones go first and come last.
 *
 * @see <a href="https://gateway-api.sigs.k8s.io/reference/spec/#httproutematch">Gateway API, HTTPRouteMatch</a>
 */
final class Levels {
    private static final String RULES = "rules";
    private static final String MATCHES = "matches";
    /** Gateway API lets gateways choose where expressions stand; ours are asked after exact paths and before prefixes. */
    private static final int EXPRESSION = -1_000_000;

    private static final int EXACT = 2 * EXPRESSION;

    private Levels() {}

    /** All levels of some objects, the widest first. */
    static List<Integer> of(List<Manifest> routes) {
        SortedSet<Integer> levels = new TreeSet<>(Comparator.reverseOrder());
        for (Manifest route : routes) {
            for (Map<String, Object> rule : SpecTree.maps(route.spec(), RULES)) {
                parts(rule).forEach(part -> levels.add(width(part)));
            }
        }
        return List.copyOf(levels);
    }

    /** An object without what is as wide as a level, or wider; empty if nothing is left. */
    static Optional<Manifest> below(Manifest route, int level) {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Map<String, Object> rule : SpecTree.maps(route.spec(), RULES)) {
            List<Map<String, Object>> left =
                    parts(rule).stream().filter(part -> width(part) < level).toList();
            if (!left.isEmpty()) {
                Map<String, Object> some = new LinkedHashMap<>(rule);
                if (rule.containsKey(MATCHES)) {
                    some.put(MATCHES, left);
                }
                rules.add(some);
            }
        }
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> spec = Trees.copy(route.spec());
        spec.put(RULES, rules);
        return Optional.of(route.withSpec(spec));
    }

    /** The matches of an HTTPRoute or a GRPCRoute; a rule of an APIRule has one path and is its own. */
    private static List<Map<String, Object>> parts(Map<String, Object> rule) {
        List<Map<String, Object>> matches = SpecTree.maps(rule, MATCHES);
        return matches.isEmpty() ? List.of(rule) : matches;
    }

    /** The wider, the greater: of two for one path, the one that asks for less. */
    private static int width(Map<String, Object> match) {
        int asked = (match.get("method") instanceof String ? 50 : 0)
                + (match.get("methods") instanceof List<?> methods ? 90 - 5 * Math.min(methods.size(), 18) : 0)
                + 4 * SpecTree.maps(match, "headers").size()
                + SpecTree.maps(match, "queryParams").size();
        return 100 * level(match) - Math.min(asked, 99);
    }

    private static int level(Map<String, Object> match) {
        if (match.get("path") instanceof Map<?, ?> path) {
            String value = String.valueOf(path.get("value"));
            return switch (String.valueOf(path.get("type"))) {
                case "Exact" -> EXACT;
                case "RegularExpression" -> EXPRESSION - value.length();
                default -> -length(value);
            };
        }
        if (match.get("path") instanceof String path) {
            return path.endsWith("/*") || path.endsWith("{**}")
                    ? -length(path.substring(0, path.lastIndexOf('/')))
                    : path.indexOf('{') < 0 ? EXACT : EXPRESSION - path.length();
        }
        Map<String, Object> call = SpecTree.map(match, "method");
        return call.containsKey("method") ? EXACT : call.containsKey("service") ? EXPRESSION : 0;
    }

    private static int length(String prefix) {
        return prefix.equals("/") ? 0 : prefix.length();
    }
}
