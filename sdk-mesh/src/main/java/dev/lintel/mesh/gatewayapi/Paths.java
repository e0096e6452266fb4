package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.PathPattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How paths are written. A prefix is by whole segments by itself; an exact path needs its slash said. */
final class Paths {
    private static final String BELOW = "(/.*)?$";

    private Paths() {}

    /** The forms in which one pattern is matched, together the whole of it. */
    static List<Map<String, Object>> forms(PathPattern pattern) {
        if (hasTemplate(pattern)) {
            return List.of(form("RegularExpression", regex(pattern)));
        }
        String node = RouteTable.node(pattern);
        if (pattern.subtree()) {
            return List.of(form("PathPrefix", node));
        }
        return node.equals("/")
                ? List.of(form("Exact", node))
                : List.of(form("Exact", node), form("Exact", node + "/"));
    }

    /** RE2 that matches whole paths. */
    static String regex(PathPattern pattern) {
        String node = pattern.segments().stream()
                .map(segment -> PathPattern.isTemplate(segment) ? "/[^/]+" : "/" + Cookies.quote(segment))
                .collect(Collectors.joining());
        return "^" + node + (pattern.subtree() ? "(/.*)?$" : "/?$");
    }

    static boolean hasTemplate(PathPattern pattern) {
        return pattern.segments().stream().anyMatch(PathPattern::isTemplate);
    }

    /** The pattern of a match, if a trailing slash did not count; empty if it is not by whole segments. */
    static Optional<PathPattern> pattern(SeenMatch match) {
        String path = match.path();
        if (match.type().equals("RegularExpression")) {
            boolean subtree = path.endsWith(BELOW);
            String end = subtree ? BELOW : "/?$";
            if (!path.startsWith("^") || !path.endsWith(end)) {
                return Optional.empty();
            }
            String node = path.substring(1, path.length() - end.length())
                    .replace("/[^/]+", "/{any}")
                    .replaceAll("\\\\(.)", "$1");
            return parse(node, subtree).filter(found -> regex(found).equals(path));
        }
        String node = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return parse(node, match.type().equals("PathPrefix"));
    }

    private static Optional<PathPattern> parse(String node, boolean subtree) {
        List<String> segments = new ArrayList<>();
        for (String segment : node.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return ("/" + String.join("/", segments)).equals(node.isEmpty() ? "/" : node)
                ? Optional.of(new PathPattern(segments, subtree))
                : Optional.empty();
    }

    /** Whether a match is about a path, as the gateway compares it: a slash at the end counts for exact paths. */
    static boolean matches(SeenMatch match, String path) {
        if (match.type().equals("Exact")) {
            return match.path().equals(path);
        }
        return pattern(match).filter(pattern -> pattern.matches(path)).isPresent();
    }

    /** Paths that belong to a region and to no narrower one, with and without a slash at the end. */
    static List<String> samples(PathPattern region, List<PathPattern> regions) {
        String fresh = "any";
        for (int i = 0; names(regions, fresh); i++) {
            fresh = "any" + i;
        }
        StringBuilder path = new StringBuilder();
        for (String segment : region.segments()) {
            path.append('/').append(PathPattern.isTemplate(segment) ? fresh : segment);
        }
        Set<String> samples = new LinkedHashSet<>();
        samples.add(path.length() == 0 ? "/" : path.toString());
        samples.add(path + "/");
        int deepest =
                regions.stream().mapToInt(one -> one.segments().size()).max().orElse(0);
        for (int i = region.segments().size(); region.subtree() && i <= deepest; i++) {
            path.append('/').append(fresh);
            samples.add(path.toString());
            samples.add(path + "/");
        }
        return samples.stream()
                .filter(one -> regions.stream()
                        .filter(pattern -> pattern.matches(one))
                        .findFirst()
                        .filter(region::equals)
                        .isPresent())
                .toList();
    }

    private static boolean names(List<PathPattern> regions, String segment) {
        return regions.stream().anyMatch(region -> region.segments().contains(segment));
    }

    private static Map<String, Object> form(String type, String value) {
        return map("type", type, "value", value);
    }
}
