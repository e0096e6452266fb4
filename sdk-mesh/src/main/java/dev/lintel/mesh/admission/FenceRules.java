package dev.lintel.mesh.admission;

import static dev.lintel.mesh.admission.Term.and;
import static dev.lintel.mesh.admission.Term.in;
import static dev.lintel.mesh.admission.Term.joined;
import static dev.lintel.mesh.admission.Term.list;
import static dev.lintel.mesh.admission.Term.matches;
import static dev.lintel.mesh.admission.Term.not;
import static dev.lintel.mesh.admission.Term.or;
import static dev.lintel.mesh.admission.Term.ref;
import static dev.lintel.mesh.admission.Term.say;
import static dev.lintel.mesh.admission.Term.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Nobody else's object opens the way into or out of a namespace that our definitions close, or leads calls elsewhere. */
final class FenceRules {
    private static final Term NAMESPACE = text(Term.REQUEST, "namespace");
    private static final Term.Ref HOST = ref("host");
    private static final Term.Ref PLACE = ref("place");

    private final Ours ours;
    private final String root;
    private final Term unless;

    FenceRules(Ours ours, String root, Term unless) {
        this.ours = ours;
        this.root = root;
        this.unless = unless;
    }

    List<Rule> rules() {
        Set<String> listening = new LinkedHashSet<>(ours.namespaces());
        listening.add(root);
        return List.of(
                rule(
                        "network",
                        "admission.network",
                        Resource.NETWORK_POLICY,
                        new Term.When(
                                or("network_opens", opens(ours.isolated(), "ingress"), opens(ours.gated(), "egress")),
                                NAMESPACE),
                        "adds to what the network lets through in",
                        "say it in the definition that closes the namespace"),
                rule(
                        "sidecar",
                        "admission.sidecar",
                        Resource.SIDECAR,
                        new Term.When(
                                or(
                                        "sidecar_replaces",
                                        in(NAMESPACE, new ArrayList<>(ours.exits())),
                                        opens(listening, "ingress")),
                                NAMESPACE),
                        "takes the place of what definitions say of the proxies of",
                        "say it in the definition, or leave out ingress"),
                rule(
                        "entry",
                        "admission.redirect",
                        Resource.SERVICE_ENTRY,
                        new Term.Each(
                                list(Term.NOW, "spec", "hosts"),
                                HOST,
                                or("leads_away", outside(false), inside()),
                                HOST),
                        "leads elsewhere calls to",
                        "say by the definition where calls go"),
                rule(
                        "detour",
                        "admission.redirect",
                        Resource.VIRTUAL_SERVICE,
                        new Term.Each(list(Term.NOW, "spec", "hosts"), HOST, and(meetsTheMesh(), outside(true)), HOST),
                        "leads elsewhere calls to",
                        "say by the definition where calls go"));
    }

    private Rule rule(String name, String code, Resource resource, Term offenders, String wrong, String hint) {
        return new Rule("widening_" + name, code, List.of(resource), unless, offenders, wrong, hint);
    }

    /** NetworkPolicies add up, and a listener of a Sidecar is asked in place of those that the mesh makes. */
    private static Term opens(Collection<String> namespaces, String field) {
        return and(in(NAMESPACE, new ArrayList<>(namespaces)), not(new Term.Empty(list(Term.NOW, "spec", field))));
    }

    /** Whether routes are for calls inside the mesh. */
    static Term meetsTheMesh() {
        Term gateways = list(Term.NOW, "spec", "gateways");
        return or("meets_the_mesh", new Term.Empty(gateways), new Term.In(say("mesh"), gateways));
    }

    /** A host that is let out, in the namespace of our entry; of routes also a wildcard that covers it. */
    private Term outside(boolean covering) {
        List<String> expressions = new ArrayList<>();
        for (String one : ours.outside()) {
            int space = one.indexOf(' ');
            String host = one.substring(space + 1);
            List<String> hosts = new ArrayList<>();
            hosts.add(host.startsWith("*.") ? "[^ ]*" + Patterns.quoted(host.substring(1)) : Patterns.quoted(host));
            for (int dot = host.indexOf('.'); covering && dot >= 0; dot = host.indexOf('.', dot + 1)) {
                hosts.add("\\*" + Patterns.quoted(host.substring(dot)));
            }
            // Whatever else begins with a star is not looked at closer.
            hosts.addAll(covering ? List.of("\\*", "\\*[^. ][^ ]*") : List.of());
            expressions.add(one.substring(0, space) + " (" + String.join("|", hosts) + ")\\.?");
        }
        return expressions.isEmpty()
                ? new Term.Truth(false)
                : matches(
                        joined(NAMESPACE, say(" "), new Term.Lower(HOST)), "^(" + String.join("|", expressions) + ")$");
    }

    /**
     * A service of ours. An entry is called as it says: a name without a namespace takes calls in each namespace that sees it,
     * in place of the service that is meant there.
     */
    private Term inside() {
        List<String> called = ours.called();
        if (called.isEmpty()) {
            return new Term.Truth(false);
        }
        Term lower = new Term.Lower(HOST);
        Term exported = list(Term.NOW, "spec", "exportTo");
        Term everywhere = matches(
                lower,
                alone(called.stream()
                        .map(service -> service.substring(service.indexOf('/') + 1))
                        .distinct()
                        .toList()));
        Term here = matches(joined(NAMESPACE, say("/"), lower), alone(called));
        Term there = matches(joined(PLACE, say("/"), lower), alone(called));
        return or(
                "calls_ours",
                ours.called(lower),
                and(new Term.Empty(exported), everywhere),
                new Term.Any(
                        exported,
                        PLACE,
                        or(
                                "sees_the_entry",
                                and(new Term.Same(PLACE, say("*")), everywhere),
                                and(new Term.Same(PLACE, say(".")), here),
                                there)));
    }

    private static String alone(List<String> names) {
        return "^(" + String.join("|", names) + ")\\.?$";
    }
}
