package dev.lintel.mesh.admission;

import static dev.lintel.mesh.admission.Term.and;
import static dev.lintel.mesh.admission.Term.in;
import static dev.lintel.mesh.admission.Term.joined;
import static dev.lintel.mesh.admission.Term.list;
import static dev.lintel.mesh.admission.Term.map;
import static dev.lintel.mesh.admission.Term.not;
import static dev.lintel.mesh.admission.Term.or;
import static dev.lintel.mesh.admission.Term.ref;
import static dev.lintel.mesh.admission.Term.say;
import static dev.lintel.mesh.admission.Term.text;
import static dev.lintel.mesh.admission.Term.textOr;

import java.util.ArrayList;
import java.util.List;

/**
 * Nobody else's object takes calls inside the mesh from a service of ours, or leads any to what is outside and ours.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/workload-entry/">Istio, Workload Entry</a>
 * @see <a href="https://gateway-api.sigs.k8s.io/mesh/">Gateway API for mesh</a>
 */
final class DetourRules {
    private static final Term NAMESPACE = text(Term.REQUEST, "namespace");
    private static final Term.Ref HOST = ref("host");
    private static final Term.Ref PARENT = ref("parent");
    private static final Term.Ref ROUTE = ref("route");
    private static final Term.Ref LEG = ref("leg");
    private static final Term.Ref GATEWAY = ref("gateway");
    private static final List<Resource> ROUTES = List.of(
            Resource.HTTP_ROUTE, Resource.GRPC_ROUTE, Resource.TLS_ROUTE, Resource.TCP_ROUTE, Resource.UDP_ROUTE);
    private static final String CODE = "admission.redirect";
    private static final String LEADS = "leads elsewhere calls to";
    private static final String LEADS_OUT = "leads by another way to";
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
                        ROUTES,
                        unless,
                        new Term.Each(list(Term.NOW, "spec", "parentRefs"), PARENT, parent(service), service),
                        LEADS,
                        SAY),
                new Rule(
                        "widening_lead",
                        CODE,
                        List.of(Resource.VIRTUAL_SERVICE),
                        unless,
                        Term.together(led("http"), led("tls"), led("tcp")),
                        LEADS_OUT,
                        SAY),
                new Rule(
                        "widening_backend",
                        CODE,
                        ROUTES,
                        unless,
                        new Term.Each(list(Term.NOW, "spec", "rules"), ROUTE, backend(), told()),
                        LEADS_OUT,
                        SAY));
    }

    private Term parent(Term parent) {
        Term kind = text(PARENT, "kind");
        Term service = and(new Term.Same(kind, say("Service")), in(parent, ours.called()));
        return ours.entries().isEmpty()
                ? service
                : or(
                        "parent_of_ours",
                        service,
                        and(new Term.Same(kind, say("ServiceEntry")), in(parent, new ArrayList<>(ours.entries()))));
    }

    /** Behind a service elsewhere there is no proxy that would ask who calls, so that only our routes may lead there. */
    private Term led(String protocol) {
        Term mirror = text(ROUTE, "mirror", "host");
        return new Term.Each(
                list(Term.NOW, "spec", protocol),
                ROUTE,
                or(
                        "leads_out",
                        out(mirror),
                        new Term.Any(list(ROUTE, "route"), LEG, out(text(LEG, "destination", "host"))),
                        new Term.Any(list(ROUTE, "mirrors"), LEG, out(text(LEG, "destination", "host")))),
                new Term.Commas(new Term.Together(List.of(
                        new Term.When(out(mirror), mirror),
                        outs(list(ROUTE, "route")),
                        outs(list(ROUTE, "mirrors"))))));
    }

    private Term outs(Term legs) {
        Term host = text(LEG, "destination", "host");
        return new Term.Each(legs, LEG, out(host), host);
    }

    /** A host outside may be called in the mesh by whom it is let out to; at a gateway it would be anybody. */
    private Term out(Term host) {
        Term gateways = list(Term.NOW, "spec", "gateways");
        return or(
                "is_out",
                ours.elsewhere(NAMESPACE, host),
                and(new Term.Any(gateways, GATEWAY, not(new Term.Same(GATEWAY, say("mesh")))), ours.outside(host)));
    }

    /** Of Gateway API a host is named by a kind of Istio's. */
    private Term backend() {
        return or(
                "backend_out",
                new Term.Any(list(ROUTE, "backendRefs"), LEG, named(LEG)),
                new Term.Any(list(ROUTE, "filters"), LEG, named(map(LEG, "requestMirror", "backendRef"))));
    }

    private Term named(Term reference) {
        Term name = text(reference, "name");
        return and(
                new Term.Same(text(reference, "kind"), say("Hostname")),
                or("names_out", ours.elsewhere(NAMESPACE, name), ours.outside(name)));
    }

    private Term told() {
        Term mirrored = map(LEG, "requestMirror", "backendRef");
        return new Term.Commas(Term.together(
                new Term.Each(list(ROUTE, "backendRefs"), LEG, named(LEG), text(LEG, "name")),
                new Term.Each(list(ROUTE, "filters"), LEG, named(mirrored), text(mirrored, "name"))));
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
