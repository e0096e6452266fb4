package dev.lintel.mesh.istio;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Routes, rewrites and refusals of an exposed host as one list of which the first match wins, because a VirtualService
 * knows no other order. Regions come the most specific first; in each, whatever the next wider regions would answer
 * anyway is left out.
 */
final class RoutePlan {
    private final Entry entry;
    private final Set<PathPattern> blocked;
    private final List<PathPattern> refusals;

    private RoutePlan(Entry entry, Set<PathPattern> blocked, List<PathPattern> refusals) {
        this.entry = entry;
        this.blocked = blocked;
        this.refusals = refusals;
    }

    /**
     * One step: what happens to requests for some paths that no step before it has taken.
     *
     * @param path which paths
     * @param route which of them, and where they go; null refuses all of them
     * @param rewrite what changes the path; null for nothing
     */
    record Step(
            PathPattern path,
            @Nullable Route route,
            @Nullable Rewrite rewrite) {
        /** Whether nothing is left for later steps. */
        boolean isLast() {
            return route == null
                    || route.match().isEndpointOnly()
                            && route.match().endpoint().methods().isEmpty();
        }

        private boolean doesLike(Step other) {
            return Objects.equals(route, other.route) && Objects.equals(rewrite, other.rewrite);
        }
    }

    /**
     * Plans the routes of an exposed host.
     *
     * @throws IllegalArgumentException if its patterns overlap in too many ways
     */
    static List<Step> of(Entry entry, @Nullable AccessPlan access) {
        Set<PathPattern> blocked = access == null ? Set.of() : access.blocked();
        List<PathPattern> refusals = access == null || blocked.isEmpty() ? List.of() : access.patterns();
        return new RoutePlan(entry, blocked, refusals).steps();
    }

    private List<Step> steps() {
        Set<PathPattern> patterns = new LinkedHashSet<>(refusals);
        entry.routes().forEach(route -> patterns.add(route.match().endpoint().path()));
        entry.rewrites().forEach(rewrite -> patterns.add(rewrite.from()));
        List<PathPattern> regions = Regions.of(patterns);
        List<Step> steps = new ArrayList<>();
        for (int i = regions.size() - 1; i >= 0; i--) {
            PathPattern region = regions.get(i);
            List<Step> all = all(region);
            List<Step> otherwise = firstOnes(
                    steps.stream().filter(step -> step.path().covers(region)).toList());
            steps.addAll(0, all.subList(0, kept(all, otherwise)));
        }
        return steps;
    }

    private List<Step> all(PathPattern region) {
        if (isBlocked(region)) {
            return List.of(new Step(region, null, null));
        }
        Rewrite rewrite = Rewriting.governing(entry.rewrites(), region);
        List<Step> all = new ArrayList<>();
        MethodSet taken = MethodSet.NONE;
        for (Route route : entry.routes()) {
            MethodSet methods = MethodSet.of(route.match().endpoint());
            boolean here = route.match().endpoint().path().covers(region);
            if (here && !methods.minus(taken).isEmpty()) {
                all.add(new Step(region, route, route.answer() == null ? rewrite : null));
                taken = route.match().isEndpointOnly() ? taken.union(methods) : taken;
            }
        }
        return firstOnes(all);
    }

    /** Whether one of the narrowest patterns around the region is blocked; where there are several, all ask for the same. */
    private boolean isBlocked(PathPattern region) {
        List<PathPattern> around =
                refusals.stream().filter(pattern -> pattern.covers(region)).toList();
        return around.stream()
                .filter(one -> around.stream().noneMatch(other -> !other.equals(one) && one.covers(other)))
                .anyMatch(blocked::contains);
    }

    private static List<Step> firstOnes(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).isLast()) {
                return steps.subList(0, i + 1);
            }
        }
        return steps;
    }

    /** How many of a region's steps are needed, if what comes afterwards would do the rest. */
    private static int kept(List<Step> all, List<Step> otherwise) {
        for (int kept = 0; kept < all.size(); kept++) {
            List<Step> rest = all.subList(kept, all.size());
            boolean same = rest.size() == otherwise.size();
            for (int i = 0; i < rest.size() && same; i++) {
                same = Objects.requireNonNull(rest.get(i)).doesLike(otherwise.get(i));
            }
            if (same) {
                return kept;
            }
        }
        return all.size();
    }
}
