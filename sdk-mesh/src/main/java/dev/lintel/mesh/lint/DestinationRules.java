package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** DestinationRules by the hosts that they speak about, so that not all of them are looked at for each destination. */
final class DestinationRules {
    private final Map<String, List<Manifest>> named = new LinkedHashMap<>();
    private final List<Manifest> wide = new ArrayList<>();

    DestinationRules(Scene scene) {
        for (Manifest rule : scene.all(Scene.DESTINATION_RULE)) {
            String host = host(rule);
            if (host.startsWith("*")) {
                wide.add(rule);
            } else {
                named.computeIfAbsent(host, h -> new ArrayList<>()).add(rule);
            }
        }
    }

    /** Those that speak about a full host. */
    List<Manifest> of(String host) {
        List<Manifest> rules = new ArrayList<>(named.getOrDefault(host, List.of()));
        wide.stream().filter(rule -> HostNames.covers(host(rule), host)).forEach(rules::add);
        return rules;
    }

    static String host(Manifest rule) {
        return Scene.host(Part.of(rule).get("host").text(), rule.namespace());
    }
}
