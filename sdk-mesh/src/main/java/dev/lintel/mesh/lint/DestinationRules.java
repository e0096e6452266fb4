package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;

/** What rules ask of DestinationRules. */
final class DestinationRules {
    private DestinationRules() {}

    /** Those that speak about a full host. */
    static List<Manifest> of(Scene scene, String host) {
        return scene.all(Scene.DESTINATION_RULE).stream()
                .filter(rule -> HostNames.covers(host(rule), host))
                .toList();
    }

    static String host(Manifest rule) {
        return Scene.host(Part.of(rule).get("host").text(), rule.namespace());
    }
}
