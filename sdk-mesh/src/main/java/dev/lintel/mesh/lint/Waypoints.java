package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;

/** Policies that the data plane of their namespace does not look at: gateways by labels, HTTP without a waypoint. */
final class Waypoints implements Rule {
    private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";
    private static final String MODE = "istio.io/dataplane-mode";
    private static final String WAYPOINT = "istio.io/use-waypoint";

    @Override
    public void check(Scene scene, Report report) {
        for (String kind : List.of(Scene.AUTHORIZATION, Scene.AUTHENTICATION)) {
            for (Manifest policy : scene.all(kind)) {
                Scope scope = scene.scope(policy);
                if (!scope.labels().isEmpty() && selectsGateway(scene, scope)) {
                    selector(policy, "selects the workloads of a Kubernetes Gateway or waypoint by labels", report);
                } else if (scope.targets().isEmpty() && isAmbient(scene, policy.namespace())) {
                    ambient(scene, policy, kind, report);
                }
            }
        }
        for (Manifest routes : scene.all(Scene.VIRTUAL_SERVICE)) {
            if (Routes.gateways(routes).contains(Routes.MESH)
                    && isAmbient(scene, routes.namespace())
                    && !hasWaypoint(scene, routes.namespace())) {
                waypoint(routes, "spec.http", report);
            }
        }
    }

    private static boolean selectsGateway(Scene scene, Scope scope) {
        return scope.labels().containsKey(GATEWAY_NAME)
                || scene.workloads(scope.namespace()).stream()
                        .anyMatch(each -> scope.selects(each) && each.labels().containsKey(GATEWAY_NAME));
    }

    private static void ambient(Scene scene, Manifest policy, String kind, Report report) {
        Part http = kind.equals(Scene.AUTHENTICATION)
                ? Part.of(policy).get("jwtRules")
                : Policies.rules(policy).stream()
                        .map(Policies::http)
                        .filter(Part::isThere)
                        .findFirst()
                        .orElse(new Part(null, "spec.rules"));
        if (!http.isThere()) {
            return;
        }
        if (hasWaypoint(scene, policy.namespace())) {
            selector(
                    policy,
                    "reads HTTP and is for workloads, whose ztunnel does not; the waypoint passes it over",
                    report);
        } else {
            waypoint(policy, http.path(), report);
        }
    }

    private static void selector(Manifest policy, String what, Report report) {
        report.add(
                LintCode.INEFFECTIVE_SELECTOR,
                policy,
                "spec.selector",
                what,
                "say targetRefs with the Gateway or the Service");
    }

    private static void waypoint(Manifest manifest, String field, Report report) {
        report.add(
                LintCode.NO_WAYPOINT,
                manifest,
                field,
                "reads HTTP, but '" + manifest.namespace()
                        + "' is ambient and has no waypoint: nothing there reads HTTP",
                "label the namespace with " + WAYPOINT + ", and say targetRefs");
    }

    private static boolean isAmbient(Scene scene, String namespace) {
        return scene.all(Scene.NAMESPACE).stream()
                .anyMatch(one -> one.name().equals(namespace)
                        && "ambient".equals(one.labels().get(MODE)));
    }

    private static boolean hasWaypoint(Scene scene, String namespace) {
        return scene.all(Scene.NAMESPACE).stream().anyMatch(one -> one.name().equals(namespace) && uses(one))
                || scene.all(Scene.SERVICE, namespace).stream().anyMatch(Waypoints::uses);
    }

    private static boolean uses(Manifest manifest) {
        String waypoint = manifest.labels().getOrDefault(WAYPOINT, "none");
        return !waypoint.equals("none");
    }
}
