package dev.lintel.mesh.istio;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Rewrite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked at which paths, as the destination sees them: behind the rewrites, and without any order, because an
 * AuthorizationPolicy has none. Every region is carved out of the wider ones, so that no two speak about one request.
 *
 * @param areas what is allowed where, the widest first
 * @param blocked regions that are refused entirely, but whose paths the destination could not tell from allowed ones
 *     once they are rewritten; the gateway refuses them
 * @param patterns all patterns in terms of which {@code blocked} is said
 * @param clashes pairs of regions that become one by rewriting, although different things are asked there
 */
record AccessPlan(List<Area> areas, Set<PathPattern> blocked, List<PathPattern> patterns, List<Clash> clashes) {
    /**
     * A region and what is asked there.
     *
     * @param path as the client says it
     * @param rewrite what changes it on the way; null for nothing
     * @param asked methods by requirement; what is not listed is refused
     * @param carved narrower regions at which something else is asked, as the destination sees them
     * @param absorbed whether a wider region that asks for the same speaks about this one as well
     */
    record Area(
            PathPattern path,
            @Nullable Rewrite rewrite,
            Map<Requirement, MethodSet> asked,
            List<PathPattern> carved,
            boolean absorbed) {
        PathPattern seen() {
            return Rewriting.image(rewrite, path);
        }
    }

    /** Whether anything is asked at the workload of an API: access, or who calls. */
    static boolean isNeeded(ApiModel api) {
        return api.entry().access().isRestricted() || CallerPlan.asks(api);
    }

    /** Whether it is asked there; in front of a service elsewhere there is no workload, and the gateway asks. */
    static boolean isAtWorkload(ApiModel api) {
        return isNeeded(api) && api.service().traffic().elsewhere() == null;
    }

    /** Two regions that the destination cannot tell apart. */
    record Clash(Area one, Area other) {}

    /**
     * Plans the access of an API.
     *
     * @throws IllegalArgumentException if its patterns overlap in too many ways
     */
    static AccessPlan of(ApiModel api) {
        Access access = api.entry().access();
        List<AccessRule> rules = access.isRestricted()
                ? access.rules()
                : List.of(new AccessRule(Endpoint.any(), Requirement.PUBLIC, api.origin()));
        List<Rewrite> rewrites = api.entry().rewrites();
        Set<PathPattern> patterns = new LinkedHashSet<>();
        rules.forEach(rule -> patterns.add(rule.endpoint().path()));
        if (!rewrites.isEmpty()) {
            rewrites.forEach(rewrite -> patterns.add(rewrite.from()));
            patterns.add(PathPattern.ANY);
        }
        Map<PathPattern, Map<Requirement, MethodSet>> asked = new LinkedHashMap<>();
        Regions.of(patterns).forEach(region -> asked.put(region, asked(rules, region)));
        return of(asked, rewrites);
    }

    /**
     * Plans what is asked in front of all rewrites, at every path of a host.
     *
     * @param rules what an API asks for
     * @param own which paths of the host are the API's; empty for all of them
     * @param others which are those of others, at which nothing is asked
     * @throws IllegalArgumentException if the patterns overlap in too many ways
     */
    static AccessPlan atGateway(List<AccessRule> rules, List<PathPattern> own, List<PathPattern> others) {
        List<PathPattern> claims = new ArrayList<>(own);
        claims.addAll(others);
        claims.sort(Precedence.ofPaths());
        Set<PathPattern> patterns = new LinkedHashSet<>(claims);
        patterns.add(PathPattern.ANY);
        rules.forEach(rule -> patterns.add(rule.endpoint().path()));
        Map<PathPattern, Map<Requirement, MethodSet>> asked = new LinkedHashMap<>();
        for (PathPattern region : Regions.of(patterns)) {
            boolean mine = own.isEmpty()
                    || claims.stream()
                            .filter(claim -> claim.covers(region))
                            .findFirst()
                            .filter(own::contains)
                            .isPresent();
            asked.put(region, mine ? asked(rules, region) : Map.of(Requirement.PUBLIC, MethodSet.ALL));
        }
        return of(asked, List.of());
    }

