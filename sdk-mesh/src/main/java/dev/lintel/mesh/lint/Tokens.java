package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tokens that are checked where they are shown, and not needed. */
final class Tokens implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        Map<String, List<Scope>> asking = new LinkedHashMap<>();
        scene.all(Scene.AUTHORIZATION).stream()
                .filter(Tokens::needs)
                .map(scene::scope)
                .forEach(scope -> asking.computeIfAbsent(scope.namespace(), n -> new ArrayList<>())
                        .add(scope));
        for (Manifest tokens : scene.all(Scene.AUTHENTICATION)) {
            Scope scope = scene.scope(tokens);
            List<Part> rules = Part.of(tokens).get("jwtRules").items();
            boolean needed = near(scope, asking, scene.root()).anyMatch(one -> one.meets(scope, scene));
            if (!rules.isEmpty() && !needed) {
                report.add(
                        LintCode.TOKEN_NOT_NEEDED,
                        tokens,
                        "spec.jwtRules",
                        "refuses bad tokens, but no AuthorizationPolicy for these workloads asks for one: requests without a"
                                + " token pass",
                        "add an ALLOW with requestPrincipals");
            }
            for (Part rule : rules) {
                long places = List.of("fromHeaders", "fromParams", "fromCookies").stream()
                        .mapToLong(place -> rule.get(place).items().size())
                        .sum();
                if (places > 1) {
                    report.add(
                            LintCode.TOKEN_PLACES,
                            tokens,
                            rule.path(),
                            "takes tokens from " + places
                                    + " places: with two in one request it is open which one counts",
                            "take them from one place");
                }
            }
        }
    }

    /** Only what is in the same namespace or in the root one can be for the same workloads. */
    private static Stream<Scope> near(Scope scope, Map<String, List<Scope>> all, String root) {
        return scope.isInRoot()
                ? all.values().stream().flatMap(List::stream)
                : Stream.of(scope.namespace(), root)
                        .flatMap(namespace -> all.getOrDefault(namespace, List.of()).stream());
    }

    private static boolean needs(Manifest policy) {
        boolean deny = Policies.action(policy).equals("DENY");
        return Policies.rules(policy).stream().anyMatch(rule -> deny ? deniesWithout(rule) : asks(rule));
    }

    private static boolean asks(Part rule) {
        return Policies.sources(rule).stream()
                        .anyMatch(source -> source.get("requestPrincipals").isThere())
                || rule.get("when").items().stream()
                        .anyMatch(when -> when.get("key").text().startsWith("request.auth.")
                                && when.get("values").isThere());
    }

    private static boolean deniesWithout(Part rule) {
        return Policies.sources(rule).stream()
                .anyMatch(source -> source.get("notRequestPrincipals").isThere());
    }
}
