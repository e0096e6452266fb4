package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Requests that are let through, if they meet what is asked.
 *
 * @param paths as an AuthorizationPolicy writes them; empty for all
 * @param notPaths of these none
 * @param methods of these one
 * @param need what is asked of the token; null for nothing
 */
record ForeignClause(
        List<String> paths,
        List<String> notPaths,
        MethodSet methods,
        @Nullable Need need) {
    static final ForeignClause ALL = new ForeignClause(List.of(), List.of(), MethodSet.ALL, null);

    /**
     * What a token must be.
     *
     * @param principals patterns of issuer and subject, all of which must hold; at least one
     * @param claims conditions of which all must hold, as {@code when} has them
     */
    record Need(Set<String> principals, List<Map<String, Object>> claims) {
        static final Need TOKEN = new Need(Set.of("*"), List.of());

        static Need of(String principal) {
            return new Need(Set.of(principal), List.of());
        }

        static Need claim(String key, List<String> anyOf) {
            return new Need(Set.of("*"), List.of(map("key", key, "values", anyOf)));
        }

        static @Nullable Need and(@Nullable Need one, @Nullable Need other) {
            if (one == null || other == null) {
                return one == null ? other : one;
            }
            Set<String> principals = new TreeSet<>(one.principals);
            principals.addAll(other.principals);
            if (principals.size() > 1) {
                principals.remove("*");
            }
            List<Map<String, Object>> claims = new ArrayList<>(one.claims);
            other.claims.stream().filter(claim -> !claims.contains(claim)).forEach(claims::add);
            return new Need(principals, claims);
        }
    }

    ForeignClause {
        paths = List.copyOf(paths);
        notPaths = List.copyOf(notPaths);
    }

    ForeignClause asking(@Nullable Need more) {
        return new ForeignClause(paths, notPaths, methods, Need.and(need, more));
    }

    boolean isNothing() {
        return methods.isEmpty() || !paths.isEmpty() && notPaths.containsAll(paths);
    }

    /** What is let through by both; null for nothing. */
    @Nullable
    ForeignClause and(ForeignClause other) {
        List<String> common = common(paths, other.paths);
        if (common.isEmpty() && !(paths.isEmpty() && other.paths.isEmpty())) {
            return null;
        }
        Set<String> not = new LinkedHashSet<>(notPaths);
        not.addAll(other.notPaths);
        ForeignClause both = new ForeignClause(
                common, List.copyOf(not), methods.intersect(other.methods), Need.and(need, other.need));
        return both.isNothing() ? null : both;
    }

    /** The same clauses; those that ask alike for each of the issuers in turn ask for any of them. */
    static List<ForeignClause> anyIssuer(List<ForeignClause> clauses, List<String> issuers) {
        Set<String> all = new TreeSet<>();
        issuers.forEach(issuer -> all.add(issuer + "/*"));
        Map<ForeignClause, Set<String>> said = new LinkedHashMap<>();
        for (ForeignClause clause : clauses) {
            Set<String> principals = clause.need == null ? Set.of() : clause.need.principals();
            boolean one = principals.size() == 1 && all.containsAll(principals);
            said.computeIfAbsent(one ? clause.ofAny() : clause, c -> new TreeSet<>())
                    .addAll(one ? principals : Set.of());
        }
        List<ForeignClause> joined = new ArrayList<>();
        for (ForeignClause clause : clauses) {
            Set<String> principals = said.getOrDefault(clause.ofAny(), Set.of());
            boolean any = clause.need != null && clause.need.principals().size() == 1 && principals.equals(all);
            ForeignClause read = any ? clause.ofAny() : clause;
            if (!joined.contains(read)) {
                joined.add(read);
            }
        }
        return joined;
    }

    private ForeignClause ofAny() {
        return need == null
                ? this
                : new ForeignClause(paths, notPaths, methods, new Need(Need.TOKEN.principals(), need.claims()));
    }

    /** What is left outside an area, and what is inside it asks for more; with null nothing is let through there. */
    List<ForeignClause> except(ForeignClause area, @Nullable Need inside) {
        List<ForeignClause> left = new ArrayList<>();
        left.add(new ForeignClause(paths, notPaths, methods.minus(area.methods), need));
        MethodSet both = methods.intersect(area.methods);
        if (!area.paths.isEmpty()) {
            Set<String> not = new LinkedHashSet<>(notPaths);
            not.addAll(area.paths);
            left.add(new ForeignClause(paths, List.copyOf(not), both, need));
        }
        if (!area.notPaths.isEmpty()) {
            List<String> spared = common(paths, area.notPaths);
            if (!spared.isEmpty()) {
                left.add(new ForeignClause(spared, notPaths, both, need));
            }
        }
        ForeignClause within = inside == null ? null : and(area);
        if (within != null) {
            left.add(within.asking(inside));
        }
        left.removeIf(ForeignClause::isNothing);
        return left;
    }

    /** Paths that are in both lists; an empty list means every path. */
    private static List<String> common(List<String> ones, List<String> others) {
        if (ones.isEmpty() || others.isEmpty()) {
            return ones.isEmpty() ? others : ones;
        }
        Set<String> common = new LinkedHashSet<>();
        for (String one : ones) {
            for (String other : others) {
                if (covers(one, other)) {
                    common.add(other);
                } else if (covers(other, one)) {
                    common.add(one);
                } else if (meet(one, other)) {
                    throw new IllegalArgumentException(
                            "paths '" + one + "' and '" + other + "' have some in common that neither says alone");
                }
            }
        }
        return List.copyOf(common);
    }

    private static boolean meet(String one, String other) {
        if (one.indexOf('{') < 0 && other.indexOf('{') < 0) {
            return false;
        }
        Optional<PathExpression> first = PathExpression.policy(one);
        Optional<PathExpression> second = PathExpression.policy(other);
        return first.isEmpty()
                || second.isEmpty()
                || first.get().atom().intersect(second.get().atom()).isPresent();
    }

    /** Whether a path or prefix means all that another one means; one with templates means what it says and no other. */
    private static boolean covers(String wide, String narrow) {
        if (wide.equals(narrow)) {
            return true;
        }
        return wide.endsWith("*") && wide.indexOf('{') < 0 && narrow.startsWith(wide.substring(0, wide.length() - 1));
    }
}
