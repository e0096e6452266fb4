package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Sidecars that Istio's webhook refuses. */
final class RefusedSidecars implements Rule {
    private static final String SOCKET = "unix://";
    private static final Set<String> LOOPBACKS = Set.of("", "127.0.0.1", "0.0.0.0", "[::1]", "[::]");

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest sidecar : scene.all(Scene.SIDECAR)) {
            Refusal refusal = new Refusal(sidecar, report);
            Part spec = Part.of(sidecar);
            List<Part> ingress = spec.get("ingress").items();
            List<Part> egress = spec.get("egress").items();
            if (spec.get("ingress").isBlank()
                    && spec.get("egress").isBlank()
                    && !spec.get("outboundTrafficPolicy").isThere()
                    && !spec.get("inboundConnectionPool").isThere()) {
                refusal.needed(spec, "an empty configuration is provided", "say ingress, egress or a policy");
            }
            ingress.forEach(listener -> ingress(listener, refusal));
            refusal.once(ports(ingress), "port");
            for (int i = 0; i < egress.size(); i++) {
                egress(egress.get(i), i == egress.size() - 1, refusal);
            }
            refusal.once(ports(egress), "port");
            proxy(spec.get("outboundTrafficPolicy"), refusal);
        }
    }

    private static List<Part> ports(List<Part> listeners) {
        List<Part> numbers = new ArrayList<>();
        for (Part listener : listeners) {
            Part number = listener.get("port", "number");
            if (!number.text().equals("0")) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static void ingress(Part listener, Refusal refusal) {
        Part endpoint = listener.get("defaultEndpoint");
        int colon = endpoint.text().lastIndexOf(':');
        boolean local = endpoint.text().startsWith(SOCKET)
                || colon >= 0
                        && LOOPBACKS.contains(endpoint.text().substring(0, colon))
                        && Texts.isPort(endpoint.text().substring(colon + 1));
        if (!endpoint.text().isEmpty() && !local) {
            refusal.malformed(
                    endpoint, "endpoint of the form 127.0.0.1:port, 0.0.0.0:port or unix://path", "say one of its own");
        }
        Part tls = listener.get("tls");
        for (String field : List.of("credentialName", "subjectAltNames")) {
            if (tls.get(field).isThere()) {
                refusal.apart(tls.get(field), "'" + field + "' is not supported in a Sidecar", "say files of its own");
            }
        }
    }

    private static void egress(Part listener, boolean last, Refusal refusal) {
        Part port = listener.get("port");
        if (!port.isThere() && !last) {
            refusal.apart(listener, "a listener with an empty port takes all, and is not the last one", "put it last");
        }
        if (port.isThere()
                && Set.of("", "0").contains(port.get("number").text())
                && !listener.get("bind").text().startsWith(SOCKET)) {
            refusal.range(port, "a port of 0 must have a unix domain socket as its bind address", "say a number");
        }
        for (Part host : listener.get("hosts").items()) {
            if (!host.text().isEmpty() && host.text().indexOf('/') < 0) {
                refusal.malformed(host, "host of the form namespace/dnsName", "say '*/" + host.text() + "'");
            }
        }
    }

    private static void proxy(Part policy, Refusal refusal) {
        if (policy.get("egressProxy").isThere() && !policy.get("mode").text().equals("ALLOW_ANY")) {
            refusal.apart(
                    policy.get("egressProxy"),
                    "an egressProxy must be set only with the mode ALLOW_ANY",
                    "say mode: ALLOW_ANY, or leave it out");
        }
    }
}
