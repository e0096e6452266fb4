package dev.lintel.mesh.istio;

import dev.lintel.core.match.PathPattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

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
        int deepest = 0;
        for (PathPattern one : regions) {
            deepest = Math.max(deepest, one.segments().size());
        }
        String below = node;
        for (int i = region.segments().size(); region.subtree() && i <= deepest; i++) {
            below = below + "/" + fresh;
            samples.add(below);
            samples.add(below + "/");
        }
        List<String> own = new ArrayList<>();
        for (String path : samples) {
            if (region.equals(first(regions, path))) {
                own.add(path);
            }
        }
        return own;
    }

    /** The region to which a path belongs. */
    private static @Nullable PathPattern first(List<PathPattern> regions, String path) {
        for (PathPattern region : regions) {
            if (region.matches(path)) {
                return region;
            }
        }
        return null;
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
        for (PathPattern region : regions) {
            if (region.segments().contains(segment)) {
                return true;
            }
        }
        return false;
    }
}
