package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Peer;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is different in a mesh without sidecars: policies about requests name the {@code Service}, and are asked at the
 * waypoint of the namespace, which sees the gateway's identity if the gateway sends by way of it. Who calls a workload by
 * its address gets past the waypoint, so that the node lets nobody but the waypoint to it.
 *
 * @see <a href="https://istio.io/latest/docs/ambient/usage/l7-features/">Istio, Use Layer 7 features</a>
 * @see <a href="https://istio.io/latest/docs/ambient/usage/waypoint/">Istio, Configure waypoint proxies</a>
 */
final class Waypoint {
    /** The name under which istioctl makes it, and so its service account. */
    static final String NAME = "waypoint";

    private Waypoint() {}

    /** What a policy about requests is about. */
    static Map<String, Object> target(ApiModel api) {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("group", "");
        service.put("kind", "Service");
        service.put("name", api.service().name());
        return map("targetRefs", List.of(service));
    }

    /** Lets nobody but the waypoint to the workloads; asked at the node, of every connection. */
    static Manifest lock(IstioDialect dialect, ApiModel api) {
        Map<String, Object> source =
                map("source", map("principals", List.of(dialect.principal(new Peer(api.namespace(), NAME)))));
        return Meta.object(
                Meta.SECURITY,
                Meta.AUTHORIZATION_POLICY,
                api,
                Meta.ruleName(api.name(), NAME),
                Map.of(),
                map(
                        "selector",
                        map("matchLabels", api.service().labels()),
                        "action",
                        "ALLOW",
                        "rules",
                        List.of(map("from", List.of(source)))));
    }

    /** What cannot be kept without sidecars. */
    static List<Problem> refusals(MeshModel model) {
        List<Problem> found = new ArrayList<>();
        for (ApiModel api : model.apis()) {
            if (!api.service().versions().isEmpty()) {
                found.add(new Problem(
                        "istio.ambient-versions",
                        api.id(),
                        "a mesh without sidecars sends requests for a version past the waypoint, where access and callers are"
                                + " asked",
                        "expose each version as an API of its own, or use sidecars",
                        api.origin()));
            } else if (ModelWriter.isGoverned(api.service())) {
                found.add(new Problem(
                        "istio.ambient-calls",
                        api.id(),
                        "what is said about every call is not kept in a mesh without sidecars: waypoints take a"
                                + " VirtualService in some cases only",
                        "leave out retries, time-outs and faults, or use sidecars",
                        api.origin()));
            }
        }
        model.isolations()
                .forEach(rule -> found.add(new Problem(
                        "istio.ambient-isolation",
                        rule.id(),
                        "a mesh without sidecars does not keep the boundary: behind a waypoint every call comes from the waypoint",
                        "use sidecars in this namespace, or a NetworkPolicy of your own",
                        rule.origin())));
        return found;
    }

    /** What must be there. */
    static List<Problem> prerequisites(MeshModel model) {
        List<Problem> found = new ArrayList<>();
        for (ApiModel api : model.apis()) {
            if (AccessPlan.isNeeded(api)) {
                found.add(new Problem(
                        "istio.waypoint",
                        api.id(),
                        "calls must go by way of the waypoint '" + NAME + "' of '" + api.namespace()
                                + "', those of the gateway too; without it they are refused",
                        "istioctl waypoint apply -n " + api.namespace() + " --name " + NAME
                                + ", and label the Service '"
                                + api.service().name() + "':\n"
                                + "        istio.io/use-waypoint: " + NAME + "\n"
                                + "        istio.io/ingress-use-waypoint: \"true\"",
                        api.origin()));
            }
        }
        return found;
    }
}
