package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which requests objects are about: the hosts of the routes of their API, or of their namespace if they are of none. */
final class GapNames {
    /** So many are told to people. */
    private static final int TOLD = 3;

    private final Map<List<String>, Set<String>> byApi = new HashMap<>();
    private final Map<String, Set<String>> byNamespace = new HashMap<>();

    GapNames(Collection<Passage> passages) {
        for (Passage passage : passages) {
            for (Manifest side : passage.sides()) {
                Set<String> hosts = hosts(side);
                @Nullable String api = side.labels().get(Manifest.API);
                if (api != null) {
                    hosts.add(api + "." + side.namespace());
                    byApi.computeIfAbsent(List.of(side.namespace(), api), key -> new TreeSet<>())
                            .addAll(hosts);
                }
                Guests.of(side)
                        .forEach(
                                guest -> byApi.computeIfAbsent(List.of(side.namespace(), guest), key -> new TreeSet<>())
                                        .addAll(hosts));
                byNamespace
                        .computeIfAbsent(side.namespace(), key -> new TreeSet<>())
                        .addAll(hosts);
            }
        }
    }

    /** What may be asked for of what an object is about. */
    Set<String> of(Manifest object) {
        @Nullable String api = object.labels().get(Manifest.API);
        return api == null
                ? byNamespace.getOrDefault(object.namespace(), Set.of())
                : byApi.getOrDefault(List.of(object.namespace(), api), Set.of());
    }

    /** The hosts of routes, on both sides. */
    static Set<String> hosts(Collection<Passage> routes) {
        Set<String> hosts = new TreeSet<>();
        routes.forEach(route -> route.sides().forEach(side -> hosts.addAll(hosts(side))));
        return hosts;
    }

    private static Set<String> hosts(Manifest object) {
        Set<String> hosts = new TreeSet<>();
        Leads.hosts(object).forEach(host -> hosts.add(host.substring(host.indexOf(' ') + 1)));
        return hosts;
    }

    /** Some of the names, for people; empty if there are none. */
    static String told(Set<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String some = names.stream().limit(TOLD).collect(Collectors.joining(", ", " to ", ""));
        return names.size() > TOLD ? some + " and " + (names.size() - TOLD) + " more" : some;
    }
}
