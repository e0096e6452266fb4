package dev.lintel.mesh.kyma;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Access as rules that mean under the controller's own algorithm what they say: the narrowest path first, all rules of
 * one path together, and methods split until each rule takes out of its paths just what others speak about.
 *
 * @param rules in their order, without backend
 * @param denials what must be refused beside them
 */
record RulePlan(List<Planned> rules, List<Denial> denials) {
    /** Paths, methods and what is asked there. */
    record Planned(RulePath path, List<String> methods, Requirement requirement) {}

    /** What is asked at a path, by method; a method that is missing is refused. */
    private record Asked(RulePath path, Map<String, Requirement> byMethod) {
        boolean allows(String method) {
            return byMethod.containsKey(method);
        }
    }

    /** Keeps the lists unchangeable. */
    RulePlan {
        rules = List.copyOf(rules);
        denials = List.copyOf(denials);
    }

    /**
     * Plans the access of an API.
     *
     * @throws IllegalArgumentException if its patterns overlap in too many ways
     */
    static RulePlan of(Access access) {
        if (!access.isRestricted()) {
            return new RulePlan(List.of(new Planned(RulePath.ALL, Methods.ALL, Requirement.PUBLIC)), List.of());
        }
        List<Asked> all = paths(access.rules());
        List<Planned> rules = new ArrayList<>();
        List<Denial> denials = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Asked one = all.get(i);
            List<Asked> earlier = meeting(all.subList(0, i), one);
            List<Asked> later = meeting(all.subList(i + 1, all.size()), one);
            Map<List<Object>, List<String>> allowed = new LinkedHashMap<>();
            Map<List<RulePath>, List<String>> denied = new LinkedHashMap<>();
            for (String method : Methods.ALL) {
                Requirement requirement = one.byMethod().get(method);
                List<RulePath> open = earlier.stream()
                        .filter(other -> other.allows(method))
                        .map(Asked::path)
                        .toList();
                if (requirement != null) {
                    // Methods that meet other earlier rules would have other paths taken out.
                    allowed.computeIfAbsent(List.of(requirement, open), key -> new ArrayList<>())
                            .add(method);
                } else if (later.stream().anyMatch(other -> other.allows(method))) {
                    denied.computeIfAbsent(open, key -> new ArrayList<>()).add(method);
                }
            }
            allowed.forEach((key, methods) ->
                    rules.add(new Planned(one.path(), methods, (Requirement) Objects.requireNonNull(key.get(0)))));
            denied.forEach((open, methods) -> denials.add(new Denial(one.path(), open, methods)));
        }
        return new RulePlan(rules, denials);
    }

    private static List<Asked> meeting(List<Asked> some, Asked one) {
        return some.stream().filter(other -> other.path().meets(one.path())).toList();
    }

    private static List<Asked> paths(List<AccessRule> rules) {
        Set<PathPattern> patterns = new LinkedHashSet<>();
        rules.forEach(rule -> patterns.add(rule.endpoint().path()));
        List<PathPattern> regions = Regions.of(patterns);
        Map<PathPattern, Map<String, Requirement>> asked = new LinkedHashMap<>();
        regions.forEach(region -> asked.put(region, asked(rules, region)));
        List<PathPattern> needed = needed(regions, (one, other) -> Objects.equals(asked.get(one), asked.get(other)));
        Map<RulePath, Asked> paths = new LinkedHashMap<>();
        for (PathPattern region : needed) {
            RulePath.of(region)
                    .forEach(path ->
                            paths.putIfAbsent(path, new Asked(path, Objects.requireNonNull(asked.get(region)))));
        }
        expand(paths);
        return paths.values().stream()
                .sorted((one, other) -> RulePath.NARROW_FIRST.compare(one.path(), other.path()))
                .toList();
    }

    /**
     * Says a path that ends with anything by several, where the controller would do wrong: it never takes {@code /} out of
     * {@code /*}, and refuses {@code /a/{**}} beside {@code /a/{*}}.
     */
    private static void expand(Map<RulePath, Asked> paths) {
        for (RulePath path = expandable(paths.keySet()); path != null; path = expandable(paths.keySet())) {
            Map<String, Requirement> asked =
                    Objects.requireNonNull(paths.remove(path)).byMethod();
            path.expanded().forEach(part -> paths.putIfAbsent(part, new Asked(part, asked)));
        }
    }

    private static @Nullable RulePath expandable(Set<RulePath> paths) {
        return paths.stream()
                .filter(RulePath::isSubtree)
                .filter(path -> path.equals(RulePath.ALL) && paths.contains(RulePath.ROOT)
                        || paths.stream().anyMatch(other -> !other.isSubtree() && other.shadows(path)))
                .findFirst()
                .orElse(null);
    }

    private static Map<String, Requirement> asked(List<AccessRule> rules, PathPattern region) {
        Map<String, Requirement> asked = new LinkedHashMap<>();
        for (String method : Methods.ALL) {
            rules.stream()
                    .filter(rule -> rule.endpoint().path().covers(region)
                            && rule.endpoint().allows(method))
                    .findFirst()
                    .filter(rule -> !(rule.requirement() instanceof Requirement.Denied))
                    .ifPresent(rule -> asked.put(method, simple(rule.requirement())));
        }
        return asked;
    }

    private static Requirement simple(Requirement requirement) {
        return requirement instanceof Requirement.Token token ? Controller.any(token.anyOf()) : requirement;
    }

    /** Without the regions at which nothing changes: those that are like all the next wider ones. */
    static List<PathPattern> needed(List<PathPattern> regions, BiPredicate<PathPattern, PathPattern> alike) {
        List<PathPattern> needed = new ArrayList<>(regions);
        for (PathPattern region : regions) {
            List<PathPattern> wider = needed.stream()
                    .filter(other -> !other.equals(region) && other.covers(region))
                    .toList();
            List<PathPattern> next = wider.stream()
                    .filter(one -> wider.stream().noneMatch(other -> !other.equals(one) && one.covers(other)))
                    .toList();
            if (!next.isEmpty() && next.stream().allMatch(parent -> alike.test(parent, region))) {
                needed.remove(region);
            }
        }
        return needed;
    }
}
