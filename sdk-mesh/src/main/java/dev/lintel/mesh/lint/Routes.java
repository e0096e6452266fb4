package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;

/** What rules ask of VirtualServices. */
final class Routes {
    static final String MESH = "mesh";

    private Routes() {}

    static List<Part> http(Manifest routes) {
        return Part.of(routes).get("http").items();
    }

    /** All places to which calls go, copies too. */
    static List<Part> destinations(Manifest routes) {
        List<Part> all = new ArrayList<>();
        for (String protocol : List.of("http", "tls", "tcp")) {
            List<Part> rules = Part.of(routes).get(protocol).items();
            for (Part route : Part.items(rules, "route")) {
                all.add(route.get("destination"));
            }
            for (Part rule : rules) {
                Part mirror = rule.get("mirror");
                if (mirror.isThere()) {
                    all.add(mirror);
                }
            }
            for (Part mirror : Part.items(rules, "mirrors")) {
                all.add(mirror.get("destination"));
            }
        }
        return all;
    }

    /** Gateways in full, {@code mesh} where none is said. */
    static List<String> gateways(Manifest routes) {
        List<String> said = Part.of(routes).get("gateways").texts();
        if (said.isEmpty()) {
            return List.of(MESH);
        }
        return said.stream().map(name -> full(name, routes)).toList();
    }

    static String full(String gateway, Manifest routes) {
        return gateway.equals(MESH) || gateway.indexOf('/') >= 0 ? gateway : routes.namespace() + "/" + gateway;
    }

    static List<String> hosts(Manifest routes) {
        return Part.of(routes).get("hosts").texts().stream()
                .map(host -> Scene.host(host, routes.namespace()))
                .toList();
    }

    static String host(Part destination, Manifest routes) {
        return Scene.host(destination.get("host").text(), routes.namespace());
    }
}
