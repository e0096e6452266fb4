package dev.lintel.mesh.imports;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path pattern of Spring, and what the filters of its route make of the paths that it matches.
 *
 * @param pattern what it matches; a slash at the end does not count
 * @param stripped how many segments at its beginning are taken away
 * @param prefix what takes their place
 */
record SpringPath(PathPattern pattern, int stripped, List<String> prefix) {
    SpringPath {
        prefix = List.copyOf(prefix);
    }

    /** Reads a pattern; empty if it does not match by whole segments. */
    static Optional<SpringPath> parse(String text) {
        List<String> segments = new ArrayList<>();
        boolean subtree = text.endsWith("/**") || text.endsWith("/{*rest}");
        String node = subtree ? text.substring(0, text.lastIndexOf('/')) : text;
        for (String segment : node.split("/", -1)) {
            boolean template = segment.equals("*") || segment.matches("\\{[A-Za-z_][A-Za-z0-9_]{0,60}\\}");
            if (!template && segment.chars().anyMatch(c -> "*?{}".indexOf(c) >= 0)) {
                return Optional.empty();
            }
            if (!segment.isEmpty()) {
                segments.add(template ? "{any}" : segment);
            }
        }
        try {
            PathPattern pattern = new PathPattern(segments, subtree);
            return text.startsWith("/") && PathPattern.parse(pattern.toString()).equals(pattern)
                    ? Optional.of(new SpringPath(pattern, 0, List.of()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    SpringPath strip(int count) {
        int first = Math.min(count, prefix.size());
        return new SpringPath(pattern, stripped + count - first, prefix.subList(first, prefix.size()));
    }

    SpringPath prepend(List<String> more) {
        List<String> all = new ArrayList<>(more);
        all.addAll(prefix);
        return new SpringPath(pattern, stripped, all);
    }

    /** Replaces literal segments at the beginning; null if they are not known to be there. */
    @Nullable
    SpringPath replace(List<String> from, List<String> to) {
        List<String> now = now();
        if (now.size() < from.size() || !now.subList(0, from.size()).equals(from)) {
            return null;
        }
        return strip(from.size()).prepend(to);
    }

    /** The segments as they are by now, as far as the pattern names them. */
    private List<String> now() {
        List<String> now = new ArrayList<>(prefix);
        now.addAll(pattern.segments()
                .subList(
                        Math.min(stripped, pattern.segments().size()),
                        pattern.segments().size()));
        return now;
    }

    /** Whether what is taken away is named by the pattern, and is no template. */
    boolean isKnown() {
        return stripped <= pattern.segments().size()
                && pattern.segments().subList(0, stripped).stream().noneMatch(PathPattern::isTemplate);
    }

    /** Match and rewrite, as the routes of a mesh have them: the node with and without a slash, and what is below. */
    List<Map<String, Object>> rules() {
        String node = text(pattern.segments());
        boolean changed = stripped > 0 || !prefix.isEmpty();
        if (pattern.segments().stream().anyMatch(PathPattern::isTemplate)) {
            String regex = "^" + quoted(pattern.segments()) + (pattern.subtree() ? "(/.*)?$" : "/?$");
            String from = text(pattern.segments().subList(0, stripped)) + "/";
            String to = prefix.isEmpty() ? "/" : text(prefix) + "/";
            Map<String, Object> rewrite =
                    changed ? map("match", "^" + quoted(List.of(from)).substring(1), "rewrite", to) : null;
            return List.of(rule(map("regex", regex), rewrite == null ? null : map("uriRegexRewrite", rewrite)));
        }
        String target = text(now());
        List<Map<String, Object>> rules = new ArrayList<>();
        if (!node.isEmpty()) {
            String whole = target.isEmpty() ? "/" : target;
            rules.add(rule(map("exact", node), changed ? map("uri", whole) : null));
        }
        if (pattern.subtree()) {
            rules.add(rule(
                    node.isEmpty() ? map() : map("prefix", node + "/"), changed ? map("uri", target + "/") : null));
        } else {
            rules.add(rule(map("exact", node + "/"), changed ? map("uri", target + "/") : null));
        }
        return rules;
    }

    private static Map<String, Object> rule(Map<String, Object> uri, @Nullable Map<String, Object> rewrite) {
        return map("uri", uri, "rewrite", rewrite);
    }

    private static String text(List<String> segments) {
        StringBuilder text = new StringBuilder();
        segments.forEach(segment -> text.append('/').append(segment));
        return text.toString();
    }

    private static String quoted(List<String> segments) {
        StringBuilder text = new StringBuilder();
        for (String segment : segments) {
            text.append('/');
            if (PathPattern.isTemplate(segment)) {
                text.append("[^/]+");
                continue;
            }
            for (int i = 0; i < segment.length(); i++) {
                char c = segment.charAt(i);
                text.append("\\.+*?()|[]{}^$".indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        return text.toString();
    }
}
