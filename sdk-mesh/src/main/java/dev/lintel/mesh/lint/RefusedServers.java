package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Gateways of Istio that its webhook refuses. */
final class RefusedServers implements Rule {
    private static final Set<String> ENDS = Set.of("HTTPS", "TLS");
    private static final Set<String> PASSED_ON = Set.of("PASSTHROUGH", "AUTO_PASSTHROUGH");
    private static final List<String> FILES =
            List.of("serverCertificate", "privateKey", "caCertificates", "credentialName");
    private static final String SOCKET = "unix://";

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest gateway : scene.all(Scene.GATEWAY)) {
            Refusal refusal = new Refusal(gateway, report);
            Part servers = Part.of(gateway).get("servers");
            if (servers.isBlank()) {
                refusal.needed(servers, "a gateway must have at least one server", "say one");
            }
            List<Part> names = new ArrayList<>();
            for (Part server : servers.items()) {
                names.add(server.get("port", "name"));
                server(server, refusal);
            }
            refusal.once(names, "port name");
        }
    }

    private static void server(Part server, Refusal refusal) {
        Part port = server.get("port");
        Part tls = server.get("tls");
        Part bind = server.get("bind");
        if (port.get("targetPort").isThere() && !port.get("targetPort").text().equals("0")) {
            refusal.apart(port.get("targetPort"), "a targetPort has no impact on gateways", "leave it out");
        }
        boolean socket = bind.text().startsWith(SOCKET);
        if (!bind.text().isEmpty() && !socket && !Texts.isAddress(bind.text())) {
            refusal.malformed(bind, "valid IP", "say one, or leave it out");
        }
        if (port.get("number").text().equals("0") && !socket) {
            refusal.range(port.get("number"), "the port number 0 is not from 1 to 65535", "say the port to listen at");
        }
        for (Part host : server.get("hosts").items()) {
            if (!host.text().isEmpty() && !Texts.isHost(HostNames.host(host.text()))) {
                refusal.malformed(host, "domain name", "say letters, digits and '-' between dots");
            }
        }
        String protocol = port.get("protocol").text().toUpperCase(Locale.ROOT);
        boolean passes =
                !tls.get("mode").isThere() || PASSED_ON.contains(tls.get("mode").text());
        boolean http = Set.of("HTTP", "HTTP2", "GRPC", "GRPC-WEB").contains(protocol);
        if (!protocol.isEmpty() && tls.isThere() && !ENDS.contains(protocol) && !(http && passes)) {
            refusal.apart(
                    tls, "TLS settings cannot be at a port of " + protocol, "say the protocol HTTPS or TLS, or no tls");
        }
        certificates(tls, refusal);
    }

    private static void certificates(Part tls, Refusal refusal) {
        String mode = tls.get("mode").text();
        for (String field : FILES) {
            if (mode.equals("ISTIO_MUTUAL") && tls.get(field).isThere()) {
                refusal.apart(
                        tls.get(field),
                        "ISTIO_MUTUAL cannot have '" + field + "': the mesh has its own",
                        "leave it out, or say the mode MUTUAL");
            }
        }
        boolean files = tls.get("serverCertificate").isThere();
        if (files
                && !mode.equals("ISTIO_MUTUAL")
                && !tls.get("credentialName").isThere()
                && !PASSED_ON.contains(mode)
                && !tls.get("privateKey").isThere()) {
            refusal.needed(tls, "TLS with a server certificate requires a private key", "say privateKey");
        }
    }
}
