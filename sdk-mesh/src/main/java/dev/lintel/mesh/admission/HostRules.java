package dev.lintel.mesh.admission;

import static dev.lintel.mesh.admission.Term.and;
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

/** A namespace binds hosts {@code {name}.{namespace}.{domain}}, and those that are listed for it. */
final class HostRules {
    private static final Term NAMESPACE = text(Term.REQUEST, "namespace");
    private static final Term ALL = say("*");
    private static final Term.Ref HOST = ref("host");
    private static final Term.Ref LISTENER = ref("listener");
    private static final Term.Ref SERVER = ref("server");
    private static final Term.Ref ROUTE = ref("route");

    private final String domain;
    private final Term listed;
    private final Term unless;

    /** Listed hosts are expressions for texts {@code namespace host}. */
    HostRules(String domain, List<String> listed, Term unless) {
        this.domain = domain;
        this.listed = say(listed);
        this.unless = unless;
    }

    GuardRail rail() {
        return new GuardRail(
                "hosts",
                "LintelHosts",
                false,
                List.of(
                        rule(
                                "virtual_service",
                                List.of(Resource.VIRTUAL_SERVICE),
                                new Term.Each(list(Term.NOW, "spec", "hosts"), HOST, not(meshHost()), HOST)),
                        rule(
                                "route",
                                List.of(Resource.HTTP_ROUTE, Resource.GRPC_ROUTE, Resource.TLS_ROUTE),
                                together(
                                        foreign(list(Term.NOW, "spec", "hostnames")),
                                        new Term.When(
                                                and(new Term.Empty(list(Term.NOW, "spec", "hostnames")), not(own(ALL))),
                                                ALL))),
                        rule(
                                "listener",
                                List.of(Resource.GATEWAY, Resource.LISTENER_SET),
                                new Term.Each(
                                        list(Term.NOW, "spec", "listeners"),
                                        LISTENER,
                                        not(own(textOr(ALL, LISTENER, "hostname"))),
                                        textOr(ALL, LISTENER, "hostname"))),
                        rule(
                                "server",
                                List.of(Resource.ISTIO_GATEWAY),
                                new Term.Each(
                                        list(Term.NOW, "spec", "servers"),
                                        SERVER,
                                        new Term.Any(list(SERVER, "hosts"), HOST, not(own(HOST))),
                                        new Term.Commas(foreign(list(SERVER, "hosts"))))),
                        rule(
                                "api_rule",
                                List.of(Resource.API_RULE),
                                together(foreign(list(Term.NOW, "spec", "hosts")), foreign(PublicRules.singleHost()))),
                        rule(
                                "ingress",
                                List.of(Resource.INGRESS),
                                together(
                                        new Term.Each(
                                                list(Term.NOW, "spec", "rules"),
                                                ROUTE,
                                                not(own(textOr(ALL, ROUTE, "host"))),
                                                textOr(ALL, ROUTE, "host")),
                                        new Term.When(
                                                and(
                                                        not(new Term.Empty(map(Term.NOW, "spec", "defaultBackend"))),
                                                        not(own(ALL))),
                                                ALL))),
                        rule(
                                "service_entry",
                                List.of(Resource.SERVICE_ENTRY),
                                new Term.Each(
                                        list(Term.NOW, "spec", "hosts"),
                                        HOST,
                                        and(matches(new Term.Lower(HOST), inHere()), not(meshHost())),
                                        HOST))));
    }

    private Rule rule(String name, List<Resource> resources, Term offenders) {
        return new Rule(
                "host_of_" + name,
                "admission.host",
                resources,
                unless,
                offenders,
                "binds the host",
                "bind {name}.{namespace}." + domain + ", or have the host listed for the namespace");
    }

    private Term foreign(Term hosts) {
        return new Term.Each(hosts, HOST, not(own(HOST)), HOST);
    }

    private Term own(Term host) {
        Term expression = joined(
                say("^" + Patterns.FOR_WHOM + Patterns.LABEL + "\\."),
                NAMESPACE,
                say("\\." + Patterns.quoted(domain) + "$"));
        Term.Ref one = ref("expression");
        return or(
                "own_host",
                new Term.Matches(host, expression),
                new Term.Any(listed, one, new Term.Matches(joined(NAMESPACE, say(" "), host), one)));
    }

    /** Also names by which services of the namespace are called from inside. */
    private Term meshHost() {
        Term expression =
                joined(say("^" + Patterns.LABEL + "(\\."), NAMESPACE, say("(\\.svc(\\.cluster\\.local)?)?)?$"));
        return or("own_host_inside", own(HOST), new Term.Matches(HOST, expression));
    }

    /** Hosts that are of somebody in the cluster, or cover such. */
    private String inHere() {
        List<String> wide = new ArrayList<>(List.of("", "\\.local", "\\.cluster\\.local", "\\.svc\\.cluster\\.local"));
        for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
            wide.add(Patterns.quoted(domain.substring(dot)));
        }
        return "^\\*(" + String.join("|", wide) + ")\\.?$|(^|\\.)" + Patterns.quoted(domain)
                + "\\.?$|\\.svc(\\.cluster\\.local)?\\.?$";
    }
}
