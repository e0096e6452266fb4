package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Map;

/** Routes by claims of tokens that nobody verifies where the route is chosen. */
final class ClaimRoutes implements Rule {
    private static final String CLAIMS = "@request.auth.claims";

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest routes : scene.all(Scene.VIRTUAL_SERVICE)) {
            for (Part match : Part.items(Routes.http(routes), "match")) {
                for (String way : List.of("headers", "withoutHeaders")) {
                    match.get(way).keys().stream()
                            .filter(name -> name.startsWith(CLAIMS))
                            .forEach(name -> check(scene, routes, match.get(way).get(name), name, report));
                }
            }
        }
    }

    private static void check(Scene scene, Manifest routes, Part where, String name, Report report) {
        for (String gateway : Routes.gateways(routes)) {
            if (gateway.equals(Routes.MESH)) {
                report.add(
                        LintCode.CLAIM_ROUTE,
                        routes,
                        where.path(),
                        "'" + name + "' is asked inside the mesh, where sidecars do not route by claims",
                        "bind the routes to a gateway only, or choose by a header");
                continue;
            }
            scene.all(Scene.GATEWAY, HostNames.namespace(gateway)).stream()
                    .filter(one -> one.name().equals(HostNames.host(gateway)))
                    .filter(one -> !isVerified(scene, one))
                    .forEach(one -> report.add(
                            LintCode.CLAIM_ROUTE,
                            routes,
                            where.path(),
                            "'" + name + "' is asked, but no RequestAuthentication verifies tokens at Gateway "
                                    + gateway + ": no request ever has the claim",
                            "add a RequestAuthentication that selects the gateway's workloads"));
        }
    }

    private static boolean isVerified(Scene scene, Manifest gateway) {
        Map<String, String> labels = Part.of(gateway).get("selector").labels();
        return scene.all(Scene.AUTHENTICATION).stream()
                .map(scene::scope)
                .anyMatch(scope -> !scope.targets().isEmpty()
                        || scope.isForTheMesh()
                        || scope.isForTheNamespace() && scope.namespace().equals(gateway.namespace())
                        || !scope.labels().isEmpty()
                                && labels.entrySet().containsAll(scope.labels().entrySet()));
    }
}
