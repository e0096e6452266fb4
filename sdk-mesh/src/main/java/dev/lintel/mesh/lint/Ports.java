package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.Locale;
import java.util.Set;

/** Ports of Services that do not say their protocol. */
final class Ports implements Rule {
    private static final Set<String> HTTP = Set.of("http", "http2", "grpc", "grpc-web");
    private static final Set<String> OTHERS = Set.of("https", "tcp", "tls", "udp", "mongo", "mysql", "redis", "auto");
    private static final Set<String> FOREIGN = Set.of("kubernetes.io/h2c", "kubernetes.io/ws", "kubernetes.io/wss");

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest service : scene.all(Scene.SERVICE)) {
            if (service.namespace().startsWith("kube-")) {
                continue;
            }
            for (Part port : Part.of(service).get("ports").items()) {
                String said = port.get("appProtocol").text();
                String name = port.get("name").text();
                if (said.isEmpty()
                        && protocol(port).isEmpty()
                        && !"UDP".equals(port.get("protocol").text())) {
                    report.add(
                            LintCode.PORT_NAME,
                            service,
                            port.path(),
                            "port " + port.get("port").text()
                                    + (name.isEmpty()
                                            ? " has no name"
                                            : " is named '" + name + "', which says no protocol")
                                    + ": what it speaks is guessed from the first bytes",
                            "name it like http-api, or say appProtocol");
                } else if (!said.isEmpty() && protocol(port).isEmpty() && !FOREIGN.contains(said)) {
                    report.add(
                            LintCode.APP_PROTOCOL,
                            service,
                            port.get("appProtocol").path(),
                            "'" + said + "' is no protocol that is known: the port is taken for TCP",
                            "say one like http, http2, grpc or tcp");
                }
            }
        }
    }

    /** The protocol that a port says, by its appProtocol or its name; empty if it says none that is known. */
    static String protocol(Part port) {
        String said = port.get("appProtocol").text().toLowerCase(Locale.ROOT);
        String name = said.isEmpty() ? port.get("name").text().toLowerCase(Locale.ROOT) : said;
        if (name.startsWith("grpc-web")) {
            return "grpc-web";
        }
        int dash = said.isEmpty() ? name.indexOf('-') : -1;
        String first = dash < 0 ? name : name.substring(0, dash);
        return HTTP.contains(first) || OTHERS.contains(first) ? first : "";
    }

    static boolean isHttp(String protocol) {
        return HTTP.contains(protocol);
    }
}
