package dev.lintel.mesh.admission;

import static dev.lintel.mesh.admission.Term.and;
import static dev.lintel.mesh.admission.Term.in;
import static dev.lintel.mesh.admission.Term.joined;
import static dev.lintel.mesh.admission.Term.list;
import static dev.lintel.mesh.admission.Term.or;
import static dev.lintel.mesh.admission.Term.ref;
import static dev.lintel.mesh.admission.Term.say;
import static dev.lintel.mesh.admission.Term.text;
import static dev.lintel.mesh.admission.Term.textOr;

import java.util.ArrayList;
import java.util.List;

/**
 * Nobody else's object takes calls inside the mesh from a service of ours.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/workload-entry/">Istio, Workload Entry</a>
 * @see <a href="https://gateway-api.sigs.k8s.io/mesh/">Gateway API for mesh</a>
 */
final class DetourRules {
    private static final Term NAMESPACE = text(Term.REQUEST, "namespace");
    private static final Term.Ref HOST = ref("host");
    private static final Term.Ref PARENT = ref("parent");
    private static final String CODE = "admission.redirect";
    private static final String LEADS = "leads elsewhere calls to";
    private static final String SAY = "say by the definition where calls go";

    private final Ours ours;
    private final Term unless;
    private final Term unlessLabelled;

    /**
     * Rules.
     *
     * @param unless who and what is passed over
     * @param unlessLabelled the same where labels mean something
     */
    DetourRules(Ours ours, Term unless, Term unlessLabelled) {
        this.ours = ours;
        this.unless = unless;
        this.unlessLabelled = unlessLabelled;
    }

    List<Rule> rules() {
        Term service = joined(textOr(NAMESPACE, PARENT, "namespace"), say("/"), text(PARENT, "name"));
        return List.of(
                new Rule(
                        "widening_workload",
                        CODE,
                        List.of(Resource.WORKLOAD_ENTRY),
                        unlessLabelled,
                        new Term.When(isSelected(), text(Term.NOW, "spec", "address")),
                        "takes calls to a workload of a definition at",
                        "give it other labels"),
                new Rule(
                        "widening_route",
                        CODE,
                        List.of(Resource.VIRTUAL_SERVICE),
                        unless,
                        new Term.Each(
                                list(Term.NOW, "spec", "hosts"),
                                HOST,
                                and(FenceRules.meetsTheMesh(), ours.host("route_host", NAMESPACE, HOST)),
                                HOST),
                        LEADS,
                        SAY),
                new Rule(
                        "widening_parent",
                        CODE,
                        List.of(
                                Resource.HTTP_ROUTE,
                                Resource.GRPC_ROUTE,
                                Resource.TLS_ROUTE,
                                Resource.TCP_ROUTE,
                                Resource.UDP_ROUTE),
                        unless,
                        new Term.Each(
                                list(Term.NOW, "spec", "parentRefs"),
                                PARENT,
                                and(new Term.Same(text(PARENT, "kind"), say("Service")), in(service, ours.called())),
                                service),
                        LEADS,
                        SAY));
    }

    /** A workload has the labels of its object beside those that it says. Who lacks one is not selected. */
    private Term isSelected() {
        List<Term> ways = new ArrayList<>();
        ours.selectors().forEach((label, values) -> {
            for (Term said :
                    List.of(text(Term.NOW, "metadata", "labels", label), text(Term.NOW, "spec", "labels", label))) {
                ways.add(in(joined(NAMESPACE, say("/"), said), new ArrayList<>(values)));
            }
        });
        return ways.isEmpty() ? new Term.Truth(false) : or("is_selected", ways.toArray(Term[]::new));
    }
}
