package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Rewrite;
import dev.lintel.mesh.istio.HttpRule.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The paths that routes are about, and those of policies as the client says them. */
final class ReadPatterns {
    private final List<HttpRule> rules;

    ReadPatterns(List<HttpRule> rules) {
        this.rules = rules;
    }

    /** All paths that matter, as the client says them. */
    Set<PathPattern> with(Set<PathPattern> seen) {
        Set<PathPattern> patterns = new LinkedHashSet<>();
        patterns.add(PathPattern.ANY);
        patterns.addAll(seen);
        for (HttpRule rule : rules) {
            for (Entry entry : rule.entries()) {
                if (entry.path() != null) {
                    patterns.add(entry.path().atom());
                }
                Rewrite rewrite = rewrite(rule, entry);
                if (rewrite != null && rewrite.from().subtree()) {
                    patterns.add(rewrite.from());
                    seen.forEach(pattern -> back(rewrite, pattern, patterns));
                }
            }
        }
        return patterns;
    }

    /** The paths that a rewrite brings to a pattern. */
    private static void back(Rewrite rewrite, PathPattern seen, Set<PathPattern> into) {
        List<String> target = Rewriting.target(rewrite).segments();
        seen.intersect(new PathPattern(target, true)).ifPresent(common -> {
            List<String> segments = new ArrayList<>(rewrite.from().segments());
            segments.addAll(
                    common.segments().subList(target.size(), common.segments().size()));
            into.add(new PathPattern(segments, common.subtree()));
        });
    }

    /** A rewrite and paths that show what it does. */
    private record Shown(Rewrite rewrite, List<String> paths) {}

    /**
     * The rewrites that tell what becomes of every path, the widest first asked for: one that says no more than a wider
     * one is left out, and where paths below a rewritten node stay as they are, that is a rewrite too.
     */
    static List<Rewrite> rewrites(List<HttpRule> rules) {
        List<Shown> shown = new ArrayList<>();
        for (HttpRule rule : rules) {
            for (Entry entry : rule.entries()) {
                Shown one = shown(rules, rule, entry);
                if (one != null) {
                    shown.add(one);
                }
            }
        }
        shown.sort(Comparator.comparing((Shown one) -> one.rewrite().from(), Precedence.ofPaths())
                .reversed());
        List<Rewrite> kept = new ArrayList<>();
        for (Shown one : shown) {
            boolean same = one.paths().stream()
                    .allMatch(path -> apply(kept, path).equals(one.rewrite().apply(path)));
            // The first rule for a path takes it, so that a later one for the same path says nothing.
            boolean later = kept.stream()
                    .anyMatch(rewrite -> rewrite.from().equals(one.rewrite().from()));
            if (!same && !later) {
                kept.add(0, one.rewrite());
            }
        }
        return kept;
    }

    /** What becomes of a path by the most specific rewrite. */
    static String apply(List<Rewrite> ordered, String path) {
        return ordered.stream()
                .filter(rewrite -> rewrite.from().matches(path))
                .findFirst()
                .map(rewrite -> rewrite.apply(path))
                .orElse(path);
    }

    private static @Nullable Shown shown(List<HttpRule> rules, HttpRule rule, Entry entry) {
        PathPattern path = entry.path() == null ? PathPattern.ANY : entry.path().atom();
        String node = Forms.node(path, "any");
        Rewrite rewrite = rewrite(rule, entry);
        if (rewrite != null && !rewrite.from().subtree()) {
            if (entry.path() == null || entry.path().tail() != PathExpression.Tail.SLASH) {
                return new Shown(rewrite, List.of(node));
            }
            boolean keepsSlash = rules.stream()
                    .anyMatch(other -> other.entries().stream()
                            .anyMatch(one -> isNode(one, path)
                                    && rewrite.to()
                                            .equals(other.action().rewrite().to() + "/")));
            Rewrite meant = keepsSlash
                    ? new Rewrite(new PathPattern(path.segments(), true), node(rewrite.to(), false), Origin.unknown())
                    : rewrite;
            return new Shown(meant, List.of(node + "/"));
        }
        if (rewrite != null) {
            String from = Forms.node(rewrite.from(), "");
            return new Shown(rewrite, List.of(from + "/", from + "/any"));
        }
        if (!rule.action().goesOn() || !path.subtree() || Forms.hasTemplate(path)) {
            return null;
        }
        return new Shown(
                new Rewrite(path, node.isEmpty() ? "/" : node, Origin.unknown()), List.of(node + "/", node + "/any"));
    }

    private static boolean isNode(Entry entry, PathPattern path) {
        return entry.path() != null
                && entry.path().tail() == PathExpression.Tail.NOTHING
                && entry.path().atom().equals(path);
    }

    /** What a rule does to the paths of one of its entries; null if it leaves them as they are. */
    private static @Nullable Rewrite rewrite(HttpRule rule, Entry entry) {
        String to = rule.action().rewrite().to();
        String from = rule.action().rewrite().replaced(entry.path());
        if (to == null || from == null) {
            return null;
        }
        boolean below = entry.path() == null || rule.action().rewrite().from() != null || from.endsWith("/");
        PathExpression.Tail tail =
                entry.path() == null ? PathExpression.Tail.BELOW : entry.path().tail();
        boolean exact = tail == PathExpression.Tail.NOTHING || tail == PathExpression.Tail.SLASH;
        List<String> segments = new ArrayList<>();
        for (String segment : from.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return new Rewrite(new PathPattern(segments, below && !exact), node(to, exact), Origin.unknown());
    }

    private static String node(String to, boolean exact) {
        return exact || to.length() == 1 || !to.endsWith("/") ? to : to.substring(0, to.length() - 1);
    }
}
