package dev.lintel.core.plan;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The paths and methods that the rules of two APIs tell apart, those of access and those of callers, with one path and one method for each. */
final class Landscape {
    private final List<PathPattern> regions;
    private final Set<String> literals = new LinkedHashSet<>();
    private final Set<String> methods = new TreeSet<>();
    private final String other;
    private final int depth;

    /**
     * Looks at the rules of two APIs.
     *
     * @throws IllegalArgumentException if the paths of their rules overlap in too many ways
     */
    Landscape(ApiModel before, ApiModel now) {
        Set<PathPattern> patterns = new LinkedHashSet<>();
        patterns.add(PathPattern.ANY);
        Stream.of(now, before)
                .flatMap(api -> Stream.concat(
                        api.entry().access().rules().stream().map(AccessRule::endpoint),
                        api.service().callers().stream().map(CallerRule::endpoint)))
                .forEach(endpoint -> {
                    patterns.add(endpoint.path());
                    methods.addAll(endpoint.methods());
                });
        Stream.of(now, before).forEach(api -> patterns.addAll(api.entry().paths()));
        patterns.forEach(pattern -> literals.addAll(pattern.segments()));
        regions = Regions.of(patterns);
        depth = patterns.stream().mapToInt(p -> p.segments().size()).max().orElse(0) + 1;
        String unnamed = "OTHER";
        while (methods.contains(unnamed)) {
            unnamed += "X";
        }
        other = unnamed;
    }

    /** All regions, the most specific first. */
    List<PathPattern> regions() {
        return regions;
    }

    /** All methods that are named, and one that stands for all others; {@code HEAD} goes with {@code GET} unless named. */
    List<String> methods() {
        return Stream.concat(methods.stream(), Stream.of(other)).toList();
    }

    /**
     * A path that only this region governs; empty if narrower ones leave nothing of it.
     *
     * @param free what stands where the region leaves a choice: {@link #free()}, with or without more
     */
    Optional<String> path(PathPattern region, String free) {
        StringBuilder start = new StringBuilder();
        for (String segment : region.segments()) {
            start.append('/').append(PathPattern.isTemplate(segment) ? free : segment);
        }
        int below = region.subtree() ? Math.max(0, depth - region.segments().size()) : 0;
        for (int i = below; i >= 0; i--) {
            String path = start + ("/" + free).repeat(i);
            if (governs(region, path.isEmpty() ? "/" : path)) {
                return Optional.of(path.isEmpty() ? "/" : path);
            }
        }
        return Optional.empty();
    }

    /** A segment that no pattern names. */
    String free() {
        String free = "any";
        while (literals.contains(free)) {
            free += "x";
        }
        return free;
    }

    /** The regions just above one: those that cover it, and none of which covers another one that does. */
    List<PathPattern> above(PathPattern region) {
        List<PathPattern> above = new ArrayList<>();
        for (PathPattern wider : regions) {
            if (!wider.equals(region) && wider.covers(region) && above.stream().noneMatch(wider::covers)) {
                above.add(wider);
            }
        }
        return above;
    }

    /** Some of the methods, on a path, as people write it. */
    String endpoint(PathPattern region, List<String> some) {
        if (some.size() == methods.size() + 1) {
            return region.toString();
        }
        if (!some.contains(other)) {
            return names(some) + " " + region;
        }
        List<String> rest = new ArrayList<>(methods);
        rest.removeAll(some);
        return region + " except " + names(rest);
    }

    private static String names(List<String> methods) {
        List<String> names = new ArrayList<>(methods);
        if (names.contains("GET")) {
            names.remove("HEAD");
        }
        return String.join(",", names);
    }

    private boolean governs(PathPattern region, String path) {
        return regions.stream()
                .filter(r -> r.matches(path))
                .findFirst()
                .orElse(region)
                .equals(region);
    }
}
