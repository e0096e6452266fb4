package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gateways that fight over hosts, or share a certificate. */
final class Gateways implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        Map<List<String>, Manifest> hosts = new LinkedHashMap<>();
        Map<List<String>, Manifest> certificates = new LinkedHashMap<>();
        for (Manifest gateway : scene.all(Scene.GATEWAY)) {
            String selector = new TreeMap<>(Part.of(gateway).get("selector").labels()).toString();
            for (Part server : Part.of(gateway).get("servers").items()) {
                String port = server.get("port", "number").text();
                for (Part bound : server.get("hosts").items()) {
                    Manifest other = hosts.putIfAbsent(List.of(selector, port, bound.text()), gateway);
                    if (other != null && !other.equals(gateway)) {
                        report.add(
                                LintCode.GATEWAY_CONFLICT,
                                gateway,
                                bound.path(),
                                "'" + bound.text() + "' at port " + port + " of the workloads " + selector
                                        + " is also a host of " + other.id(),
                                "keep it at one of them");
                    }
                }
                certificate(gateway, server.get("tls", "credentialName"), selector, certificates, report);
            }
        }
    }

    private static void certificate(
            Manifest gateway, Part name, String selector, Map<List<String>, Manifest> seen, Report report) {
        if (name.text().isEmpty()) {
            return;
        }
        Manifest other = seen.putIfAbsent(List.of(selector, name.text()), gateway);
        if (other != null && !other.equals(gateway)) {
            report.add(
                    LintCode.CERTIFICATE_SHARED,
                    gateway,
                    name.path(),
                    "the certificate '" + name.text() + "' is also that of " + other.id()
                            + ": browsers reuse a connection for both, and are answered 404",
                    "use one Gateway with all hosts of the certificate, or a certificate for each");
        }
    }
}
