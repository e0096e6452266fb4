package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Locale;

/** VirtualServices that Istio's webhook refuses; what is in their HTTP routes is looked at by {@link RefusedRoute}. */
final class RefusedRoutes implements Rule {
    private static final String SNI = "outbound_";

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest routes : scene.all(Scene.VIRTUAL_SERVICE)) {
            Refusal refusal = new Refusal(routes, report);
            Part spec = Part.of(routes);
            refusal.exported();
            hosts(spec, refusal);
            gateways(spec.get("gateways"), refusal);
            if (List.of("http", "tcp", "tls").stream()
                    .allMatch(kind -> spec.get(kind).isBlank())) {
                refusal.needed(spec.get("http"), "there is neither http nor tcp nor tls", "say a route");
            }
            boolean delegate = spec.get("hosts").isBlank();
            if (delegate) {
                for (String field : List.of("gateways", "tls", "tcp")) {
                    if (!spec.get(field).items().isEmpty()) {
                        refusal.apart(
                                spec.get(field),
                                "without hosts it is a delegate, which must have no " + field,
                                "say them in the VirtualService that delegates to it, or say hosts");
                    }
                }
            }
            spec.get("http").items().forEach(route -> new RefusedRoute(route, delegate, refusal).check());
            for (Part route : spec.get("tls").items()) {
                names(spec, route, refusal);
            }
            for (String kind : List.of("tls", "tcp")) {
                for (Part route : spec.get(kind).items()) {
                    subnets(route, refusal);
                    RefusedRoute.destinations(route, refusal);
                }
            }
        }
    }

    private static void hosts(Part spec, Refusal refusal) {
        List<Part> hosts = spec.get("hosts").items();
        List<String> gateways = spec.get("gateways").texts();
        boolean mesh = gateways.isEmpty() || gateways.contains(Routes.MESH);
        for (int i = 0; i < hosts.size(); i++) {
            Part host = hosts.get(i);
            String name = host.text();
            if (name.equals("*") && mesh) {
                refusal.malformed(
                        host, "host inside the mesh: a wildcard for every host is not allowed there", "name the hosts");
            } else if (!name.isEmpty() && name.indexOf(':') < 0 && !name.startsWith(SNI) && !Texts.isHost(name)) {
                refusal.malformed(host, "domain name", "say letters, digits and '-' between dots");
            }
            for (Part other : hosts.subList(i + 1, hosts.size())) {
                if (HostNames.meet(lower(name), lower(other.text()))) {
                    refusal.tell(
                            LintCode.SAID_TWICE,
                            other,
                            "the hosts '" + name + "' and '" + other.text() + "' are duplicates",
                            "keep the wider one, or write two objects");
                }
            }
        }
    }

    private static String lower(String host) {
        return host.toLowerCase(Locale.ROOT);
    }

    private static void gateways(Part gateways, Refusal refusal) {
        for (Part gateway : gateways.items()) {
            String[] parts = gateway.text().split("/", 2);
            if (parts.length == 2 && !(Texts.isLabel(parts[0]) && Texts.isLabel(parts[1]))) {
                refusal.malformed(gateway, "namespace and gateway name", "say namespace/name, in letters, digits, '-'");
            }
        }
    }

    private static void names(Part spec, Part route, Refusal refusal) {
        List<String> hosts = spec.get("hosts").texts();
        for (Part sni : Part.items(route.get("match").items(), "sniHosts")) {
            boolean covered = hosts.stream().anyMatch(host -> HostNames.covers(lower(host), lower(sni.text())));
            if (!covered && !sni.text().startsWith(SNI) && !sni.text().isEmpty()) {
                refusal.malformed(
                        sni, "subset of any of the hosts " + hosts, "add it to the hosts, or say one that is there");
            }
        }
    }

    private static void subnets(Part route, Refusal refusal) {
        Part.items(route.get("match").items(), "destinationSubnets").stream()
                .filter(subnet -> !Texts.isNetwork(subnet.text()))
                .forEach(subnet -> refusal.malformed(
                        subnet, "IP address and no CIDR block", "say one like 10.0.0.1 or 10.0.0.0/8"));
    }
}
