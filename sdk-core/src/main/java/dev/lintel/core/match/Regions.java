package dev.lintel.core.match;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A few patterns, closed under intersection: every path is governed by exactly one of them, the most specific one that
 * matches it, and inside that region all the given patterns answer alike.
 *
 * <p>Whatever must speak about all requests at once (a diff in words, a dialect that has no precedence of its own) walks
 * the regions instead of guessing at overlaps.
 */
public final class Regions {
    private static final int LIMIT = 4096;

    private Regions() {}

    /**
     * The regions of some patterns.
     *
     * @param patterns any patterns
     * @return the patterns and all their intersections, the most specific first, each set of paths once
     * @throws IllegalArgumentException if there would be more than 4096 of them
     */
    public static List<PathPattern> of(Collection<PathPattern> patterns) {
        List<PathPattern> regions = new ArrayList<>();
        Set<PathPattern> known = new HashSet<>();
        for (PathPattern pattern : patterns) {
            add(regions, known, pattern);
        }
        for (int i = 0; i < regions.size(); i++) {
            for (int j = 0; j < i; j++) {
                regions.get(i).intersect(regions.get(j)).ifPresent(common -> add(regions, known, common));
            }
        }
        regions.sort(Precedence.ofPaths());
        return regions;
    }

    private static void add(List<PathPattern> regions, Set<PathPattern> known, PathPattern pattern) {
        if (known.add(nameless(pattern))) {
            if (regions.size() == LIMIT) {
                throw new IllegalArgumentException("path patterns overlap in more than " + LIMIT + " ways");
            }
            regions.add(pattern);
        }
    }

    /** Equal for patterns that stand for the same paths, whatever the names in braces. */
    private static PathPattern nameless(PathPattern pattern) {
        return new PathPattern(
                pattern.segments().stream()
                        .map(segment -> PathPattern.isTemplate(segment) ? "{}" : segment)
                        .toList(),
                pattern.subtree());
    }
}
