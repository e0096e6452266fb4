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
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Nobody else's object lets in whom our definitions keep out. */
final class WideningRules {
    private static final Term NAMESPACE = text(Term.REQUEST, "namespace");
    private static final Term.Ref TARGET = ref("target");
    private static final Term.Ref MODE = ref("port");
    private static final Term.Ref TOKENS = ref("issuer");
    private static final Term.Ref AUDIENCE = ref("audience");
    private static final Term.Ref SUBSET = ref("subset");
    private static final Term.Ref PORT = ref("port");

    private final Ours ours;
    private final String root;
    private final List<String> gateways;
    private final Term unless;
    private final Term unlessLabelled;

    /**
     * Rules.
     *
     * @param unless who and what is passed over
     * @param unlessLabelled the same where labels mean something
     */
    WideningRules(Ours ours, String root, List<String> gateways, Term unless, Term unlessLabelled) {
        this.ours = ours;
        this.root = root;
        this.gateways = gateways;
        this.unless = unless;
        this.unlessLabelled = unlessLabelled;
    }

    GuardRail rail() {
        List<Rule> rules = new ArrayList<>(policies());
        rules.addAll(new FenceRules(ours, root, unless).rules());
        rules.addAll(new DetourRules(ours, unless, unlessLabelled).rules());
        return new GuardRail(
                "widening",
                "LintelWidening",
                false,
                rules.stream().map(Rule::orByDefinition).toList());
    }

    private List<Rule> policies() {
        return List.of(
                rule(
                        "policy",
                        "admission.widens",
                        Resource.AUTHORIZATION,
                        new Term.When(policyLetsIn(), say("ALLOW")),
                        "adds to a workload of a definition",
                        "say it in the definition, or select another workload by its labels"),
                rule(
                        "plaintext",
                        "admission.plaintext",
                        Resource.PEERS,
                        new Term.When(plaintext(), say("mutual TLS is not STRICT")),
                        "weakens a workload of a definition:",
                        "say STRICT, or select another workload by its labels"),
                rule(
                        "keys",
                        "admission.keys",
                        Resource.TOKENS,
                        Term.together(
                                new Term.Each(
                                        list(Term.NOW, "spec", "jwtRules"),
                                        TOKENS,
                                        foreignKeys(),
                                        text(TOKENS, "issuer")),
                                new Term.When(ofAnybody(), say("*"))),
                        "brings other keys for the issuer",
                        "say the keys as the definitions do: jwks where they say it, jwksUri where that"),
                rule(
                        "audience",
                        "admission.audience",
                        Resource.TOKENS,
                        new Term.When(otherAudiences(), text(Term.NOW, "metadata", "name")),
                        "takes tokens for others at a workload of a definition, which asks for an audience:",
                        "say the audiences of the definition, or select another workload by its labels"),
                rule(
                        "tls",
                        "admission.tls",
                        Resource.DESTINATION_RULE,
                        new Term.When(
                                and(ours.host("our_host", NAMESPACE, text(Term.NOW, "spec", "host")), tlsOff()),
                                text(Term.NOW, "spec", "host")),
                        "takes mutual TLS from calls to",
                        "leave out tls, or say ISTIO_MUTUAL"),
                rule(
                        "filter",
                        "admission.filter",
                        List.of(Resource.ENVOY_FILTER, Resource.WASM_PLUGIN, Resource.TRAFFIC_EXTENSION),
                        new Term.When(in(NAMESPACE, filtered()), NAMESPACE),
                        "changes the proxies of",
                        "say it in the definition, or have the account that writes it listed"));
    }

    private Rule rule(String name, String code, Resource resource, Term offenders, String wrong, String hint) {
        return rule(name, code, List.of(resource), offenders, wrong, hint);
    }

    private Rule rule(String name, String code, List<Resource> resources, Term offenders, String wrong, String hint) {
        return new Rule("widening_" + name, code, resources, unless, offenders, wrong, hint);
    }

    private Term policyLetsIn() {
        Term allows = in(textOr(say("ALLOW"), Term.NOW, "spec", "action"), "ALLOW", "");
        return and(allows, not(new Term.Empty(list(Term.NOW, "spec", "rules"))), reachesOurs());
    }

    private Term reachesOurs() {
        Term targets = list(Term.NOW, "spec", "targetRefs");
        Term target = map(Term.NOW, "spec", "targetRef");
        return or(
                "reaches_ours",
                and(new Term.Empty(targets), new Term.Empty(target), couldSelect()),
                new Term.Any(targets, TARGET, couldMean(TARGET)),
                and(not(new Term.Empty(target)), couldMean(target)));
    }

    /** A selector is about ours unless a label of it says otherwise. */
    private Term couldSelect() {
        List<Term> ways = new ArrayList<>();
        ours.selectors()
                .forEach((label, values) -> ways.add(new Term.In(
                        joined(NAMESPACE, say("/"), text(Term.NOW, "spec", "selector", "matchLabels", label)),
                        say(selecting(values)))));
        if (!ours.unlabelled().isEmpty()) {
            ways.add(in(NAMESPACE, withRoot(ours.unlabelled())));
        }
        return ways.isEmpty() ? new Term.Truth(false) : new Term.Or("could_select_ours", ways);
    }

