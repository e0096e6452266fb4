package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must be so in the mesh for callers, boundaries and external authorizers. */
final class AccessPrerequisites {
    /** What must stand in the mesh's configuration for paths to be compared as they are meant. */
    static final String NORMALIZATION = "set in the mesh configuration:\n"
            + "        meshConfig:\n"
            + "          pathNormalization:\n"
            + "            normalization: DECODE_AND_MERGE_SLASHES";

    private AccessPrerequisites() {}

    /** For the callers of an API. */
    static List<Problem> callers(ApiModel api, CallerPlan plan) {
        List<Problem> found = new ArrayList<>();
        List<PathPattern> closed = plan.closed().stream()
                .filter(path -> !path.segments().isEmpty())
                .toList();
        if (!closed.isEmpty()) {
            PathPattern path = closed.get(0);
            String node = Forms.node(path, "1");
            Origin origin = api.service().callers().get(0).origin();
            found.add(new Problem(
                    "istio.path-normalization",
                    api.id(),
                    "the mesh must normalize paths with DECODE_AND_MERGE_SLASHES; with Istio's default, '/" + node
                            + "' gets around who may call '" + path + "'",
                    NORMALIZATION,
                    origin));
            found.add(new Problem(
                    "istio.path-parameters",
                    api.id(),
                    "the workloads must not take '" + node + ";x' for '" + node
                            + "': a mesh compares paths with their parameters, so that such a call from inside gets"
                            + " around who may call '" + path + "'",
                    "refuse paths with ';' in the service",
                    origin));
        }
        return found;
    }

    /** For the boundaries. */
    static List<Problem> boundaries(IstioDialect dialect, MeshModel model) {
        List<Problem> found = new ArrayList<>();
        for (IsolationRule rule : model.isolations()) {
            found.add(new Problem(
                    "istio.boundary-mtls",
                    rule.id(),
                    "all workloads of '" + rule.namespace()
                            + "' take mutual TLS only, so that whoever calls them needs a" + " sidecar, and so do they",
                    "give sidecars to the workloads of '" + rule.namespace() + "' and to their callers before",
                    rule.origin()));
            found.add(new Problem(
                    "istio.network-policy",
                    rule.id(),
                    "the network must enforce NetworkPolicy; otherwise only the sidecars keep '" + rule.namespace()
                            + "' closed",
                    "use a network plugin that does; probes come from the nodes, which it must let through",
                    rule.origin()));
            if (model.apis().stream().anyMatch(api -> api.namespace().equals(rule.namespace()))) {
                found.add(new Problem(
                        "istio.gateway-identity",
                        rule.id(),
                        "the ingress gateway must be known as '" + dialect.principal()
                                + "': a gateway with another identity is kept out of '" + rule.namespace() + "'",
                        "compare with: kubectl -n " + dialect.ingress().namespace()
                                + " get pods -o custom-columns=NAME:.metadata.name,ACCOUNT:.spec.serviceAccountName",
                        rule.origin()));
            }
            found.add(new Problem(
                    "istio.boundary-metrics",
                    rule.id(),
                    "whoever collects metrics of '" + rule.namespace()
                            + "' from outside, such as Prometheus, is kept out as well: by mutual TLS, and at the"
                            + " sidecars' own ports by the NetworkPolicy",
                    "let its namespace in, as in allowFrom(\"monitoring\"), and collect what the sidecars merge, at"
                            + " port 15020",
                    rule.origin()));
        }
        return found;
    }

    /** For the authorizers, each once. */
    static List<Problem> authorizers(MeshModel model) {
        Map<String, Problem> found = new LinkedHashMap<>();
        for (ApiModel api : model.apis()) {
            AuthorizerRule rule = api.entry().authorizer();
            if (rule != null && AuthorizerWriter.refused(api, rule) == null) {
                Problem before = found.putIfAbsent(Providers.name(rule), AuthorizerWriter.prerequisite(api, rule));
                if (before == null && found.size() == 2) {
                    found.put("several", AuthorizerWriter.several(api, rule));
                }
            }
        }
        return List.copyOf(found.values());
    }
}
