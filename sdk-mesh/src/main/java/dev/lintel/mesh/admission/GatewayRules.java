package dev.lintel.mesh.admission;

import static dev.lintel.mesh.admission.Term.and;
import static dev.lintel.mesh.admission.Term.in;
import static dev.lintel.mesh.admission.Term.joined;
import static dev.lintel.mesh.admission.Term.list;
import static dev.lintel.mesh.admission.Term.map;
import static dev.lintel.mesh.admission.Term.matches;
import static dev.lintel.mesh.admission.Term.not;
import static dev.lintel.mesh.admission.Term.or;
import static dev.lintel.mesh.admission.Term.ref;
import static dev.lintel.mesh.admission.Term.say;
import static dev.lintel.mesh.admission.Term.text;
import static dev.lintel.mesh.admission.Term.textOr;
import static dev.lintel.mesh.admission.Term.together;

import java.util.ArrayList;
import java.util.List;

/** Routes hang on gateways that are listed, on the mesh, or on services. */
final class GatewayRules {
    private static final Term NAMESPACE = text(Term.REQUEST, "namespace");
    private static final Term.Ref GATEWAY = ref("gateway");
    private static final Term.Ref PARENT = ref("parent");
    private static final Term.Ref ROUTE = ref("route");
    private static final Term.Ref MATCH = ref("matched");

    private final String allowed;
    private final String told;
    private final Term unless;

    GatewayRules(List<String> gateways, Term unless) {
        this.allowed = Patterns.gateways(gateways);
        this.told = dev.lintel.core.Names.few(gateways);
        this.unless = unless;
    }

    GuardRail rail() {
        Term spec = map(Term.NOW, "spec");
        List<Term> virtual = new ArrayList<>(List.of(other(list(spec, "gateways"))));
        for (String protocol : List.of("http", "tls", "tcp")) {
            virtual.add(inMatches(list(spec, protocol)));
        }
        return new GuardRail(
                "gateways",
                "LintelGateways",
                false,
                List.of(
                        rule("virtual_service", List.of(Resource.VIRTUAL_SERVICE), new Term.Together(virtual)),
                        rule(
                                "route",
                                List.of(
                                        Resource.HTTP_ROUTE,
                                        Resource.GRPC_ROUTE,
                                        Resource.TLS_ROUTE,
                                        Resource.TCP_ROUTE,
                                        Resource.UDP_ROUTE),
                                new Term.Each(list(spec, "parentRefs"), PARENT, not(parent(PARENT)), told(PARENT))),
                        rule(
                                "listener_set",
                                List.of(Resource.LISTENER_SET),
                                new Term.When(not(parent(map(spec, "parentRef"))), told(map(spec, "parentRef")))),
                        rule(
                                "api_rule",
                                List.of(Resource.API_RULE),
                                together(ofApiRule("gateway"), ofApiRule("externalGateway")))));
    }

    private Rule rule(String name, List<Resource> resources, Term offenders) {
        return new Rule(
                "gateway_of_" + name,
                "admission.gateway",
                resources,
                unless,
                offenders,
                "hangs on the gateway",
                "allowed are " + told);
    }

    private Term other(Term gateways) {
        Term allowedHere = or(
                "allowed_gateway",
                in(GATEWAY, "mesh"),
                matches(GATEWAY, allowed),
                matches(joined(NAMESPACE, say("/"), GATEWAY), allowed));
        return new Term.Each(gateways, GATEWAY, not(allowedHere), GATEWAY);
    }

    /** Gateways that are named by a match of a route stand beside those of the whole. */
    private Term inMatches(Term routes) {
        Term matches = list(ROUTE, "match");
        Term offending = new Term.Each(
                matches,
                MATCH,
                not(new Term.Empty(other(list(MATCH, "gateways")))),
                new Term.Commas(other(list(MATCH, "gateways"))));
        return new Term.Each(routes, ROUTE, not(new Term.Empty(offending)), new Term.Commas(offending));
    }

    private Term parent(Term parent) {
        Term kind = textOr(say("Gateway"), parent, "kind");
        return or(
                "allowed_parent",
                new Term.Same(kind, say("Service")),
                and(
                        new Term.Same(kind, say("Gateway")),
                        matches(
                                joined(textOr(NAMESPACE, parent, "namespace"), say("/"), text(parent, "name")),
                                allowed)));
    }

    private static Term told(Term parent) {
        return joined(textOr(NAMESPACE, parent, "namespace"), say("/"), text(parent, "name"));
    }

    private Term ofApiRule(String field) {
        Term gateway = text(Term.NOW, "spec", field);
        return new Term.When(and(not(new Term.Same(gateway, say(""))), not(matches(gateway, allowed))), gateway);
    }
}
