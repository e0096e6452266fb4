package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.EgressGateway;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ObjectNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes what leads through egress gateways, all of it in the namespace of the gateway and seen by the namespaces that may
 * call: sidecars send what is for the host to the gateway by mutual TLS, with the host as SNI, and the gateway sends on
 * what is inside. TLS of the caller stays closed to it. By the certificate the gateway knows the namespace of the caller, so
 * that a policy there refuses all others; TLS passed through as it is would tell nobody.
 *
 * @see <a href="https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway/">Istio, Egress Gateways</a>
 */
final class ExitWriter {
    static final String MUTUAL = "ISTIO_MUTUAL";
    static final String SNI = "connection.sni";

    private final List<Exit> exits;

    ExitWriter(List<Exit> exits) {
        this.exits = exits;
    }

    /** Who is refused comes first, then what is there, then what leads to it. */
    List<Manifest> write() {
        List<Manifest> manifests = new ArrayList<>();
        for (Exit exit : exits) {
            manifests.add(object(Meta.SECURITY, Meta.AUTHORIZATION_POLICY, exit, guard(exit)));
            manifests.add(object(Meta.NETWORKING, Meta.GATEWAY, exit.gateway(), exit.gatewayName(), gateway(exit)));
            manifests.add(object(
                    Meta.NETWORKING,
                    Meta.SERVICE_ENTRY,
                    exit,
                    EgressWriter.entry(exit.host(), exit.ports(), seen(exit))));
        }
        manifests.addAll(subsets());
        exits.forEach(exit -> manifests.add(object(Meta.NETWORKING, Meta.VIRTUAL_SERVICE, exit, routes(exit))));
        return manifests;
    }

    private static List<String> seen(Exit exit) {
        List<String> seen = new ArrayList<>(List.of("."));
        seen.addAll(exit.namespaces());
        return seen;
    }

    /** A DENY rule about this host alone: an ALLOW rule would shut out whatever else leaves by the same gateway. */
    private static Map<String, Object> guard(Exit exit) {
        Map<String, Object> refused = map(
                "from",
                List.of(map("source", map("notNamespaces", exit.namespaces()))),
                "when",
                List.of(map("key", SNI, "values", List.of(exit.host()))));
        return map(
                "selector", map("matchLabels", Exit.pods(exit.gateway())), "action", "DENY", "rules", List.of(refused));
    }

    /** Bound to its own namespace, so that no other one can lead these calls elsewhere. */
    private static Map<String, Object> gateway(Exit exit) {
        List<Map<String, Object>> servers = new ArrayList<>();
        for (int port : exit.ports()) {
            boolean http = EgressWriter.isHttp(port);
            servers.add(map(
                    "port",
                    map("number", port, "name", EgressWriter.portName(port), "protocol", http ? "HTTPS" : "TLS"),
                    "hosts",
                    List.of("./" + exit.host()),
                    "tls",
                    map("mode", MUTUAL)));
        }
        return map("selector", Exit.pods(exit.gateway()), "servers", servers);
    }

    /** One for each gateway, because of several for one service only the first would count. */
    private List<Manifest> subsets() {
        Map<String, List<Exit>> byGateway = new TreeMap<>();
        exits.forEach(exit -> byGateway
                .computeIfAbsent(exit.gateway().toString(), name -> new ArrayList<>())
                .add(exit));
        List<Manifest> manifests = new ArrayList<>();
        for (List<Exit> group : byGateway.values()) {
            EgressGateway gateway = group.get(0).gateway();
            TreeSet<String> callers = new TreeSet<>();
            group.forEach(exit -> callers.addAll(exit.namespaces()));
            List<String> seen = new ArrayList<>(List.of("."));
            seen.addAll(callers);
            List<Map<String, Object>> subsets = group.stream()
                    .map(exit -> map(
                            "name",
                            exit.subset(),
                            "trafficPolicy",
                            map("tls", map("mode", MUTUAL, "sni", exit.host()))))
                    .toList();
            manifests.add(object(
                    Meta.NETWORKING,
                    Meta.DESTINATION_RULE,
                    gateway,
                    ObjectNames.fitting("lintel.egress." + gateway.name()),
                    map("host", Exit.service(gateway), "exportTo", seen, "subsets", subsets)));
        }
        return manifests;
    }

    private static Map<String, Object> routes(Exit exit) {
        List<Map<String, Object>> http = new ArrayList<>();
        List<Map<String, Object>> tls = new ArrayList<>();
        List<Map<String, Object>> tcp = new ArrayList<>();
        String own = exit.gateway().namespace() + "/" + exit.gatewayName();
        for (int port : exit.ports()) {
            List<Object> there = List.of(destination(Exit.service(exit.gateway()), exit.subset(), port));
            List<Object> out = List.of(destination(exit.host(), "", port));
            if (EgressWriter.isHttp(port)) {
                Map<String, Object> once = map("attempts", 0);
                http.add(map("match", List.of(match("mesh", port)), "route", there, "retries", once));
                // Who calls is told to the gateway, and to nobody outside.
                Map<String, Object> headers = map("request", map("remove", List.of("x-forwarded-client-cert")));
                http.add(map("match", List.of(match(own, port)), "route", out, "headers", headers, "retries", once));
            } else {
                Map<String, Object> inside = match("mesh", port);
                inside.put("sniHosts", List.of(exit.host()));
                tls.add(map("match", List.of(inside), "route", there));
                tcp.add(map("match", List.of(match(own, port)), "route", out));
            }
        }
        return map(
                "hosts",
                List.of(exit.host()),
                "gateways",
                List.of("mesh", own),
                "exportTo",
                seen(exit),
                "http",
                http,
                "tls",
                tls,
                "tcp",
                tcp);
    }

    private static Map<String, Object> match(String gateway, int port) {
        return map("gateways", List.of(gateway), "port", port);
    }

    private static Map<String, Object> destination(String host, String subset, int port) {
        return map(
                "destination",
                map("host", host, "subset", subset.isEmpty() ? null : subset, "port", map("number", port)));
    }

    private static Manifest object(String apiVersion, String kind, Exit exit, Map<String, Object> spec) {
        return object(apiVersion, kind, exit.gateway(), exit.name(), spec);
    }

    private static Manifest object(
            String apiVersion, String kind, EgressGateway gateway, String name, Map<String, Object> spec) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Manifest.MANAGED_BY, Manifest.LINTEL);
        return new Manifest(apiVersion, kind, gateway.namespace(), name, labels, Map.of(), spec);
    }
}
