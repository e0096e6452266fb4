package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;

/** Routes to hosts, ports and subsets that are not there. */
final class UnknownDestinations implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        DestinationRules rules = new DestinationRules(scene);
        for (Manifest routes : scene.all(Scene.VIRTUAL_SERVICE)) {
            for (Part destination : Routes.destinations(routes)) {
                String host = Routes.host(destination, routes);
                if (scene.isNobody(host)) {
                    report.add(
                            LintCode.UNKNOWN_HOST,
                            routes,
                            destination.get("host").path(),
                            "nobody serves '" + host + "': calls are answered 503",
                            "name a Service or a host of a ServiceEntry, in full where it is in another namespace");
                }
                subset(scene, rules.of(host), routes, destination, host, report);
                port(scene, routes, destination, host, report);
            }
        }
    }

    private static void subset(
            Scene scene, List<Manifest> rules, Manifest routes, Part destination, String host, Report report) {
        String subset = destination.get("subset").text();
        if (subset.isEmpty()) {
            return;
        }
        boolean known = !rules.isEmpty()
                || scene.knows(Scene.DESTINATION_RULE, routes.namespace())
                || scene.knows(Scene.DESTINATION_RULE, Scene.namespace(host));
        boolean found = rules.stream()
                .flatMap(rule -> Part.of(rule).get("subsets").items().stream())
                .anyMatch(one -> one.get("name").text().equals(subset));
        if (known && !found) {
            report.add(
                    LintCode.UNKNOWN_SUBSET,
                    routes,
                    destination.get("subset").path(),
                    "no DestinationRule for '" + host + "' has the subset '" + subset + "': calls are answered 503",
                    "add the subset first, and route to it when its workloads are ready");
        }
    }

    private static void port(Scene scene, Manifest routes, Part destination, String host, Report report) {
        for (Manifest service : scene.services(host)) {
            List<String> ports = Part.of(service).get("ports").items().stream()
                    .map(port -> port.get("port").text())
                    .toList();
            if (ports.size() > 1 && !destination.get("port", "number").isThere()) {
                report.add(
                        LintCode.PORT_NEEDED,
                        routes,
                        destination.path(),
                        "'" + host + "' has the ports " + ports + ", but none is named",
                        "say port.number");
            }
        }
    }
}
