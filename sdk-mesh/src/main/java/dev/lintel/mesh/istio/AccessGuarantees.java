package dev.lintel.mesh.istio;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.core.plan.Strength;
import java.util.ArrayList;
import java.util.List;

/** What is promised about access, callers, authorizers and boundaries, and how hard it is. */
final class AccessGuarantees {
    private AccessGuarantees() {}

    static List<Guarantee> of(IstioDialect dialect, MeshModel model) {
        List<Guarantee> found = new ArrayList<>();
        BoundaryWriter boundaries = new BoundaryWriter(dialect, model);
        for (ApiModel api : model.apis()) {
            api(found, dialect, api);
            List<String> out = boundaries.keptOut(api);
            if (!out.isEmpty()) {
                found.add(new Guarantee(
                        api.id(),
                        "is not called out of " + String.join(", ", out),
                        Strength.PROXY,
                        "AuthorizationPolicy " + api.namespace() + "/" + Meta.ruleName(api.name(), "boundary")
                                + " with STRICT mutual TLS",
                        model.isolations().stream()
                                .filter(rule -> out.contains(rule.namespace()))
                                .findFirst()
                                .map(IsolationRule::origin)
                                .orElse(api.origin())));
            }
        }
        model.isolations().forEach(rule -> boundary(found, rule));
        return found;
    }

    private static void api(List<Guarantee> found, IstioDialect dialect, ApiModel api) {
        String how = "AuthorizationPolicy " + api.namespace() + "/" + api.name() + " with STRICT mutual TLS";
        if (api.entry().access().isRestricted() && !FarAccess.isAsked(api)) {
            String what = dialect.dataPlane() == DataPlane.AMBIENT
                    ? "access is asked at the waypoint of whatever enters, and the node lets nobody else to the workload"
                    : "access is asked at the workload of whatever enters";
            found.add(new Guarantee(api.id(), what, Strength.PROXY, how, api.origin()));
        }
        if (CallerPlan.asks(api)) {
            String what = "only the listed workloads call";
            found.add(new Guarantee(
                    api.id(),
                    what,
                    Strength.PROXY,
                    how,
                    api.service().callers().get(0).origin()));
        }
        AuthorizerRule rule = api.entry().authorizer();
        if (rule != null) {
            String what = "an external authorizer is asked about what enters"
                    + (rule.failOpen() ? ", which goes on where it gives no answer" : "");
            String where = "AuthorizationPolicy " + dialect.ingress().namespace() + "/" + AuthorizerWriter.name(api)
                    + " at the gateway";
            found.add(new Guarantee(api.id(), what, Strength.PROXY, where, rule.origin()));
        }
    }

    /** A network policy tells namespaces apart, but not the workloads of one. */
    private static void boundary(List<Guarantee> found, IsolationRule rule) {
        String name = rule.namespace() + "/" + Meta.BOUNDARY;
        found.add(new Guarantee(
                rule.id(),
                "no other namespace is let in than those that are named, and the gateway where something is exposed",
                Strength.HARD,
                "NetworkPolicy " + name,
                rule.origin()));
        if (rule.from().stream().anyMatch(peer -> peer.name() != null)) {
            found.add(new Guarantee(
                    rule.id(),
                    "of a namespace only the workloads that are named are let in",
                    Strength.PROXY,
                    "AuthorizationPolicy " + name + " with STRICT mutual TLS",
                    rule.origin()));
        }
        found.add(new Guarantee(
                rule.id(),
                "workloads elsewhere that nobody has exposed are not called",
                Strength.NONE,
                "nothing stands at them; isolate their namespaces as well",
                rule.origin()));
    }
}
