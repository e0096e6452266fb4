package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** ServiceEntries and WorkloadEntries that Istio's webhook refuses. */
final class RefusedEntries implements Rule {
    private static final String WORKLOAD_ENTRY = "networking.istio.io/WorkloadEntry";
    private static final Set<String> NAMED = Set.of("HTTP", "HTTP2", "GRPC", "GRPC-WEB", "HTTPS", "TLS");
    private static final String SOCKET = "unix://";

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest entry : scene.all(Scene.SERVICE_ENTRY)) {
            entry(Part.of(entry), new Refusal(entry, report));
        }
        for (Manifest workload : scene.all(WORKLOAD_ENTRY)) {
            Part address = Part.of(workload).get("address");
            if (!address.text().isEmpty() && !isReachable(address.text())) {
                new Refusal(workload, report)
                        .malformed(address, "valid FQDN and no IP address", "say where the workload is");
            }
        }
    }

    private static boolean isReachable(String address) {
        return address.startsWith(SOCKET) || Texts.isAddress(address) || Texts.isHost(address);
    }

    private static void entry(Part spec, Refusal refusal) {
        refusal.exported();
        for (Part host : spec.get("hosts").items()) {
            if (!host.text().isEmpty() && !Texts.isHost(host.text())) {
                refusal.malformed(host, "domain name", "say letters, digits and '-' between dots");
            }
        }
        for (Part address : spec.get("addresses").items()) {
            if (!address.text().isEmpty() && !Texts.isNetwork(address.text())) {
                refusal.malformed(address, "valid IP", "say one like 10.0.0.1 or 10.0.0.0/8");
            }
        }
        List<Part> names = new ArrayList<>();
        for (Part port : spec.get("ports").items()) {
            Part name = port.get("name");
            names.add(name);
            if (!name.text().isEmpty() && !Texts.isLabel(name.text())) {
                refusal.malformed(name, "port name", "say letters, digits and '-'");
            }
        }
        String resolution = spec.get("resolution").text();
        shared(spec, resolution, refusal);
        endpoints(spec, resolution, names.stream().map(Part::text).toList(), refusal);
    }

    /** Without a name in what is sent, hosts behind one port cannot be told apart. */
    private static void shared(Part spec, String resolution, Refusal refusal) {
        if (Set.of("", "NONE").contains(resolution) || spec.get("hosts").items().size() < 2) {
            return;
        }
        for (Part port : spec.get("ports").items()) {
            Part protocol = port.get("protocol");
            if (!NAMED.contains(protocol.text().toUpperCase(Locale.ROOT))) {
                refusal.apart(
                        protocol.isThere() ? protocol : port,
                        "there are multiple hosts, and a port that is neither HTTP nor TLS",
                        "write an entry for each host, or say a protocol that names its host");
                return;
            }
        }
    }

    private static void endpoints(Part spec, String resolution, List<String> ports, Refusal refusal) {
        List<Part> endpoints = spec.get("endpoints").items();
        for (Part endpoint : endpoints) {
            Part address = endpoint.get("address");
            boolean fixed = resolution.equals("STATIC");
            boolean good = fixed
                    ? address.text().startsWith(SOCKET) || Texts.isAddress(address.text())
                    : isReachable(address.text());
            if (!address.text().isEmpty() && !good) {
                refusal.malformed(
                        address,
                        fixed ? "valid IP address, and the resolution is STATIC" : "valid FQDN and no IP address",
                        fixed ? "say resolution: DNS, or an address" : "say where the endpoint is");
            }
            Part named = endpoint.get("ports");
            for (String name : named.value() instanceof Map ? named.keys() : List.<String>of()) {
                if (!ports.contains(name)) {
                    refusal.malformed(
                            named.get(name),
                            "port of the endpoint that is defined by the entry: '" + name + "' is none of " + ports,
                            "name one of them");
                }
            }
        }
        if (resolution.startsWith("DNS") && endpoints.isEmpty()) {
            spec.get("hosts").items().stream()
                    .filter(host -> host.text().startsWith("*"))
                    .forEach(host -> refusal.malformed(
                            host, "FQDN, which hosts must be where no endpoints are provided", "name a host"));
        }
    }
}
