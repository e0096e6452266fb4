package dev.lintel.mesh.istio;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.core.plan.Strength;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must be there for what may leave to be kept, and how hard it is kept then. */
final class EgressNotes {
    private final IstioDialect dialect;
    private final MeshModel model;
    private final Collection<String> namespaces;
    private final List<Problem> found = new ArrayList<>();

    EgressNotes(IstioDialect dialect, MeshModel model, Collection<String> namespaces) {
        this.dialect = dialect;
        this.model = model;
        this.namespaces = namespaces;
    }

    List<Guarantee> guarantees() {
        List<Guarantee> guarantees = new ArrayList<>();
        for (String namespace : namespaces) {
            List<EgressRule> rules = rules(namespace);
            if (rules.isEmpty()) {
                continue;
            }
            boolean fenced = EgressFence.holds(rules);
            String hosts = rules.stream().map(EgressRule::host).collect(Collectors.joining(", "));
            guarantees.add(new Guarantee(
                    "egress of " + namespace,
                    "nothing leaves but to " + hosts + (fenced ? ", through " + gateways(rules) : "") + far(),
                    fenced ? Strength.HARD : Strength.PROXY,
                    fenced
                            ? "NetworkPolicy " + namespace + "/" + EgressFence.NAME
                                    + " for pods with a network of their own"
                                    + ", and AuthorizationPolicy at the gateway, which knows the namespace by its"
                                    + " certificates"
                            : "Sidecar " + namespace + "/" + EgressWriter.NAME
                                    + " with REGISTRY_ONLY, which holds nobody who gets around the" + " sidecar",
                    rules.get(0).origin()));
            rules.stream()
                    .filter(rule -> fenced && !rule.onlyFor().isEmpty())
                    .map(EgressNotes::applications)
                    .forEach(guarantees::add);
        }
        return guarantees;
    }

    /** Hosts of this model behind which a service is elsewhere can be called from anywhere, as far as they let callers in. */
    private String far() {
        return model.apis().stream().anyMatch(api -> api.service().traffic().elsewhere() != null)
                ? ", and by the hosts of services elsewhere"
                : "";
    }

    private static Guarantee applications(EgressRule rule) {
        return new Guarantee(
                "egress of " + rule.namespace(),
                "nothing but " + String.join(", ", rule.onlyFor()) + " calls " + rule.host(),
                Strength.PROXY,
                "Sidecars of these applications; the gateway knows the namespace alone",
                rule.origin());
    }

    private static String gateways(List<EgressRule> rules) {
        Set<String> gateways = new LinkedHashSet<>();
        rules.forEach(rule -> gateways.add(String.valueOf(rule.gateway())));
        return String.join(" and ", gateways);
    }

    /** What must be so for it, where there is a rule. */
    List<Problem> prerequisites() {
        if (model.egress().isEmpty()) {
            return found;
        }
        EgressRule first = model.egress().get(0);
        need(
                "istio.egress-elsewhere",
                first,
                "once one host is said nothing else leaves, from no namespace; but this dialect writes only into "
                        + namespaces,
                "set in the mesh configuration:\n"
                        + "        meshConfig:\n"
                        + "          outboundTrafficPolicy:\n"
                        + "            mode: REGISTRY_ONLY");
        need(
                "istio.egress-reach",
                first,
                "workloads of " + namespaces
                        + " call only services of these namespaces and of " + dialect.controlPlane() + " from now on:"
                        + " a Sidecar takes in what it names",
                "say what else they call in definitions, which makes its namespace known");
        for (EgressRule rule : model.egress()) {
            if (!rule.onlyFor().isEmpty()) {
                need(
                        "istio.egress-applications",
                        rule,
                        "a mesh knows the applications " + rule.onlyFor() + " by the label " + EgressWriter.APP
                                + " of their workloads, which whoever may deploy there may set",
                        "give no other workload of " + rule.namespace() + " these labels");
            }
        }
        gateways();
        namespaces.forEach(this::way);
        return found;
    }

