package dev.lintel.mesh.lint;

import dev.lintel.core.Spelling;
import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Methods and protocols, which the definitions of a mesh take for any text.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/gateway/#Port">Istio, Port</a>
 */
final class Spoken implements Rule {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
    /** In any case. */
    private static final List<String> PROTOCOLS = List.of(
            "HTTP", "HTTPS", "HTTP2", "GRPC", "GRPC-WEB", "HTTP_PROXY", "TCP", "TLS", "UDP", "MONGO", "MYSQL", "REDIS");
    /** In this case; implementations have others. */
    private static final List<String> LISTENERS = List.of("HTTP", "HTTPS", "TLS", "TCP", "UDP");

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest policy : scene.all(Scene.AUTHORIZATION)) {
            for (Part rule : Policies.rules(policy)) {
                for (Part operation : Policies.operations(rule)) {
                    methods(policy, operation.get("methods").items(), report);
                    methods(policy, operation.get("notMethods").items(), report);
                }
            }
        }
        for (Manifest routes : scene.all(Scene.VIRTUAL_SERVICE)) {
            for (Part http : Routes.http(routes)) {
                for (Part match : http.get("match").items()) {
                    methods(routes, List.of(match.get("method", "exact")), report);
                }
                methods(routes, http.get("corsPolicy", "allowMethods").items(), report);
            }
        }
        for (Manifest gateway : scene.all(Scene.GATEWAY)) {
            ports(gateway, Part.of(gateway).get("servers").items(), report);
        }
        for (Manifest sidecar : scene.all(Scene.SIDECAR)) {
            ports(sidecar, Part.of(sidecar).get("ingress").items(), report);
            ports(sidecar, Part.of(sidecar).get("egress").items(), report);
        }
        for (Manifest entry : scene.all(Scene.SERVICE_ENTRY)) {
            for (Part port : Part.of(entry).get("ports").items()) {
                protocol(entry, port.get("protocol"), report);
            }
        }
        for (Manifest gateway : scene.all(Scene.K8S_GATEWAY)) {
            for (Part listener : Part.of(gateway).get("listeners").items()) {
                listener(gateway, listener.get("protocol"), report);
            }
        }
    }

    private static void methods(Manifest manifest, List<Part> methods, Report report) {
        for (Part method : methods) {
            String said = method.text();
            String upper = METHODS.contains(said) ? "" : said.toUpperCase(Locale.ROOT);
            if (METHODS.contains(upper)) {
                report.add(
                        LintCode.METHOD_CASE,
                        manifest,
                        method.path(),
                        "no request has the method '" + said + "': methods are in upper case",
                        "did you mean '" + upper + "'?");
            }
        }
    }

    private static void ports(Manifest manifest, List<Part> servers, Report report) {
        servers.forEach(server -> protocol(manifest, server.get("port", "protocol"), report));
    }

    private static void protocol(Manifest manifest, Part protocol, Report report) {
        String said = protocol.text();
        if (!said.isEmpty() && !PROTOCOLS.contains(said.toUpperCase(Locale.ROOT))) {
            tell(manifest, protocol, PROTOCOLS, report);
        }
    }

    private static void listener(Manifest manifest, Part protocol, Report report) {
        String said = protocol.text();
        if (!LISTENERS.contains(said) && LISTENERS.contains(said.toUpperCase(Locale.ROOT))) {
            tell(manifest, protocol, LISTENERS, report);
        }
    }

    private static void tell(Manifest manifest, Part protocol, List<String> known, Report report) {
        report.add(
                LintCode.PORT_PROTOCOL,
                manifest,
                protocol.path(),
                "there is no protocol '" + Values.shown(protocol.text()) + "' for a port: it is refused, or not served",
                Spelling.near(protocol.text(), known)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("say one of " + known));
    }
}
