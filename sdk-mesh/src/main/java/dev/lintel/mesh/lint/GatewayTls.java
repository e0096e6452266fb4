package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Servers and listeners of gateways that are to end TLS and have no certificate to show. */
final class GatewayTls implements Rule {
    private static final Set<String> WITH_CERTIFICATE = Set.of("", "SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL");

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest gateway : scene.all(Scene.GATEWAY)) {
            for (Part server : Part.of(gateway).get("servers").items()) {
                server(gateway, server, report);
            }
        }
        for (Manifest gateway : scene.all(Scene.K8S_GATEWAY)) {
            for (Part listener : Part.of(gateway).get("listeners").items()) {
                listener(gateway, listener, report);
            }
        }
    }

    private static void server(Manifest gateway, Part server, Report report) {
        String protocol = server.get("port", "protocol").text().toUpperCase(Locale.ROOT);
        Part tls = server.get("tls");
        if (!protocol.equals("HTTPS") && !protocol.equals("TLS")) {
            return;
        }
        boolean certified = tls.get("credentialName").isThere()
                || tls.get("serverCertificate").isThere()
                || !tls.get("credentialNames").items().isEmpty()
                || !tls.get("tlsCertificates").items().isEmpty();
        if (!tls.isThere() || WITH_CERTIFICATE.contains(tls.get("mode").text()) && !certified) {
            add(gateway, server, protocol, tls, "say tls.credentialName, the secret with the certificate", report);
        }
    }

    private static void listener(Manifest gateway, Part listener, Report report) {
        String protocol = listener.get("protocol").text();
        Part tls = listener.get("tls");
        boolean ends = !tls.get("mode").text().equals("Passthrough");
        boolean otherwise = !tls.get("options").keys().isEmpty();
        if (List.of("HTTPS", "TLS").contains(protocol)
                && ends
                && !otherwise
                && tls.get("certificateRefs").items().isEmpty()) {
            add(gateway, listener, protocol, tls, "say tls.certificateRefs", report);
        }
    }

    private static void add(Manifest gateway, Part at, String protocol, Part tls, String hint, Report report) {
        report.add(
                LintCode.CERTIFICATE_MISSING,
                gateway,
                tls.isThere() ? tls.path() : at.path(),
                "ends " + protocol + " and names no certificate: there is nothing to show to clients",
                hint);
    }
}