    private void gateways() {
        Map<String, List<EgressRule>> byGateway = new TreeMap<>();
        for (EgressRule rule : model.egress()) {
            if (rule.gateway() != null) {
                byGateway
                        .computeIfAbsent(rule.gateway().toString(), name -> new ArrayList<>())
                        .add(rule);
            }
        }
        for (List<EgressRule> rules : byGateway.values()) {
            EgressGateway gateway = Objects.requireNonNull(rules.get(0).gateway());
            SortedSet<Integer> ports = new TreeSet<>();
            rules.forEach(rule -> ports.addAll(rule.ports()));
            String label = Exit.pods(gateway).entrySet().stream()
                    .map(pair -> pair.getKey() + "=" + pair.getValue())
                    .collect(Collectors.joining(","));
            need(
                    "istio.egress-gateway",
                    rules.get(0),
                    "the egress gateway must run: pods with the label " + label + " behind the service '"
                            + gateway.name()
                            + "' in " + gateway.namespace() + " with the ports " + ports
                            + ", which serve nobody's plain HTTP; what others let out by it is out for every namespace",
                    "install it with Istio, and add to its service each port that is missing");
        }
    }

    private void way(String namespace) {
        List<EgressRule> rules = rules(namespace);
        List<EgressRule> through =
                rules.stream().filter(rule -> rule.gateway() != null).toList();
        List<EgressRule> direct =
                rules.stream().filter(rule -> rule.gateway() == null).toList();
        if (through.isEmpty()) {
            return;
        }
        if (!direct.isEmpty()) {
            need(
                    "istio.egress-gateway-mixed",
                    through.get(0),
                    "workloads of " + namespace
                            + " that get around their sidecars are not held to the gateway, because "
                            + direct.stream().map(EgressRule::host).collect(Collectors.joining(", "))
                            + " is called directly, to an address that a NetworkPolicy cannot name",
                    "say throughGateway() for every host of the namespace");
            return;
        }
        need(
                "istio.egress-gateway-network",
                through.get(0),
                "NetworkPolicy " + namespace + "/" + EgressFence.NAME + " is kept by network plugins that keep"
                        + " NetworkPolicies, and by no other; it lets workloads of " + namespace + " call "
                        + EgressFence.reach(dialect, model, namespace) + ", the gateway, and names in "
                        + EgressFence.DNS
                        + " by port 53, and nothing else: no API server, no metadata address",
                "use such a plugin, let no other NetworkPolicy of " + namespace + " open more, and no pod of it use"
                        + " the network of its node (hostNetwork), which no NetworkPolicy holds");
        need(
                "istio.egress-gateway-names",
                through.get(0),
                "workloads of " + namespace + " ask pods in " + EgressFence.DNS
                        + " for names; a resolver on their node, as"
                        + " NodeLocal DNSCache is at 169.254.20.10, is no pod, and what asks it resolves nothing",
                "where nodes have one, let " + namespace
                        + " call it by a NetworkPolicy of its own: egress to the ipBlock"
                        + " 169.254.20.10/32, port 53, by UDP and TCP");
        for (ApiModel api : model.apis()) {
            Elsewhere elsewhere = api.service().traffic().elsewhere();
            if (elsewhere != null && elsewhere.address() != null) {
                need(
                        "istio.egress-gateway-elsewhere",
                        through.get(0),
                        "workloads of " + namespace + " no longer reach the service elsewhere of " + api.id()
                                + ", which is called directly; requests that enter by the gateway do",
                        "let them call its host instead, with a definition of its own through the gateway");
            }
        }
    }

    private List<EgressRule> rules(String namespace) {
        return EgressWriter.rules(model, namespace);
    }

    private void need(String code, EgressRule rule, String message, String hint) {
        found.add(new Problem(code, rule.id(), message, hint, rule.origin()));
    }
}
