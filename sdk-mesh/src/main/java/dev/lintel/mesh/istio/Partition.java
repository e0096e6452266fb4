package dev.lintel.mesh.istio;

import dev.lintel.core.match.PathPattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** Questions about regions: which lie in which, which are needed, and which concrete paths stand for one. */
final class Partition {
    private Partition() {}

    static boolean isNarrower(PathPattern narrow, PathPattern wide) {
        return !narrow.equals(wide) && wide.covers(narrow);
    }

    /** Without the regions at which nothing changes: those that are like all the next wider ones. */
    static List<PathPattern> needed(List<PathPattern> regions, BiPredicate<PathPattern, PathPattern> alike) {
        List<PathPattern> needed = new ArrayList<>(regions);
        for (PathPattern region : regions) {
            List<PathPattern> parents = parents(region, needed);
            if (!parents.isEmpty() && parents.stream().allMatch(parent -> alike.test(parent, region))) {
                needed.remove(region);
            }
        }
        return needed;
    }

    /** The next wider regions. */
    private static List<PathPattern> parents(PathPattern region, List<PathPattern> all) {
        List<PathPattern> wider =
                all.stream().filter(other -> isNarrower(region, other)).toList();
        return wider.stream()
                .filter(one -> wider.stream().noneMatch(other -> isNarrower(other, one)))
                .toList();
    }

    /** Those that no other of them covers. */
    static List<PathPattern> widest(List<PathPattern> regions) {
        return regions.stream()
                .filter(one -> regions.stream().noneMatch(other -> isNarrower(one, other)))
                .toList();
    }

    /**
     * Paths that belong to a region and to none of the narrower ones: with and without a slash at the end, at the node
     * and below it, one segment deeper than any region.
     *
     * @param regions closed under intersection, the most specific first
     */
    static List<String> samples(PathPattern region, List<PathPattern> regions) {
        String fresh = fresh(regions);
        String node = Forms.node(region, fresh);
        Set<String> samples = new LinkedHashSet<>();
        samples.add(node.isEmpty() ? "/" : node);
        samples.add(node + "/");
        int deepest =
                regions.stream().mapToInt(one -> one.segments().size()).max().orElse(0);
        String below = node;
        for (int i = region.segments().size(); region.subtree() && i <= deepest; i++) {
            below = below + "/" + fresh;
            samples.add(below);
            samples.add(below + "/");
        }
        return samples.stream()
                .filter(path -> region.equals(regions.stream()
                        .filter(one -> one.matches(path))
                        .findFirst()
                        .orElse(null)))
                .toList();
    }

    /** A segment that no region names. */
    private static String fresh(List<PathPattern> regions) {
        String fresh = "any";
        for (int i = 0; uses(regions, fresh); i++) {
            fresh = "any" + i;
        }
        return fresh;
    }

    private static boolean uses(List<PathPattern> regions, String segment) {
        return regions.stream().anyMatch(region -> region.segments().contains(segment));
    }
}
