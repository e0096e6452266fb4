package dev.lintel.mesh.istio;

import dev.lintel.core.match.PathPattern;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Paths that nothing tells apart fare alike: those that just the same expressions and patterns match. */
final class PathClasses {
    private final List<PathExpression> expressions;
    private final List<PathPattern> patterns;

    /**
     * Takes paths apart.
     *
     * @param expressions all by which something tells them apart
     * @param patterns the same, where a slash at the end does not count
     */
    PathClasses(Set<PathExpression> expressions, Collection<PathPattern> patterns) {
        this.expressions = List.copyOf(expressions);
        this.patterns = List.copyOf(patterns);
    }

    /** The class of a path. */
    BitSet of(String path) {
        BitSet matching = new BitSet();
        int at = 0;
        for (PathExpression expression : expressions) {
            matching.set(at++, expression.matches(path));
        }
        for (PathPattern pattern : patterns) {
            matching.set(at++, pattern.matches(path));
        }
        return matching;
    }
}
