package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that go from one route to another. Two routes for one host have no order that anybody promises, so that a moment
 * without any is chosen.
 *
 * @param hosts by host, the route that it goes to
 */
record ContestedHosts(Map<String, Manifest> hosts) {
    static ContestedHosts of(Collection<Passage> passages) {
        Set<String> lost = new LinkedHashSet<>();
        List<Passage> routes =
                passages.stream().filter(each -> each.role() == Role.LEADS).toList();
        routes.forEach(each -> lost.addAll(lost(each)));
        Map<String, Manifest> hosts = new LinkedHashMap<>();
        for (Passage each : routes) {
            @Nullable Manifest after = each.after();
            if (after != null) {
                Set<String> gained = new LinkedHashSet<>(Leads.hosts(after));
                gained.retainAll(lost);
                if (each.before() != null) {
                    gained.removeAll(Leads.hosts(each.before()));
                }
                gained.forEach(host -> hosts.put(host, after));
            }
        }
        return new ContestedHosts(hosts);
    }

    private static Set<String> lost(Passage passage) {
        Set<String> lost = new LinkedHashSet<>();
        if (passage.before() != null) {
            lost.addAll(Leads.hosts(passage.before()));
        }
        if (passage.after() != null) {
            lost.removeAll(Leads.hosts(passage.after()));
        }
        return lost;
    }

    boolean isGivenUp(Passage passage) {
        return lost(passage).stream().anyMatch(hosts::containsKey);
    }
}
