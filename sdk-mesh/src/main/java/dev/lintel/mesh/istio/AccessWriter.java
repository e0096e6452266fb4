package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes who may call: the token check and the ALLOW rules at the workload's sidecar, keyed on the gateway's identity,
 * with mutual TLS, without which there are no identities.
 *
 * <p>A RequestAuthentication only refuses bad tokens, so that it never stands alone; and the first ALLOW policy on a
 * workload refuses whatever it does not name, so that callers inside the mesh have a rule of their own.
 */
final class AccessWriter {
    static final String PLACES = "fromHeaders";

    private final IstioDialect dialect;
    private final ApiModel api;

    AccessWriter(IstioDialect dialect, ApiModel api) {
        this.dialect = dialect;
        this.api = api;
    }

    /** Only connections of known workloads are taken. */
    Manifest strict() {
        return object(Meta.PEER_AUTHENTICATION, map("selector", selector(), "mtls", map("mode", "STRICT")));
    }

    List<Manifest> write(AccessPlan plan, CallerPlan callers) {
        List<Manifest> manifests = new ArrayList<>();
        manifests.add(strict());
        Access access = api.entry().access();
        if (!access.issuers().isEmpty()) {
            manifests.add(object(
                    Meta.REQUEST_AUTHENTICATION,
                    about(
                            "jwtRules",
                            access.issuers().stream()
                                    .map(issuer -> jwtRule(issuer, access.audiences()))
                                    .toList(),
                            "",
                            null)));
        }
        if (dialect.dataPlane() == DataPlane.AMBIENT) {
            manifests.add(Waypoint.lock(dialect, api));
        }
        manifests.add(object(Meta.AUTHORIZATION_POLICY, about("action", "ALLOW", "rules", rules(plan, callers))));
        return manifests;
    }

    private Manifest object(String kind, Map<String, Object> spec) {
        return Meta.object(Meta.SECURITY, kind, api, api.name(), Map.of(), spec);
    }

    private Map<String, Object> selector() {
        return map("matchLabels", api.service().labels());
    }

    /** What a policy is about: a waypoint takes the policies of its services and passes over selectors. */
    Map<String, Object> target() {
        return dialect.dataPlane() == DataPlane.AMBIENT ? Waypoint.target(api) : map("selector", selector());
    }

    private Map<String, Object> about(String key, Object value, String more, @Nullable Object other) {
        Map<String, Object> spec = map(key, value, more, other);
        Map<String, Object> all = new LinkedHashMap<>(target());
        all.putAll(spec);
        return all;
    }

    static Map<String, Object> jwtRule(Issuer issuer, List<String> audiences) {
        return map(
                "issuer",
                issuer.issuer(),
                "audiences",
                audiences,
                "jwksUri",
                issuer.jwksUri() == null ? null : issuer.jwksUri().toString(),
                "jwks",
                issuer.jwks(),
                PLACES,
                bearer(),
                "forwardOriginalToken",
                true);
    }

    /** Where tokens are: unless it is said, Envoy also takes the one in the query as {@code access_token}. */
    static List<Map<String, Object>> bearer() {
        return List.of(map("name", "Authorization", "prefix", "Bearer "));
    }

    /** Requirements in the order of the areas, public ones after those that ask for something, callers inside last. */
    private List<Object> rules(AccessPlan plan, CallerPlan callers) {
        Map<Requirement, List<Operation>> operations = new LinkedHashMap<>();
        for (AccessPlan.Area area : plan.areas()) {
            Map<Requirement, MethodSet> asked = area.absorbed() ? Map.of() : area.asked();
            asked.forEach((requirement, methods) -> {
                for (Operation one : entering(area, methods, callers)) {
                    Operation.add(operations.computeIfAbsent(requirement, r -> new ArrayList<>()), one);
                }
            });
        }
        List<Object> rules = new ArrayList<>();
        operations.forEach((requirement, to) -> {
            if (requirement instanceof Requirement.Token token
                    && !requestPrincipals().isEmpty()) {
                token.anyOf().forEach(grant -> rules.add(rule(grant, to)));
            }
        });
        List<Operation> open = operations.get(Requirement.PUBLIC);
        if (open != null) {
            rules.add(rule(null, open));
        }
        rules.addAll(new CallerWriter(dialect).rules(callers));
        return rules;
    }

    /** An area as far as those may call there who enter by the host. */
    private static List<Operation> entering(AccessPlan.Area area, MethodSet methods, CallerPlan callers) {
        List<Operation> operations = new ArrayList<>();
        for (CallerPlan.Cut<MethodSet> cut : callers.entering()) {
            PathPattern common = area.seen().intersect(cut.path()).orElse(null);
            MethodSet left = methods.intersect(cut.value());
            if (common == null || cut.absorbed() || left.isEmpty()) {
                continue;
            }
            List<PathPattern> carved = Partition.widest(Stream.concat(area.carved().stream(), cut.carved().stream())
                    .distinct()
                    .filter(one -> one.intersect(common).isPresent())
                    .toList());
            if (carved.stream().noneMatch(one -> one.covers(common))) {
                operations.add(Operation.of(common, carved, left));
            }
        }
        return operations;
    }

    private Map<String, Object> rule(@Nullable Grant grant, List<Operation> to) {
        Map<String, Object> source = map(
                "principals",
                List.of(dialect.principal()),
                "requestPrincipals",
                grant == null ? null : requestPrincipals());
        return map(
                "from",
                List.of(map("source", source)),
                "to",
                to.stream().map(Operation::tree).toList(),
                "when",
                grant == null ? null : conditions(grant));
    }

    private List<String> requestPrincipals() {
        return api.entry().access().issuers().stream()
                .map(issuer -> issuer.issuer() + "/*")
                .toList();
    }

    /** Every entry of {@code when} must hold, and one value of each is enough. */
    private static List<Object> conditions(Grant grant) {
        List<Object> when = new ArrayList<>();
        for (String scope : grant.scopes()) {
            when.add(map("key", "request.auth.claims[scope]", "values", List.of(scope)));
        }
        for (Grant.ClaimRule claim : grant.claims()) {
            when.add(map("key", "request.auth.claims[" + claim.name() + "]", "values", claim.anyOf()));
        }
        return when;
    }
}
