package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;

/** HTTPRoutes and GRPCRoutes to Services without a port, and to Services and at Gateways that are not there. */
final class HttpRoutes implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        for (Manifest route : scene.all(Scene.HTTP_ROUTE)) {
            check(scene, route, report);
        }
        for (Manifest route : scene.all(Scene.GRPC_ROUTE)) {
            check(scene, route, report);
        }
    }

    private static void check(Scene scene, Manifest route, Report report) {
        for (Part backend : Part.items(Part.of(route).get("rules").items(), "backendRefs")) {
            boolean service = kind(backend, "Service").equals("Service")
                    && backend.get("group").text().isEmpty();
            missing(scene, Scene.SERVICE, service, route, backend, LintCode.UNKNOWN_BACKEND, report);
            if (service && !backend.get("port").isThere()) {
                report.add(
                        LintCode.BACKEND_WITHOUT_PORT,
                        route,
                        backend.path(),
                        "'" + backend.get("name").text()
                                + "' is a Service, but no port of it is named: the object is refused,"
                                + " or its requests are answered 500",
                        "say port");
            }
        }
        for (Part parent : Part.of(route).get("parentRefs").items()) {
            boolean gateway = kind(parent, "Gateway").equals("Gateway");
            missing(scene, Scene.K8S_GATEWAY, gateway, route, parent, LintCode.UNKNOWN_PARENT, report);
        }
    }

    private static String kind(Part ref, String otherwise) {
        String kind = ref.get("kind").text();
        return kind.isEmpty() ? otherwise : kind;
    }

    private static void missing(
            Scene scene, String kind, boolean asked, Manifest route, Part ref, LintCode code, Report report) {
        String said = ref.get("namespace").text();
        String namespace = said.isEmpty() ? route.namespace() : said;
        String name = ref.get("name").text();
        if (asked && scene.knows(kind, namespace) && !scene.has(kind, namespace, name)) {
            String what = kind.substring(kind.indexOf('/') + 1);
            report.add(
                    code,
                    route,
                    ref.path(),
                    "there is no " + what + " '" + namespace + "/" + name + "'",
                    "name one that is there");
        }
    }
}
