package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls in plain text, or by a TLS of their own, to workloads that take mutual TLS of the mesh only. */
final class StrictPeers implements Rule {
    private static final String EVERY = "*.local";

    @Override
    public void check(Scene scene, Report report) {
        Peers peers = new Peers(scene);
        Map<String, Boolean> open = new HashMap<>();
        for (Manifest rule : scene.all(Scene.DESTINATION_RULE)) {
            String host = DestinationRules.host(rule);
            String namespace = host.equals(EVERY) ? scene.root() : Scene.namespace(host);
            if (namespace.isEmpty() || open.computeIfAbsent(namespace, n -> hasOpenPorts(scene, n))) {
                continue;
            }
            String mode =
                    peers.mode(new Scope(namespace, namespace.equals(scene.root()), labels(scene, host), List.of()));
            if (mode.equals("STRICT")) {
                for (Part policy : OutboundTls.policies(rule)) {
                    check(rule, policy.get("tls"), host, report);
                    policy.get("portLevelSettings").items().forEach(port -> check(rule, port.get("tls"), host, report));
                }
            }
        }
    }

    /** Which workloads and ports these are is not followed up. */
    private static boolean hasOpenPorts(Scene scene, String namespace) {
        return scene.all(Scene.PEERS, namespace).stream()
                .map(peers -> Part.of(peers).get("portLevelMtls"))
                .anyMatch(ports -> ports.keys().stream()
                        .anyMatch(port -> !ports.get(port, "mode").text().equals("STRICT")));
    }

    private static Map<String, String> labels(Scene scene, String host) {
        return scene.services(host).stream()
                .findFirst()
                .map(service -> Part.of(service).get("selector").labels())
                .orElse(Map.of());
    }

    private static void check(Manifest rule, Part tls, String host, Report report) {
        Part said = tls.get("mode");
        // What is there without a mode is DISABLE, the first value of the field.
        String mode = tls.isThere() && said.text().isEmpty() ? "DISABLE" : said.text();
        if (List.of("DISABLE", "SIMPLE", "MUTUAL").contains(mode)) {
            report.add(
                    LintCode.TLS_AGAINST_STRICT,
                    rule,
                    said.isThere() ? said.path() : tls.path(),
                    "'" + host + "' is called with TLS " + mode
                            + ", but a PeerAuthentication lets its workloads take mutual"
                            + " TLS of the mesh only: calls are answered 503",
                    "leave tls out, or say ISTIO_MUTUAL; or set the PeerAuthentication to PERMISSIVE");
        }
    }
}
