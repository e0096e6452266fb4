package dev.lintel.mesh.admission;

import static dev.lintel.mesh.admission.Term.and;
import static dev.lintel.mesh.admission.Term.in;
import static dev.lintel.mesh.admission.Term.is;
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

import java.util.List;

/** Nothing is open to everybody but what is listed. */
final class PublicRules {
    private static final Term NAMESPACE = text(Term.REQUEST, "namespace");
    private static final Term.Ref RULE = ref("rule");
    private static final Term.Ref FROM = ref("from");
    private static final Term.Ref TO = ref("to");
    private static final Term.Ref CONDITION = ref("condition");
    private static final Term.Ref VALUE = ref("value");
    private static final Term.Ref PATH = ref("path");
    private static final Term.Ref HOST = ref("host");
    private static final Term.Ref STRATEGY = ref("strategy");

    private final List<String> paths;
    private final List<String> hosts;
    private final List<String> gateways;
    private final Term unless;

    /** Who comes by one of the gateways' namespaces is everybody. */
    PublicRules(List<String> paths, List<String> hosts, List<String> namespaces, List<String> gateways, Term unless) {
        this.paths = paths;
        this.hosts = hosts;
        this.gateways = gateways.stream()
                .map(gateway -> gateway.substring(0, gateway.indexOf('/')))
                .distinct()
                .toList();
        this.unless = or("passed_over_or_public", unless, in(NAMESPACE, namespaces));
    }

    GuardRail rail() {
        return new GuardRail(
                "public",
                "LintelPublicRoutes",
                false,
                List.of(
                        rule(
                                "authorization_policy",
                                Resource.AUTHORIZATION,
                                new Term.Each(
                                        rulesThatAllow(), RULE, and(not(closed()), not(listed())), say("everybody"))),
                        rule(
                                "api_rule",
                                Resource.API_RULE,
                                new Term.Each(
                                        list(Term.NOW, "spec", "rules"),
                                        RULE,
                                        and(open(), not(publicPath(text(RULE, "path"))), not(publicHosts())),
                                        text(RULE, "path")))));
    }

    private Rule rule(String name, Resource resource, Term offenders) {
        return new Rule(
                "public_" + name,
                "admission.public",
                List.of(resource),
                unless,
                offenders,
                "opens to the public",
                "ask for a token or name who may call, or have the path, the host or the namespace listed as public");
    }

    /** An older APIRule has one host, in a field of its own. */
    static Term singleHost() {
        Term host = text(Term.NOW, "spec", "host");
        return new Term.When(not(new Term.Same(host, say(""))), host);
    }

    private static Term rulesThatAllow() {
        Term allows = in(textOr(say("ALLOW"), Term.NOW, "spec", "action"), "ALLOW", "");
        return new Term.Each(list(Term.NOW, "spec", "rules"), ref("any_rule"), allows, ref("any_rule"));
    }

    /** Sources of a rule are alternatives, its conditions hold together. */
    private Term closed() {
        Term conditions = new Term.Any(list(RULE, "when"), CONDITION, closedCondition());
        return or(
                "closed_rule",
                and(
                        not(new Term.Empty(list(RULE, "from"))),
                        new Term.Every(list(RULE, "from"), FROM, closedSource(map(FROM, "source")))),
                conditions);
    }

    /**
     * Fields of a source hold together. A token that must be there is a caller who is known; an
     * address is none, since behind a gateway it may be everybody's.
     */
    private Term closedSource(Term source) {
        return or(
                "closed_source",
                not(new Term.Empty(list(source, "requestPrincipals"))),
                all(list(source, "principals"), closedPrincipal()),
                all(list(source, "namespaces"), closedNamespace()),
                all(list(source, "serviceAccounts"), closedAccount()));
    }

    private Term closedCondition() {
        Term key = text(CONDITION, "key");
        Term values = list(CONDITION, "values");
        return or(
                "closed_condition",
                and(matches(key, "^request\\.auth\\."), not(new Term.Empty(values))),
                and(in(key, "source.principal"), all(values, closedPrincipal())),
                and(in(key, "source.namespace"), all(values, closedNamespace())),
                and(in(key, "source.serviceAccount"), all(values, closedAccount())));
    }

    private static Term all(Term values, Term condition) {
        return and(not(new Term.Empty(values)), new Term.Every(values, VALUE, condition));
    }

    private Term closedPrincipal() {
        return and(
                matches(VALUE, "^[a-z0-9.-]+/ns/[a-z0-9-]+/(\\*|sa/[^*]+\\*?)$"),
                not(matches(VALUE, "/ns/(" + String.join("|", gateways) + ")/")));
    }

    private Term closedNamespace() {
        return and(matches(VALUE, "^[a-z0-9-]+$"), not(in(VALUE, gateways)));
    }

    private Term closedAccount() {
        return and(matches(VALUE, "^[^*]+$"), not(matches(VALUE, "^(" + String.join("|", gateways) + ")/")));
    }

    /** A list of paths that are not meant means all others. */
    private Term listed() {
        Term operation = map(TO, "operation");
        Term listedOperation = or(
                "public_operation",
                and(
                        not(new Term.Empty(list(operation, "paths"))),
                        new Term.Every(list(operation, "paths"), PATH, publicPath(PATH))),
                and(
                        not(new Term.Empty(list(operation, "hosts"))),
                        new Term.Every(list(operation, "hosts"), HOST, matches(HOST, Patterns.hosts(hosts)))));
        return and(not(new Term.Empty(list(RULE, "to"))), new Term.Every(list(RULE, "to"), TO, listedOperation));
    }

    private Term publicPath(Term path) {
        return matches(path, Patterns.paths(paths));
    }

    private Term publicHosts() {
        Term all = together(list(Term.NOW, "spec", "hosts"), singleHost());
        return and(not(new Term.Empty(all)), new Term.Every(all, HOST, matches(HOST, Patterns.hosts(hosts))));
    }

    private static Term open() {
        return or(
                "open_rule",
                is(RULE, "noAuth"),
                new Term.Any(
                        list(RULE, "accessStrategies"),
                        STRATEGY,
                        in(text(STRATEGY, "handler"), "allow", "no_auth", "noop", "anonymous")));
    }
}
