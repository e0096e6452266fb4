package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Routes at gateways that are not there, and hosts that are not at the gateway. */
final class UnknownGateways implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        Map<String, Set<String>> servedTo = new HashMap<>();
        for (Manifest routes : scene.all(Scene.VIRTUAL_SERVICE)) {
            for (Part said : Part.of(routes).get("gateways").items()) {
                String gateway = Routes.full(said.text(), routes);
                if (gateway.equals(Routes.MESH) || gateway.indexOf('/') < 0) {
                    continue;
                }
                String namespace = HostNames.namespace(gateway);
                String name = HostNames.host(gateway);
                if (!scene.knows(Scene.GATEWAY, namespace)) {
                    continue;
                }
                List<Manifest> found = scene.all(Scene.GATEWAY, namespace).stream()
                        .filter(one -> one.name().equals(name))
                        .toList();
                if (found.isEmpty()) {
                    report.add(
                            LintCode.UNKNOWN_GATEWAY,
                            routes,
                            said.path(),
                            "there is no Gateway '" + gateway + "': requests from outside are answered 404",
                            "name one of " + names(scene, namespace));
                }
                found.forEach(one -> hosts(routes, one, servedTo, report));
            }
        }
    }

    private static List<String> names(Scene scene, String namespace) {
        return scene.all(Scene.GATEWAY, namespace).stream()
                .map(one -> one.namespace() + "/" + one.name())
                .toList();
    }

    /** The hosts that a gateway serves for a namespace. */
    private static Set<String> served(Manifest gateway, String namespace) {
        return Part.items(Part.of(gateway).get("servers").items(), "hosts").stream()
                .map(Part::text)
                .filter(bound -> serves(bound, namespace, gateway))
                .map(HostNames::host)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void hosts(Manifest routes, Manifest gateway, Map<String, Set<String>> servedTo, Report report) {
        // Many routes of one namespace are bound to one gateway.
        Set<String> served = servedTo.computeIfAbsent(
                gateway.id() + " " + routes.namespace(), key -> served(gateway, routes.namespace()));
        List<String> missing = new ArrayList<>(Part.of(routes).get("hosts").texts());
        missing.removeIf(host -> served.contains(host) || served.stream().anyMatch(one -> HostNames.meet(one, host)));
        boolean meshToo = Routes.gateways(routes).contains(Routes.MESH);
        // With the mesh beside the gateway, hosts inside need not be at the gateway.
        missing.removeIf(host -> meshToo
                && !Scene.namespace(Scene.host(host, routes.namespace())).isEmpty());
        if (!missing.isEmpty()) {
            report.add(
                    LintCode.HOST_NOT_ON_GATEWAY,
                    routes,
                    "spec.hosts",
                    missing + " is not served for this namespace by Gateway " + gateway.namespace() + "/"
                            + gateway.name(),
                    "add the host to the Gateway's servers, or leave it out");
        }
    }

    private static boolean serves(String bound, String namespace, Manifest gateway) {
        String said = HostNames.namespace(bound);
        return said.equals("*")
                || said.equals(namespace)
                || said.equals(".") && gateway.namespace().equals(namespace);
    }
}