    /** In the root namespace it is about all namespaces. */
    private List<String> selecting(Set<String> values) {
        Set<String> all = new LinkedHashSet<>(values);
        for (String value : values) {
            int slash = value.indexOf('/');
            all.add(value.substring(0, slash + 1));
            all.add(root + value.substring(slash));
        }
        all.add(root + "/");
        return new ArrayList<>(all);
    }

    private Term couldMean(Term target) {
        Term service = joined(textOr(NAMESPACE, target, "namespace"), say("/"), text(target, "name"));
        return and(
                in(NAMESPACE, withRoot(ours.namespaces())),
                not(and(
                        new Term.Same(text(target, "kind"), say("Service")),
                        not(in(service, new ArrayList<>(ours.services()))))));
    }

    /** The older of two for a workload holds. Without a mode it takes that of the namespace or the mesh, in place of ours. */
    private Term plaintext() {
        Term ports = new Term.Values(map(Term.NOW, "spec", "portLevelMtls"));
        return and(
                couldSelect(),
                or(
                        "plaintext",
                        not(in(text(Term.NOW, "spec", "mtls", "mode"), "STRICT")),
                        new Term.Any(ports, MODE, not(in(text(MODE, "mode"), "STRICT")))));
    }

    private Term foreignKeys() {
        Term issuer = text(TOKENS, "issuer");
        Term keys = text(TOKENS, "jwks");
        Term place = text(TOKENS, "jwksUri");
        Term alias = text(TOKENS, "jwks_uri");
        List<Term> foreign = new ArrayList<>(List.of(
                others(issuer, keys, ours.pinned()),
                others(issuer, place, ours.keys()),
                others(issuer, alias, ours.keys())));
        if (!ours.held().isEmpty()) {
            // Without keys and without an address it is the issuer that is asked, which ours do not do.
            foreign.add(
                    and(in(issuer, new ArrayList<>(ours.held())), not(said(keys)), not(said(place)), not(said(alias))));
        }
        return and(in(issuer, new ArrayList<>(ours.issuers())), new Term.Or("foreign_keys", foreign));
    }

    /** Without an issuer proxies do not look at the iss of a token, so that whose keys these are is ours as well. */
    private Term ofAnybody() {
        return ours.issuers().isEmpty()
                ? new Term.Truth(false)
                : and(
                        new Term.Any(
                                list(Term.NOW, "spec", "jwtRules"),
                                TOKENS,
                                new Term.Same(text(TOKENS, "issuer"), say(""))),
                        reachesOurs());
    }

    /** What one of several objects takes is taken, so that an audience is asked for only where all of them do. */
    private Term otherAudiences() {
        List<String> asked = new ArrayList<>(ours.audiences().keySet());
        if (asked.isEmpty()) {
            return new Term.Truth(false);
        }
        List<String> known = new ArrayList<>();
        ours.audiences().forEach((issuer, all) -> all.forEach(one -> known.add(issuer + " " + one)));
        Term issuer = text(TOKENS, "issuer");
        Term audiences = list(TOKENS, "audiences");
        return and(
                new Term.Any(
                        list(Term.NOW, "spec", "jwtRules"),
                        TOKENS,
                        and(
                                in(issuer, asked),
                                or(
                                        "other_audiences",
                                        new Term.Empty(audiences),
                                        new Term.Any(
                                                audiences,
                                                AUDIENCE,
                                                not(in(joined(issuer, say(" "), AUDIENCE), known)))))),
                reachesOurs());
    }

    private static Term said(Term text) {
        return not(new Term.Same(text, say("")));
    }

    private static Term others(Term issuer, Term keys, Set<String> known) {
        return known.isEmpty()
                ? said(keys)
                : and(said(keys), not(in(joined(issuer, say(" "), keys), new ArrayList<>(known))));
    }

    private static Term tlsOff() {
        Term policy = map(Term.NOW, "spec", "trafficPolicy");
        Term subsets = list(Term.NOW, "spec", "subsets");
        return or("tls_off", off(policy), new Term.Any(subsets, SUBSET, off(map(SUBSET, "trafficPolicy"))));
    }

    private static Term off(Term policy) {
        return or("other_tls", otherTls(policy), new Term.Any(list(policy, "portLevelSettings"), PORT, otherTls(PORT)));
    }

    /** No tls is Istio's own choice, but a tls without a mode is DISABLE. */
    private static Term otherTls(Term settings) {
        Term tls = textOr(say("ISTIO_MUTUAL"), settings, "tls");
        return not(in(textOr(tls, settings, "tls", "mode"), "ISTIO_MUTUAL"));
    }

    private List<String> withRoot(Collection<String> namespaces) {
        Set<String> all = new LinkedHashSet<>(namespaces);
        all.add(root);
        return new ArrayList<>(all);
    }

    private List<String> filtered() {
        Set<String> all = new LinkedHashSet<>(withRoot(ours.namespaces()));
        gateways.forEach(gateway -> all.add(gateway.substring(0, gateway.indexOf('/'))));
        return new ArrayList<>(all);
    }
}
