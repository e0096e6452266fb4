package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Objects that lead requests for hosts that they share, of which more than one changes. */
final class Crowd {
    private Crowd() {}

    /** Each crowd once, with those of its objects that do not change. */
    static List<Set<Passage>> of(Collection<Passage> passages) {
        Map<String, Set<Passage>> byHost = new LinkedHashMap<>();
        for (Passage passage : passages) {
            hosts(passage)
                    .forEach(host -> byHost.computeIfAbsent(host, h -> new LinkedHashSet<>())
                            .add(passage));
        }
        List<Set<Passage>> crowds = new ArrayList<>();
        for (Set<Passage> some : byHost.values()) {
            Set<Passage> whole = new LinkedHashSet<>(some);
            crowds.removeIf(other -> other.stream().anyMatch(whole::contains) && whole.addAll(other));
            crowds.removeIf(whole::containsAll);
            crowds.add(whole);
        }
        crowds.removeIf(crowd -> crowd.stream().filter(Passage::isChanged).count() < 2);
        return crowds;
    }

    private static Set<String> hosts(Passage passage) {
        Set<String> hosts = new LinkedHashSet<>();
        for (Manifest each : passage.sides()) {
            if (!each.kind().equals("VirtualService")) {
                hosts.addAll(Leads.hosts(each));
            }
        }
        return hosts;
    }
}