    /** By region, the most specific first, closed under intersection. */
    private static AccessPlan of(Map<PathPattern, Map<Requirement, MethodSet>> asked, List<Rewrite> rewrites) {
        List<PathPattern> regions = List.copyOf(asked.keySet());
        List<PathPattern> needed = Partition.needed(regions, (one, other) -> alike(one, other, asked, rewrites));
        List<Area> areas = new ArrayList<>();
        for (PathPattern region : needed) {
            Rewrite rewrite = Rewriting.governing(rewrites, region);
            List<PathPattern> others = others(region, needed, asked, rewrites);
            List<PathPattern> carved = Partition.widest(others).stream()
                    .map(narrow -> Rewriting.image(rewrite, narrow))
                    .toList();
            boolean absorbed = needed.stream()
                    .filter(wide -> Partition.isNarrower(region, wide) && alike(wide, region, asked, rewrites))
                    .anyMatch(wide ->
                            others(wide, needed, asked, rewrites).stream().noneMatch(other -> other.covers(region)));
            areas.add(0, new Area(region, rewrite, asked.getOrDefault(region, Map.of()), carved, absorbed));
        }
        Set<PathPattern> blocked = new LinkedHashSet<>();
        List<Clash> clashes = clashes(areas, blocked);
        return new AccessPlan(areas, blocked, needed, clashes);
    }

    /** What is asked at a region: the rules that cover it, in their order, each for the methods left to it. */
    static Map<Requirement, MethodSet> asked(List<AccessRule> rules, PathPattern region) {
        Map<Requirement, MethodSet> asked = new LinkedHashMap<>();
        MethodSet left = MethodSet.ALL;
        for (AccessRule rule : rules) {
            if (!rule.endpoint().path().covers(region)) {
                continue;
            }
            MethodSet taken = left.intersect(MethodSet.of(rule.endpoint()));
            left = left.minus(taken);
            if (!taken.isEmpty() && !(rule.requirement() instanceof Requirement.Denied)) {
                asked.merge(rule.requirement(), taken, MethodSet::union);
            }
        }
        return asked;
    }

    /** Whether two regions ask for the same and are rewritten alike. */
    private static boolean alike(
            PathPattern one,
            PathPattern other,
            Map<PathPattern, Map<Requirement, MethodSet>> asked,
            List<Rewrite> rewrites) {
        return asked.getOrDefault(one, Map.of()).equals(asked.getOrDefault(other, Map.of()))
                && Objects.equals(Rewriting.governing(rewrites, one), Rewriting.governing(rewrites, other));
    }

    /** The regions inside a region that are not like it. */
    private static List<PathPattern> others(
            PathPattern region,
            List<PathPattern> all,
            Map<PathPattern, Map<Requirement, MethodSet>> asked,
            List<Rewrite> rewrites) {
        return all.stream()
                .filter(other -> Partition.isNarrower(other, region) && !alike(other, region, asked, rewrites))
                .toList();
    }

    private static List<Clash> clashes(List<Area> areas, Set<PathPattern> blocked) {
        List<Clash> clashes = new ArrayList<>();
        for (int i = 0; i < areas.size(); i++) {
            for (int j = 0; j < i; j++) {
                Area one = areas.get(j);
                Area other = areas.get(i);
                if (one.asked().equals(other.asked()) || !meet(one, other)) {
                    continue;
                }
                if (one.asked().isEmpty()) {
                    blocked.add(one.path());
                } else if (other.asked().isEmpty()) {
                    blocked.add(other.path());
                } else {
                    clashes.add(new Clash(one, other));
                }
            }
        }
        return clashes;
    }

    private static boolean meet(Area one, Area other) {
        return one.seen()
                .intersect(other.seen())
                .filter(common -> one.carved().stream().noneMatch(carved -> carved.covers(common))
                        && other.carved().stream().noneMatch(carved -> carved.covers(common)))
                .isPresent();
    }
}
