package dev.lintel.examples.imports;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Objects of a mesh such as people write: routes, versions, retries, faults, tokens, callers, and what may leave. */
final class RandomObjects {
    private static final List<String> PATHS = List.of("/a", "/a/b", "/b", "/foo", "/foo/a");

    private final Random random;
    private final StringBuilder out = new StringBuilder();

    RandomObjects(long seed) {
        this.random = new Random(seed);
    }

    String yaml() {
        add(
                "networking.istio.io/v1",
                "Gateway",
                "gw",
                "{selector: {istio: ingressgateway}, servers: "
                        + "[{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}");
        for (String service : List.of("orders", "billing")) {
            add("v1", "Service", service, "{selector: {app: " + service + "}, ports: [{port: 80}]}");
            add(
                    "networking.istio.io/v1",
                    "VirtualService",
                    service,
                    "{hosts: [" + service + ".shop.example.com], gateways: [gw], http: [" + rules(service) + "]}");
            if (random.nextInt(3) > 0) {
                add("networking.istio.io/v1", "DestinationRule", service, destination(service));
            }
            if (random.nextBoolean()) {
                add(
                        "security.istio.io/v1",
                        "RequestAuthentication",
                        service,
                        selected(service)
                                + "jwtRules: [{issuer: 'https://id.example', jwksUri: 'https://id.example/keys'}]}");
                add(
                        "security.istio.io/v1",
                        "AuthorizationPolicy",
                        service,
                        selected(service)
                                + "rules: [{from: [{source: {requestPrincipals: ['*']}}], to: [{operation: {paths: ['"
                                + path()
                                + "', '" + path() + "/*']}}]" + (random.nextBoolean() ? when() : "") + "}]}");
            }
        }
        if (random.nextBoolean()) {
            add(
                    "networking.istio.io/v1",
                    "Sidecar",
                    "default",
                    "{outboundTrafficPolicy: {mode: REGISTRY_ONLY}, "
                            + "egress: [{hosts: ['./*', 'istio-system/istiod.istio-system.svc.cluster.local']}]}");
            add(
                    "networking.istio.io/v1",
                    "ServiceEntry",
                    "psp",
                    "{hosts: [api.psp.example], exportTo: ['.'], "
                            + "location: MESH_EXTERNAL, resolution: DNS, ports: [{number: "
                            + (random.nextBoolean() ? 443 : 8443)
                            + ", name: tls, protocol: TLS}]}");
        }
        return out.toString();
    }

    private static String selected(String service) {
        return "{selector: {matchLabels: {app: " + service + "}}, ";
    }

    private static String when() {
        return ", when: [{key: 'request.auth.claims[role]', values: [clerk, \"o'neil \\\"x\\\"\"]}]";
    }

    private String path() {
        return PATHS.get(random.nextInt(PATHS.size()));
    }

    private String rules(String service) {
        StringBuilder rules = new StringBuilder();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String path = path();
            rules.append("{match: [{uri: {exact: ")
                    .append(path)
                    .append("}}, {uri: {prefix: ")
                    .append(path);
            rules.append("/}}], ").append(deed(service)).append("}, ");
        }
        return rules + "{" + route(service) + options() + "}";
    }

    private String deed(String service) {
        return switch (random.nextInt(3)) {
            case 0 -> "directResponse: {status: 503, body: {string: \"closed \\\\ \\\"now\\\" \\u00e9\"}}";
            case 1 -> "redirect: {authority: new.example.com, redirectCode: 302}";
            default -> route(service);
        };
    }

    private String route(String service) {
        return random.nextBoolean()
                ? "route: [{destination: {host: " + service + "}}]"
                : String.format(
                        Locale.ROOT,
                        "route: [{destination: {host: %s, subset: v1}, weight: 90}, {destination: {host: %s, subset: v2}, "
                                + "weight: 10}]",
                        service,
                        service);
    }

    private String options() {
        return (random.nextBoolean() ? ", timeout: 3s" : "")
                + (random.nextBoolean() ? ", retries: {attempts: 2, perTryTimeout: 1s, retryOn: 5xx}" : "")
                + (random.nextBoolean() ? ", fault: {abort: {httpStatus: 503, percentage: {value: 10}}}" : "")
                + (random.nextBoolean() ? ", headers: {request: {set: {x-from: 'mesh'}, remove: [x-old]}}" : "");
    }

    private String destination(String service) {
        return "{host: " + service + ", trafficPolicy: {"
                + (random.nextBoolean()
                        ? "loadBalancer: {simple: RANDOM}"
                        : "outlierDetection: {consecutive5xxErrors: 5}")
                + "}, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2, tier: web}}]}";
    }

    private void add(String version, String kind, String name, String spec) {
        out.append("---\napiVersion: ").append(version).append("\nkind: ").append(kind);
        out.append("\nmetadata: {name: ")
                .append(name)
                .append(", namespace: shop}\nspec: ")
                .append(spec)
                .append('\n');
    }
}
