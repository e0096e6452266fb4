package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which hosts the gateways among the objects serve for which namespace. */
final class ForeignGateways {
    private final Map<String, List<String>> served = new LinkedHashMap<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final List<Problem> problems;

    ForeignGateways(List<Problem> problems) {
        this.problems = problems;
    }

    void add(Manifest gateway, Map<String, String> ingress) {
        Fields spec = new Fields(gateway.id(), "spec", gateway.spec(), problems);
        Map<String, String> selector = spec.pairs("selector");
        if (!selector.equals(ingress)) {
            spec.problem("selector " + selector + " is not that of the ingress gateway, " + ingress
                    + "; it is read as if it were");
        }
        List<String> hosts = new ArrayList<>();
        for (Fields server : spec.maps("servers")) {
            Fields port = server.map("port");
            String protocol = String.valueOf(port.text("protocol"));
            if (List.of("HTTP", "HTTPS", "HTTP2", "GRPC", "GRPC-WEB").contains(protocol)) {
                hosts.addAll(server.texts("hosts"));
            } else {
                server.problem("speaks " + protocol + ", which is not read");
            }
        }
        served.put(gateway.namespace() + "/" + gateway.name(), hosts);
    }

    /** The hosts of a VirtualService that one of its gateways serves; the mesh is none. */
    Set<String> served(Fields spec, List<String> gateways, List<String> hosts, String namespace) {
        Set<String> exposed = new LinkedHashSet<>();
        for (String gateway : gateways) {
            String name = name(gateway, namespace);
            if (gateway.equals("mesh")) {
                continue;
            }
            if (!served.containsKey(name) && missing.add(name)) {
                spec.problem("gateway '" + name + "' is not among the objects; it is taken to serve every host");
            }
            for (String host : hosts) {
                String of = name.substring(0, name.indexOf('/'));
                for (String pattern : served.getOrDefault(name, List.of("*"))) {
                    String both = may(pattern, of, namespace)
                            ? narrower(pattern.substring(pattern.indexOf('/') + 1), host)
                            : "";
                    if (!both.isEmpty()) {
                        exposed.add(both);
                    }
                }
            }
        }
        return exposed;
    }

    static String name(String gateway, String namespace) {
        return gateway.indexOf('/') < 0 ? namespace + "/" + gateway : gateway;
    }

    private static boolean may(String pattern, String gatewayNamespace, String namespace) {
        int slash = pattern.indexOf('/');
        String where = slash < 0 ? "*" : pattern.substring(0, slash);
        return where.equals("*") || where.equals(namespace) || where.equals(".") && gatewayNamespace.equals(namespace);
    }

    /** The hosts that both names mean; empty for none. */
    private static String narrower(String gateway, String host) {
        String lower = gateway.toLowerCase(Locale.ROOT);
        return ForeignHosts.covers(lower, host) ? host : ForeignHosts.covers(host, lower) ? lower : "";
    }
}
