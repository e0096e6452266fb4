package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The APIs of a host that they share, whose route belongs to none of them: each part of it says whose it is.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest">Istio, Virtual
 *     Service: HTTPMatchRequest</a>
 */
final class Guests {
    private static final String EXACT = "exact";
    private static final String PREFIX = "prefix";

    private Guests() {}

    /** Their names; none for a route of one API. */
    static Set<String> of(Manifest route) {
        return paths(route).keySet();
    }

    /** Those of which some paths may be another one's afterwards, and those who may get them. */
    static Set<String> moved(Passage route) {
        Set<String> moved = new TreeSet<>();
        if (route.sides().size() < 2) {
            return moved;
        }
        Map<String, Set<Map<String, Object>>> before = paths(route.sides().get(0));
        Map<String, Set<Map<String, Object>>> after = paths(route.sides().get(1));
        before.forEach((loser, old) -> after.forEach((winner, own) -> {
            Set<Map<String, Object>> kept = after.getOrDefault(loser, Set.of());
            Set<Map<String, Object>> had = before.getOrDefault(winner, Set.of());
            boolean goes = old.stream()
                    .anyMatch(one -> own.stream()
                            .filter(other -> !kept.contains(one) || !had.contains(other))
                            .anyMatch(other -> meet(one, other)));
            if (goes && !loser.equals(winner)) {
                moved.add(loser);
                moved.add(winner);
            }
        }));
        return moved;
    }

    /** How the paths of each are matched. */
    private static Map<String, Set<Map<String, Object>>> paths(Manifest route) {
        Map<String, Set<Map<String, Object>>> paths = new LinkedHashMap<>();
        if (route.kind().equals("VirtualService") && !route.labels().containsKey(Manifest.API)) {
            for (Map<String, Object> part : SpecTree.maps(route.spec(), "http")) {
                for (String name : SpecTree.texts(part, "name")) {
                    Set<Map<String, Object>> own = paths.computeIfAbsent(name, api -> new LinkedHashSet<>());
                    SpecTree.maps(part, "match").forEach(match -> own.add(SpecTree.map(match, "uri")));
                    if (!part.containsKey("match")) {
                        own.add(Map.of());
                    }
                }
            }
        }
        return paths;
    }

    /** Whether some path may match both; of expressions it is not known. */
    private static boolean meet(Map<String, Object> one, Map<String, Object> other) {
        if (one.get(PREFIX) instanceof String some && other.get(PREFIX) instanceof String others) {
            return some.startsWith(others) || others.startsWith(some);
        }
        if (one.get(EXACT) instanceof String path) {
            return isWithin(path, other);
        }
        return !(other.get(EXACT) instanceof String path) || isWithin(path, one);
    }

    private static boolean isWithin(String path, Map<String, Object> wide) {
        if (wide.get(EXACT) instanceof String same) {
            return path.equals(same);
        }
        return !(wide.get(PREFIX) instanceof String prefix) || path.startsWith(prefix);
    }
}
