package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import dev.lintel.mesh.Manifest;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads SecurityPolicies of Envoy Gateway: one for a rule takes the place of one for its route, that of one for a listener,
 * and that of one for the gateway.
 */
final class SecurityReader {
    /** Stands for the algorithms of an issuer's keys, whichever they are. */
    private static final List<String> ALGORITHMS = List.of("any");

    /** Fields that ask something of who calls, and have no words here. */
    private static final List<String> UNREAD = List.of("basicAuth", "apiKeyAuth", "oidc");

    private final List<Problem> problems;
    private final Map<String, SeenAccess> targets = new LinkedHashMap<>();

    SecurityReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** What is asked at a rule; null for nothing. */
    @Nullable
    SeenAccess at(Manifest route, @Nullable String rule) {
        String whole = route.kind() + " " + route.namespace() + "/" + route.name();
        SeenAccess own = rule == null ? null : targets.get(whole + "/" + rule);
        SeenAccess here = own == null ? targets.get(whole) : own;
        return here == null ? atGateway(route) : here;
    }

    /** What is asked at the gateways of a route; nobody gets in where it is not the same at all of them. */
    private @Nullable SeenAccess atGateway(Manifest route) {
        Set<Optional<SeenAccess>> asked = new LinkedHashSet<>();
        for (List<String> names : Reach.listeners(route)) {
            asked.add(names.stream()
                    .map(name -> Optional.ofNullable(targets.get(Meta.GATEWAY + " " + name)))
                    .flatMap(Optional::stream)
                    .findFirst());
        }
        boolean listeners = targets.keySet().stream().anyMatch(target -> Reach.isListener(target, route));
        if (asked.size() > 1 || listeners) {
            problems.add(Part.unread(
                    route.id(), "spec: other things are asked at some of its gateways or listeners; read as denied"));
            return new SeenAccess(List.of(), List.of(), Requirement.DENIED, null);
        }
        return asked.stream().flatMap(Optional::stream).findFirst().orElse(null);
    }

    void read(Manifest policy) {
        Part spec = new Part(policy.id(), "spec", policy.spec(), problems);
        List<String> where = targets(policy.namespace(), spec);
        Part jwt = spec.part("jwt");
        boolean optional = jwt.flag("optional");
        List<Issuer> issuers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Set<List<String>> audiences = new LinkedHashSet<>();
        for (Part provider : jwt.parts("providers")) {
            names.add(provider.text("name", ""));
            String issuer = provider.text("issuer", "");
            audiences.add(provider.texts("audiences"));
            Part keys = provider.part("remoteJWKS");
            URI uri = keys.uri("uri");
            keys.end();
            bearer(provider.part("extractFrom"));
            provider.end();
            issuers.add(new Issuer(issuer, uri, ALGORITHMS, Origin.unknown()));
        }
        jwt.end();
        if (audiences.size() > 1) {
            spec.problem("asks for other audiences of one issuer than of another");
        }
        AuthorizerRule authorizer = spec.has("extAuth") ? ExtAuth.read(policy, spec.part("extAuth")) : null;
        boolean judges = !names.isEmpty() || spec.has("authorization");
        boolean unread = UNREAD.stream().anyMatch(spec::has);
        Requirement said = judges || authorizer == null ? asked(spec, optional, names) : null;
        // What is not read may refuse everybody.
        Requirement asked = unread ? Requirement.DENIED : said;
        spec.end();
        SeenAccess access = new SeenAccess(
                issuers, audiences.isEmpty() ? List.of() : audiences.iterator().next(), asked, authorizer);
        for (String target : where) {
            if (targets.putIfAbsent(target, access) != null) {
                spec.problem("is not the only policy for " + target + ", of which the oldest counts");
            }
        }
    }

    /** Where nothing is said, Envoy also takes the token in the query as {@code access_token}. */
    private static void bearer(Part from) {
        List<Part> headers = from.parts("headers");
        boolean bearer = headers.size() == 1;
        for (Part header : headers) {
            header.only("name", "Authorization");
            header.only("valuePrefix", "Bearer ");
            header.end();
        }
        if (!bearer) {
            from.problem("takes tokens from elsewhere than 'Authorization: Bearer', as from the query");
        }
        from.end();
    }

    private static List<String> targets(String namespace, Part spec) {
        List<String> where = new ArrayList<>();
        List<Part> all = spec.parts("targetRefs");
        if (spec.has("targetRef")) {
            all.add(spec.part("targetRef"));
        }
        for (Part target : all) {
            target.only("group", Meta.GROUP);
            String kind = target.text("kind", "");
            String section = target.text("sectionName");
            where.add(kind + " " + namespace + "/" + target.text("name", "") + (section == null ? "" : "/" + section));
            target.end();
        }
        return where;
    }

    private static Requirement asked(Part spec, boolean optional, List<String> names) {
        boolean authorizes = spec.has("authorization");
        Part authorization = spec.part("authorization");
        boolean open = authorization.text("defaultAction", "Deny").equals("Allow");
        Map<Grant, Set<String>> grants = new LinkedHashMap<>();
        for (Part rule : authorization.parts("rules")) {
            rule.text("name", "");
            rule.only("action", "Allow");
            Part principal = rule.part("principal");
            Part jwt = principal.part("jwt");
            String provider = jwt.text("provider", "");
            Grant grant = grant(jwt);
            jwt.end();
            principal.end();
            rule.end();
            grants.computeIfAbsent(grant, g -> new LinkedHashSet<>()).add(provider);
        }
        authorization.end();
        if (!authorizes || open) {
            if (!grants.isEmpty()) {
                authorization.problem("allows some of what it allows anyway");
            }
            return names.isEmpty() || optional ? Requirement.PUBLIC : Requirement.TOKEN;
        }
        if (grants.isEmpty() || names.isEmpty()) {
            return Requirement.DENIED;
        }
        if (optional || grants.values().stream().anyMatch(some -> !some.containsAll(names))) {
            authorization.problem("asks for other things of tokens of one issuer than of another");
        }
        return new Requirement.Token(together(grants.keySet(), authorization));
    }

    private static Grant grant(Part jwt) {
        List<Grant.ClaimRule> claims = new ArrayList<>();
        for (Part claim : jwt.parts("claims")) {
            // The type is kept in the name until both are found together.
            String type = claim.text("valueType", "String");
            String name = claim.text("name", "");
            List<String> values = claim.texts("values");
            if (name.isEmpty() || values.isEmpty()) {
                claim.problem("has no name or no values");
                // Asked for all the same: what is not asked for would let tokens in.
                name = "?";
                values = List.of("");
            }
            claims.add(new Grant.ClaimRule(name + " " + type, values));
            claim.end();
        }
        return new Grant(jwt.texts("scopes"), claims);
    }

    /** A claim as one text and as a list of texts, found together, are what a claim rule means. */
    private static List<Grant> together(Set<Grant> typed, Part authorization) {
        Map<Grant, Set<Grant>> plain = new LinkedHashMap<>();
        for (Grant grant : typed) {
            List<Grant.ClaimRule> claims = grant.claims().stream()
                    .map(claim -> new Grant.ClaimRule(
                            claim.name().substring(0, claim.name().indexOf(' ')), claim.anyOf()))
                    .collect(Collectors.toList());
            plain.computeIfAbsent(new Grant(grant.scopes(), claims), g -> new LinkedHashSet<>())
                    .add(grant);
        }
        plain.forEach((grant, forms) -> {
            if (forms.size() != 1 << grant.claims().size()) {
                authorization.problem("asks for a claim that is a text and not a list, or the other way round");
            }
        });
        return List.copyOf(plain.keySet());
    }
}
