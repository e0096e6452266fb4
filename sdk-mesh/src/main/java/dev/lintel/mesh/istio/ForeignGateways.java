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
    private static final Set<String> HTTP = Set.of("HTTP", "HTTPS", "HTTP2", "GRPC", "GRPC-WEB");

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
            port.number("number", 0);
            port.text("name");
            port.end();
            server.text("name");
            if (HTTP.contains(protocol.toUpperCase(Locale.ROOT)) && !isPassed(server.copy())) {
                hosts.addAll(server.texts("hosts"));
                tls(server.map("tls"), gateway.id());
                server.end();
            } else {
                server.problem("speaks " + protocol + " without a look at requests, which is not read");
            }
        }
        spec.end();
        served.put(gateway.namespace() + "/" + gateway.name(), hosts);
    }

    private static boolean isPassed(Fields server) {
        return String.valueOf(server.map("tls").text("mode")).contains("PASSTHROUGH");
    }

    /** How a connection is made is up to the gateway, unless it asks who makes it. */
    private void tls(Fields tls, String gateway) {
        String mode = tls.text("mode");
        if (mode != null && !mode.equals("SIMPLE")) {
            tls.problem("mode " + mode + " asks clients for a certificate; the model asks for none");
        }
        if (tls.flag("httpsRedirect")) {
            problems.add(Fields.travels(
                    gateway, "plain HTTP is answered 301 to HTTPS; the model answers requests as they come by HTTPS"));
        }
        for (String name : List.of(
                "credentialName",
                "serverCertificate",
                "privateKey",
                "minProtocolVersion",
                "maxProtocolVersion",
                "cipherSuites")) {
            tls.skip(name);
        }
        tls.end();
    }

    /** The hosts of a VirtualService that its gateways serve, each with those gateways; the mesh is none. */
    Map<String, Set<String>> served(Fields spec, List<String> gateways, List<String> hosts, String namespace) {
        Map<String, Set<String>> exposed = new LinkedHashMap<>();
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
                        exposed.computeIfAbsent(both, h -> new LinkedHashSet<>())
                                .add(name);
                    }
                }
            }
        }
        return exposed;
    }

    /** The whole name of a gateway, as the mesh makes it of a short one or of that of a service. */
    static String name(String gateway, String namespace) {
        if (gateway.indexOf('/') >= 0 || gateway.equals("mesh")) {
            return gateway;
        }
        String[] parts = gateway.split("\\.", -1);
        return parts.length > 1 ? parts[1] + "/" + parts[0] : namespace + "/" + gateway;
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
