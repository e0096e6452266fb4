package dev.lintel.mesh.istio;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Peer;
import dev.lintel.core.Problem;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** What cannot be led through an egress gateway, each with the nearest thing that can. */
final class ExitRefusals {
    private final IstioDialect dialect;
    private final MeshModel model;
    private final List<Problem> problems = new ArrayList<>();

    private ExitRefusals(IstioDialect dialect, MeshModel model) {
        this.dialect = dialect;
        this.model = model;
    }

    static List<Problem> of(IstioDialect dialect, MeshModel model) {
        ExitRefusals refusals = new ExitRefusals(dialect, model);
        List<EgressRule> through =
                model.egress().stream().filter(rule -> rule.gateway() != null).toList();
        for (int i = 0; i < through.size(); i++) {
            EgressRule rule = through.get(i);
            refusals.alone(rule, Objects.requireNonNull(rule.gateway()));
            for (EgressRule first : through.subList(0, i)) {
                refusals.together(first, rule);
            }
        }
        refusals.places(through);
        return refusals.problems;
    }

    private void alone(EgressRule rule, EgressGateway gateway) {
        if (rule.host().startsWith("*.")) {
            add(
                    "istio.egress-gateway-wildcard",
                    rule,
                    "cannot leave through " + gateway
                            + ": a gateway sends on to hosts that it can look up, and nobody can" + " look up '"
                            + rule.host() + "'",
                    "say each host below it, or let the wildcard leave directly");
        }
        if (Exit.pods(gateway).equals(dialect.ingress().labels())) {
            add(
                    "istio.egress-gateway-ingress",
                    rule,
                    "leaves through " + gateway + ", which is where requests enter",
                    "install an egress gateway of its own, and name its service");
        }
        for (IsolationRule boundary : model.isolations()) {
            boolean closed = boundary.namespace().equals(gateway.namespace())
                    && !boundary.from().contains(new Peer(rule.namespace(), null));
            if (closed) {
                add(
                        "istio.egress-gateway-boundary",
                        rule,
                        "leaves through " + gateway + ", but the boundary of " + gateway.namespace()
                                + boundary.origin().after(" at ") + " keeps workloads of " + rule.namespace() + " out",
                        "let the whole namespace in: allowFrom(\"" + rule.namespace() + "\")");
            }
        }
    }

    /** What two namespaces say about one host must not meet at one gateway in two ways. */
    private void together(EgressRule first, EgressRule rule) {
        EgressGateway one = Objects.requireNonNull(first.gateway());
        EgressGateway other = Objects.requireNonNull(rule.gateway());
        if (!first.host().equals(rule.host())) {
            return;
        }
        if (one.equals(other) && !first.ports().equals(rule.ports())) {
            add(
                    "istio.egress-gateway-ports",
                    rule,
                    "leaves by ports " + rule.ports() + ", and " + first.id()
                            + first.origin().after(" at ") + " by " + first.ports()
                            + " through the same gateway, which knows its callers by host, not by port",
                    "say the same ports for both namespaces, or another gateway for one of them");
        } else if (!one.equals(other)
                && (one.namespace().equals(other.namespace()) || Exit.pods(one).equals(Exit.pods(other)))) {
            add(
                    "istio.egress-gateway-two",
                    rule,
                    "leaves through " + other + ", and " + first.id()
                            + first.origin().after(" at ") + " through " + one
                            + ": what is said of the host for one of these gateways is seen by the other",
                    "name one gateway for both, or gateways of two names in two namespaces");
        }
    }

    /** Nothing leaves a gateway's own namespace by way of it: the network would keep in the gateway as well. */
    private void places(List<EgressRule> through) {
        SortedSet<String> places = new TreeSet<>();
        through.forEach(
                rule -> places.add(Objects.requireNonNull(rule.gateway()).namespace()));
        for (EgressRule rule : model.egress()) {
            String namespace = rule.namespace();
            boolean control = namespace.equals(dialect.controlPlane())
                    || namespace.equals(dialect.ingress().namespace());
            if (places.contains(namespace) || control && rule.gateway() != null) {
                add(
                        "istio.egress-gateway-namespace",
                        rule,
                        "is called from " + namespace + ", where a gateway or the control plane runs: what keeps the"
                                + " namespace in would keep in that, too",
                        "let the callers, or the gateway, live in another namespace");
            }
        }
    }

    private void add(String code, EgressRule rule, String message, String hint) {
        problems.add(new Problem(code, rule.id(), message, hint, rule.origin()));
    }

    /** In a mesh without sidecars nothing asks what may leave: a Sidecar means nothing to its nodes. */
    static List<Problem> ambient(MeshModel model) {
        return model.egress().stream()
                .map(rule -> new Problem(
                        "istio.ambient-egress",
                        rule.id(),
                        "a mesh without sidecars takes no Sidecar, so that everything would leave",
                        "use sidecars in " + rule.namespace() + ", or a NetworkPolicy of your own",
                        rule.origin()))
                .toList();
    }
}
