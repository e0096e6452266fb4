package dev.lintel.mesh.istio;

import dev.lintel.core.Peer;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Who may call what, as the workload sees its paths and without any order, because an AuthorizationPolicy has none.
 *
 * @param inside who inside may call by which methods, nobody named standing for everybody; the widest region first
 * @param entering the methods by which those may call who enter by the host; the widest region first
 */
record CallerPlan(List<Cut<Map<List<Peer>, MethodSet>>> inside, List<Cut<MethodSet>> entering) {
    /**
     * A region and what holds there.
     *
     * @param path which paths
     * @param value what holds for them
     * @param carved narrower regions in which something else holds
     * @param absorbed whether a wider region speaks about this one as well
     */
    record Cut<V>(PathPattern path, V value, List<PathPattern> carved, boolean absorbed) {}

    /** Everybody may call everything. */
    static final CallerPlan OPEN = new CallerPlan(
            List.of(new Cut<>(PathPattern.ANY, Map.of(List.of(), MethodSet.ALL), List.of(), false)),
            List.of(new Cut<>(PathPattern.ANY, MethodSet.ALL, List.of(), false)));

    /** Whether anybody is kept out by caller rules. */
    static boolean asks(ApiModel api) {
        return api.service().callers().stream().anyMatch(rule -> !rule.everybody());
    }

    /**
     * Plans the caller rules of an API.
     *
     * @throws IllegalArgumentException if its patterns overlap in too many ways
     */
    static CallerPlan of(ApiModel api) {
        if (!asks(api)) {
            return OPEN;
        }
        List<CallerRule> rules = api.service().callers();
        Set<PathPattern> patterns = new LinkedHashSet<>();
        rules.forEach(rule -> patterns.add(rule.endpoint().path()));
        patterns.add(PathPattern.ANY);
        List<PathPattern> regions = Regions.of(patterns);
        return new CallerPlan(
                cuts(regions, region -> inside(rules, region)), cuts(regions, region -> entering(rules, region)));
    }

    private static Map<List<Peer>, MethodSet> inside(List<CallerRule> rules, PathPattern region) {
        Map<List<Peer>, MethodSet> lets = new LinkedHashMap<>();
        MethodSet left = MethodSet.ALL;
        for (CallerRule rule : rules) {
            if (rule.endpoint().path().covers(region)) {
                MethodSet taken = left.intersect(MethodSet.of(rule.endpoint()));
                left = left.minus(taken);
                if (!taken.isEmpty()) {
                    lets.merge(rule.anyOf(), taken, MethodSet::union);
                }
            }
        }
        if (!left.isEmpty()) {
            lets.merge(List.of(), left, MethodSet::union);
        }
        return lets;
    }

    private static MethodSet entering(List<CallerRule> rules, PathPattern region) {
        MethodSet lets = MethodSet.NONE;
        MethodSet left = MethodSet.ALL;
        for (CallerRule rule : rules) {
            if (rule.endpoint().path().covers(region)) {
                MethodSet taken = left.intersect(MethodSet.of(rule.endpoint()));
                left = left.minus(taken);
                lets = rule.entering() ? lets.union(taken) : lets;
            }
        }
        return lets.union(left);
    }

    private static <V> List<Cut<V>> cuts(List<PathPattern> regions, Function<PathPattern, V> value) {
        List<PathPattern> needed =
                Partition.needed(regions, (one, other) -> value.apply(one).equals(value.apply(other)));
        List<Cut<V>> cuts = new ArrayList<>();
        for (PathPattern region : needed) {
            V here = value.apply(region);
            List<PathPattern> others = others(region, needed, value);
            boolean absorbed = needed.stream()
                    .filter(wide -> Partition.isNarrower(region, wide)
                            && value.apply(wide).equals(here))
                    .anyMatch(wide -> others(wide, needed, value).stream().noneMatch(other -> other.covers(region)));
            cuts.add(0, new Cut<>(region, here, Partition.widest(others), absorbed));
        }
        return cuts;
    }

    private static <V> List<PathPattern> others(
            PathPattern region, List<PathPattern> all, Function<PathPattern, V> value) {
        return all.stream()
                .filter(other -> Partition.isNarrower(other, region)
                        && !value.apply(other).equals(value.apply(region)))
                .toList();
    }

    /** A narrower region that is closed to somebody whom a wider one lets in; empty if there is none. */
    List<PathPattern> closed() {
        List<PathPattern> closed = new ArrayList<>();
        for (Cut<Map<List<Peer>, MethodSet>> wide : inside) {
            closed.addAll(wide.carved());
        }
        entering.forEach(wide -> closed.addAll(wide.carved()));
        return closed.stream().distinct().toList();
    }
}
