package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.Spelling;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.ForeignHosts.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where policies of anybody are asked: at the ingress gateway, at every workload, at those of a namespace, or at those that
 * a selector names, which in the root namespace may live anywhere.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/security/authorization-policy/#AuthorizationPolicy">Istio,
 *     AuthorizationPolicy</a>
 */
final class ForeignScope {
    /** What the pods of the usual ingress gateway carry beside the label that gateways select. */
    private static final Map<String, String> USUAL = Map.of("istio", "ingressgateway", "app", "istio-ingressgateway");

    private final IstioDialect dialect;
    private final ForeignServices services;
    private final List<Manifest> policies;
    private final List<Problem> problems;
    private final Set<Manifest> used = new LinkedHashSet<>();

    ForeignScope(IstioDialect dialect, ForeignServices services, List<Manifest> policies, List<Problem> problems) {
        this.dialect = dialect;
        this.services = services;
        this.policies = policies;
        this.problems = problems;
    }

    /** Those that are asked at the ingress gateway. */
    List<Manifest> gateway() {
        return used(policies.stream().filter(this::isGateways).toList());
    }

    /** Those that are asked at the workloads of a service. */
    List<Manifest> workload(Target target) {
        return used(policies.stream()
                .filter(policy -> !isAttached(policy) && isAbout(policy, target))
                .toList());
    }

    /** The same, once {@link #workload} was asked; nothing is told again. */
    List<Manifest> told(Target target) {
        int told = problems.size();
        List<Manifest> found = workload(target);
        problems.subList(told, problems.size()).clear();
        return found;
    }

    private List<Manifest> used(List<Manifest> found) {
        used.addAll(found);
        return found;
    }

    /** Tells what was asked about no service; calls from inside may meet it. */
    void tellOthers() {
        for (Manifest policy : policies) {
            if (isAttached(policy) && !isGateways(policy)) {
                problems.add(Fields.unread(
                        policy.id(),
                        "spec: targetRefs " + names(policy) + " are asked by a waypoint or another gateway, which are"
                                + " not read"));
            } else if (!used.contains(policy)) {
                problems.add(unused(policy));
            }
        }
    }

    /** A policy that selects another service than those that are exposed, or none that anybody told. */
    private Problem unused(Manifest policy) {
        Map<String, String> asked = selector(policy);
        List<Map<String, String>> known = services.told(isRoot(policy) ? "" : policy.namespace());
        if (asked.isEmpty() || known.isEmpty() || known.stream().anyMatch(labels -> meets(asked, labels))) {
            return Fields.inside(policy.id(), "spec.selector: is about no service that is exposed here");
        }
        Set<String> near = new TreeSet<>();
        asked.forEach((name, value) -> {
            List<String> values = known.stream()
                    .map(labels -> labels.getOrDefault(name, ""))
                    .filter(one -> !one.isEmpty() && !one.equals(value))
                    .toList();
            Spelling.near(value, values).ifPresent(one -> near.add(name + ": " + one));
        });
        return Fields.unread(
                policy.id(),
                "spec.selector: selects no workload of these objects, so that it is asked about nothing: " + asked
                        + (near.isEmpty() ? "" : ", did you mean " + String.join(", ", near) + "?"));
    }

    /** Whether workloads with these labels may be selected: no label that both name says otherwise. */
    private static boolean meets(Map<String, String> asked, Map<String, String> labels) {
        return asked.entrySet().stream()
                .allMatch(one -> one.getValue().equals(labels.getOrDefault(one.getKey(), one.getValue())));
    }

    /** Whether it names what it is attached to; sidecars do not look at such a policy. */
    private static boolean isAttached(Manifest policy) {
        Fields spec = new Fields(policy.id(), "spec", policy.spec(), new ArrayList<>());
        return spec.has("targetRefs") || spec.has("targetRef");
    }

    private static List<String> names(Manifest policy) {
        List<String> names = new ArrayList<>();
        Fields spec = new Fields(policy.id(), "spec", policy.spec(), new ArrayList<>());
        List<Fields> references = new ArrayList<>(spec.maps("targetRefs"));
        if (spec.has("targetRef")) {
            references.add(spec.map("targetRef"));
        }
        references.forEach(one -> names.add(one.text("kind") + "/" + one.text("name")));
        return names;
    }

    private static Map<String, String> selector(Manifest policy) {
        Fields spec = new Fields(policy.id(), "spec", policy.spec(), new ArrayList<>());
        return spec.map("selector").pairs("matchLabels");
    }

    private boolean isGateways(Manifest policy) {
        if (isAttached(policy)) {
            String name = dialect.ingress().labels().get("gateway.networking.k8s.io/gateway-name");
            return name != null
                    && policy.namespace().equals(dialect.ingress().namespace())
                    && names(policy).contains("Gateway/" + name);
        }
        boolean here = policy.namespace().equals(dialect.ingress().namespace()) || isRoot(policy);
        return here
                && labels(dialect.ingress())
                        .entrySet()
                        .containsAll(selector(policy).entrySet());
    }

    /** What the pods of an ingress gateway carry, as far as it is known. */
    static Map<String, String> labels(IngressGateway ingress) {
        return USUAL.entrySet().containsAll(ingress.labels().entrySet()) ? USUAL : ingress.labels();
    }

    private boolean isRoot(Manifest policy) {
        return policy.namespace().equals(dialect.rootNamespace());
    }

    private boolean isAbout(Manifest policy, Target target) {
        if (!isRoot(policy) && !policy.namespace().equals(target.namespace())) {
            return false;
        }
        Map<String, String> asked = selector(policy);
        if (asked.isEmpty()) {
            return true;
        }
        Map<String, String> labels = services.labels(target);
        // Whose labels nobody tells may be selected by anything that is not about somebody else.
        boolean unknown = services.told(target).isEmpty() && !services.isAboutOthers(asked, target);
        boolean other = !meets(asked, labels);
        if (other && !unknown || isRoot(policy) && isGateways(policy)) {
            return false;
        }
        if (other) {
            problems.add(Fields.unread(
                    policy.id(),
                    "spec.selector: " + asked + " may be workloads of " + target.host()
                            + ", as that service is not among the objects; read as if it were"));
            return true;
        }
        if (!labels.keySet().containsAll(asked.keySet())) {
            problems.add(Fields.unread(
                    policy.id(),
                    "spec.selector: " + asked + " may be some of the workloads of " + target.host() + ", which carry "
                            + labels + "; read as if they were all"));
        }
        return true;
    }
}
