package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Rules that are never reached, matches that are there twice, destinations that are there twice. */
final class Matches implements Rule {
    private static final String ORDER = "rules are asked from first to last: put the narrow one first, or leave it out";

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest routes : scene.all(Scene.VIRTUAL_SERVICE)) {
            matches(routes, report);
            for (Part rule : Routes.http(routes)) {
                destinations(routes, rule, report);
            }
        }
    }

    private static void matches(Manifest routes, Report report) {
        Map<Object, Part> seen = new HashMap<>();
        Part all = null;
        for (Part rule : Routes.http(routes)) {
            List<Part> matches = rule.get("match").items();
            if (all != null) {
                report.add(
                        LintCode.UNREACHABLE_RULE,
                        routes,
                        rule.path(),
                        "is never reached: " + all.path() + " takes every request before",
                        ORDER);
                continue;
            }
            long old = matches.stream()
                    .filter(match -> seen.containsKey(key(match)))
                    .count();
            if (old > 0 && old == matches.size()) {
                report.add(
                        LintCode.UNREACHABLE_RULE,
                        routes,
                        rule.path(),
                        "is never reached: all its matches are in "
                                + Objects.requireNonNull(seen.get(key(matches.get(0))))
                                        .path() + " already",
                        ORDER);
            } else {
                for (Part match : matches) {
                    Part before = seen.get(key(match));
                    if (before != null) {
                        report.add(
                                LintCode.DUPLICATE_MATCH,
                                routes,
                                match.path(),
                                "is the same as " + before.path() + ", which comes first",
                                ORDER);
                    }
                }
            }
            matches.forEach(match -> seen.putIfAbsent(key(match), match));
            if (matches.isEmpty() || matches.stream().anyMatch(Matches::takesAll)) {
                all = rule;
            }
        }
    }

    /** The name of a match and its statistics tell nothing about requests. */
    private static Object key(Part match) {
        if (!(match.value() instanceof Map<?, ?> map)) {
            return "";
        }
        Map<Object, Object> key = new HashMap<>(map);
        key.keySet().removeAll(Set.of("name", "statPrefix"));
        return key;
    }

    private static boolean takesAll(Part match) {
        TreeSet<String> keys = new TreeSet<>(match.keys());
        keys.removeAll(Set.of("name", "statPrefix"));
        return keys.isEmpty()
                || keys.equals(Set.of("uri"))
                        && match.get("uri", "prefix").text().equals("/");
    }

    private static void destinations(Manifest routes, Part rule, Report report) {
        Set<String> seen = new TreeSet<>();
        for (Part route : rule.get("route").items()) {
            Part to = route.get("destination");
            String name = Routes.host(to, routes) + " " + to.get("subset").text() + " "
                    + to.get("port", "number").text();
            if (!seen.add(name)) {
                report.add(
                        LintCode.DUPLICATE_DESTINATION,
                        routes,
                        to.path(),
                        "'" + name.strip() + "' is a destination of this rule already",
                        "add the two weights");
            }
        }
    }
}
