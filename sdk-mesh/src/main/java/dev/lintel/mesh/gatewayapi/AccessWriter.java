package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes who may call, for Envoy Gateway: a SecurityPolicy for each requirement, which names the rules of the route at which
 * it is asked. A policy for a rule takes the place of any other, and nothing is merged, so that none opens what another
 * closes. The first policy closes the routes as a whole: where the cluster drops the names of rules, or knows no policies
 * for rules, it is the only one that holds.
 *
 * @see <a href="https://gateway.envoyproxy.io/docs/api/extension_types/#securitypolicyspec">Envoy Gateway,
 *     SecurityPolicySpec</a>
 */
final class AccessWriter {
    /** More rules than this are no policy that a person would read. */
    private static final int MOST_RULES = 256;

    private final GatewayApiDialect dialect;
    private final ApiModel api;

    AccessWriter(GatewayApiDialect dialect, ApiModel api) {
        this.dialect = dialect;
        this.api = api;
    }

    /**
     * The policies for some routes.
     *
     * @throws IllegalArgumentException if one asks for too many different things
     */
    List<Manifest> write(List<RouteWriter.Written> routes) {
        List<Manifest> policies = new ArrayList<>();
        if (!api.entry().access().isRestricted()) {
            List<Object> whole = new ArrayList<>();
            routes.forEach(route -> whole.add(target(route)));
            Map<String, Object> spec = map("targetRefs", whole);
            spec.putAll(authorizer());
            policies.add(policy(spec, 1));
            return policies;
        }
        List<Object> closed = new ArrayList<>();
        routes.forEach(route -> closed.add(target(route)));
        policies.add(policy(map("targetRefs", closed, "authorization", map("defaultAction", "Deny")), 1));
        for (RouteWriter.Written route : routes) {
            Map<Optional<Requirement>, List<Object>> targets = new LinkedHashMap<>();
            for (int i = 0; i < route.rules().size(); i++) {
                Map<String, Object> target = target(route);
                target.put("sectionName", "rule-" + (i + 1));
                targets.computeIfAbsent(Optional.ofNullable(route.rules().get(i).asked()), r -> new ArrayList<>())
                        .add(target);
            }
            targets.forEach((asked, where) -> {
                Map<String, Object> spec = map("targetRefs", where);
                spec.putAll(asked.isPresent() ? authorizer() : Map.of());
                spec.putAll(asked.map(this::policy).orElseGet(AccessWriter::nothing));
                policies.add(policy(spec, policies.size() + 1));
            });
        }
        return policies;
    }

    /** What answers by itself asks for nothing. */
    private static Map<String, Object> nothing() {
        return map("authorization", map("defaultAction", "Allow"));
    }

    private static Map<String, Object> target(RouteWriter.Written route) {
        return map(
                "group",
                Meta.GROUP,
                "kind",
                route.manifest().kind(),
                "name",
                route.manifest().name());
    }

    private Map<String, Object> authorizer() {
        AuthorizerRule rule = api.entry().authorizer();
        return rule == null ? Map.of() : map("extAuth", ExtAuth.write(dialect, api, rule));
    }

    private Manifest policy(Map<String, Object> spec, int number) {
        return Meta.object(Meta.ENVOY, Meta.SECURITY_POLICY, api, Meta.name(api, "access", number), Map.of(), spec);
    }

    /** A token that is presented is checked at every path; without issuers there is none that is good. */
    private Map<String, Object> policy(Requirement asked) {
        Access access = api.entry().access();
        Map<String, Object> closed = map("authorization", map("defaultAction", "Deny"));
        if (asked instanceof Requirement.Denied && !access.issuers().isEmpty()) {
            return map("jwt", jwt(true), "authorization", map("defaultAction", "Deny"));
        }
        if (asked instanceof Requirement.Public) {
            return access.issuers().isEmpty() ? nothing() : map("jwt", jwt(true));
        }
        if (!(asked instanceof Requirement.Token token) || access.issuers().isEmpty()) {
            return closed;
        }
        if (token.anyOf().contains(Grant.NONE)) {
            return map("jwt", jwt(false));
        }
        List<Object> rules = new ArrayList<>();
        for (Grant grant : token.anyOf()) {
            for (int i = 1; i <= access.issuers().size(); i++) {
                for (List<Object> claims : claims(grant)) {
                    rules.add(map(
                            "action",
                            "Allow",
                            "principal",
                            map("jwt", map("provider", "issuer-" + i, "claims", claims, "scopes", grant.scopes()))));
                }
            }
        }
        if (rules.size() > MOST_RULES) {
            throw new IllegalArgumentException("what is asked becomes " + rules.size() + " rules");
        }
        return map("jwt", jwt(false), "authorization", map("defaultAction", "Deny", "rules", rules));
    }

    /** Each claim may be one text or a list of texts, which are two conditions. */
    private static List<List<Object>> claims(Grant grant) {
        List<List<Object>> all = List.of(List.of());
        for (Grant.ClaimRule claim : grant.claims()) {
            List<List<Object>> more = new ArrayList<>();
            for (List<Object> before : all) {
                for (String type : List.of("String", "StringArray")) {
                    List<Object> one = new ArrayList<>(before);
                    one.add(map("name", claim.name(), "valueType", type, "values", claim.anyOf()));
                    more.add(one);
                }
            }
            all = more;
            if (all.size() > MOST_RULES) {
                throw new IllegalArgumentException("claims are asked for in more than " + MOST_RULES + " ways");
            }
        }
        return all;
    }

    private Map<String, Object> jwt(boolean optional) {
        List<Object> providers = new ArrayList<>();
        for (Issuer issuer : api.entry().access().issuers()) {
            providers.add(map(
                    "name",
                    "issuer-" + (providers.size() + 1),
                    "issuer",
                    issuer.issuer(),
                    "audiences",
                    api.entry().access().audiences(),
                    "remoteJWKS",
                    map("uri", String.valueOf(issuer.jwksUri())),
                    "extractFrom",
                    map("headers", List.of(map("name", "Authorization", "valuePrefix", "Bearer ")))));
        }
        return map("optional", optional ? true : null, "providers", providers);
    }
}
