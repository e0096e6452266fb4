package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.ForeignHosts.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which policies of anybody are about an API, and what they say together about requests that enter: those that select the
 * gateway, those that select the workloads, those of the whole namespace and those of the root namespace.
 */
final class ForeignAccess {
    private static final String SELF = "policies";

    private final IstioDialect dialect;
    private final ForeignServices services;
    private final ForeignScope scope;
    private final List<Problem> problems;
    private final ForeignPlaces places;

    ForeignAccess(
            IstioDialect dialect,
            ForeignServices services,
            List<Manifest> policies,
            ForeignPlaces places,
            List<Problem> problems) {
        this.places = places;
        this.dialect = dialect;
        this.services = services;
        this.scope = new ForeignScope(dialect, services, policies, problems);
        this.problems = problems;
    }

    /**
     * The policies of an API as this dialect writes them.
     *
     * @param target the service
     * @param hosts at which requests enter
     * @param rewritten whether paths become others on their way to the service
     * @param answers whether the gateway answers some requests itself
     */
    List<Manifest> of(Target target, List<String> hosts, boolean rewritten, boolean answers) {
        List<Manifest> gateway = scope.gateway();
        List<Manifest> workload = scope.workload(target);
        Fields place = new Fields("API " + target.name() + "." + target.namespace(), SELF, Map.of(), problems);
        List<ForeignClause> clauses;
        try {
            String api = target.name() + "." + target.namespace();
            clauses = both(
                    clauses(gateway, new ForeignLayer(null, api, hosts), place),
                    clauses(workload, new ForeignLayer(dialect.principal(), api, hosts), place));
        } catch (IllegalArgumentException e) {
            place.problem(e.getMessage() + "; everything is read as denied");
            clauses = List.of();
        }
        if (rewritten && gateway.stream().anyMatch(policy -> restricts(policy) && named(policy))) {
            place.problem(
                    "the gateway asks about the path before it is rewritten, the service about what becomes of it");
        }
        if (gateway.stream().anyMatch(ForeignAccess::restricts)) {
            problems.add(Fields.travels(
                    "API " + target.name() + "." + target.namespace(),
                    "the gateway refuses with 403 what it does not let through, even where no route is; there the model"
                            + " answers 404"));
            if (answers) {
                place.problem("the gateway asks who calls before it answers itself; the model answers everybody");
            }
        }
        Map<String, Map<String, Object>> rules = new LinkedHashMap<>();
        Map<String, String> said = new LinkedHashMap<>();
        gateway.forEach(policy -> jwt(policy, rules, said));
        int before = rules.size();
        workload.forEach(policy -> jwt(policy, rules, said));
        if (before > 0 && rules.size() > before && gateway.stream().anyMatch(ForeignAccess::restricts)) {
            place.problem("the gateway accepts tokens of other issuers than the workloads");
        }
        workload.stream()
                .filter(this::asksInside)
                .forEach(
                        policy -> problems.add(
                                Fields.inside(
                                        policy.id(),
                                        "spec: asks calls from inside as well as those through the gateway; the model asks the latter alone")));
        boolean asked = workload.stream().anyMatch(ForeignAccess::restricts)
                || gateway.stream().anyMatch(ForeignAccess::restricts);
        List<Manifest> written = asked || !rules.isEmpty() ? written(target, clauses, rules, asked, place) : List.of();
        places.policies(written, policies(target), List.copyOf(said.values()));
        return written;
    }

    /** The policies that are asked before a service. */
    private List<Manifest> policies(Target target) {
        return Stream.concat(scope.gateway().stream(), scope.told(target).stream())
                .filter(ForeignAccess::restricts)
                .toList();
    }

    private List<ForeignClause> clauses(List<Manifest> of, ForeignLayer layer, Fields place) {
        boolean tokens = of.stream().anyMatch(policy -> policy.kind().equals(Meta.REQUEST_AUTHENTICATION));
        for (Manifest policy : of) {
            if (restricts(policy)) {
                Map<String, Object> spec = new LinkedHashMap<>(policy.spec());
                spec.remove("selector");
                spec.remove("targetRefs");
                spec.remove("targetRef");
                layer.policy(new Fields(policy.id(), "spec", spec, problems));
            }
        }
        List<ForeignClause> clauses = new ArrayList<>();
        for (ForeignClause clause : layer.clauses()) {
            if (clause.need() == null || tokens) {
                clauses.add(clause);
            } else {
                place.problem("asks for a token where no RequestAuthentication reads one: nobody is let through");
            }
        }
        return clauses;
    }

    private static List<ForeignClause> both(List<ForeignClause> ones, List<ForeignClause> others) {
        List<ForeignClause> both = new ArrayList<>();
        for (ForeignClause one : ones) {
            for (ForeignClause other : others) {
                ForeignClause common = one.and(other);
                if (common != null && !both.contains(common)) {
                    both.add(common);
                }
            }
        }
        return both;
    }

    private List<Manifest> written(
            Target target,
            List<ForeignClause> clauses,
            Map<String, Map<String, Object>> jwt,
            boolean asked,
            Fields place) {
        Map<String, Object> selector = map("matchLabels", services.labels(target));
        List<Manifest> written = new ArrayList<>();
        written.add(object(Meta.PEER_AUTHENTICATION, target, map("selector", selector, "mtls", map("mode", "STRICT"))));
        List<String> issuers = List.copyOf(jwt.keySet());
        if (!jwt.isEmpty()) {
            List<Object> rules = new ArrayList<>(jwt.values());
            written.add(object(Meta.REQUEST_AUTHENTICATION, target, map("selector", selector, "jwtRules", rules)));
        }
        if (asked) {
            List<Object> rules = new ArrayList<>();
            rules.add(map("from", List.of(map("source", map("notPrincipals", List.of(dialect.principal()))))));
            for (ForeignClause clause : ForeignClause.anyIssuer(clauses, issuers)) {
                Map<String, Object> rule = ForeignLayer.rule(clause, dialect.principal(), issuers, place);
                boolean nobody = clause.need() != null && !String.valueOf(rule).contains("requestPrincipals");
                if (!nobody) {
                    rules.add(rule);
                }
            }
            written.add(object(
                    Meta.AUTHORIZATION_POLICY, target, map("selector", selector, "action", "ALLOW", "rules", rules)));
        }
        return written;
    }

    private static Manifest object(String kind, Target target, Map<String, Object> spec) {
        return new Manifest(
                Meta.SECURITY,
                kind,
                target.namespace(),
                target.name(),
                Map.of(Manifest.API, target.name()),
                Map.of(),
                spec);
    }

    /** The issuers of a RequestAuthentication, each once; two that say the same issuer otherwise are a problem. */
    private void jwt(Manifest policy, Map<String, Map<String, Object>> into, Map<String, String> said) {
        if (!policy.kind().equals(Meta.REQUEST_AUTHENTICATION)) {
            return;
        }
        Fields spec = new Fields(policy.id(), "spec", policy.spec(), problems);
        for (Fields rule : spec.maps("jwtRules")) {
            String issuer = rule.text("issuer");
            Map<String, Object> rest = rule.rest();
            if (issuer == null || issuer.isBlank()) {
                rule.problem("names no issuer; tokens of any issuer with these keys are good, which cannot be said");
                continue;
            }
            // Claims that are lists by spaces are read so here in any case.
            rest.remove("spaceDelimitedClaims");
            // Who names no place means the query as well; a token there is none of those that are read here.
            if (Stream.of(AccessWriter.PLACES, "fromParams", "fromCookies").noneMatch(rest::containsKey)) {
                rest.put(AccessWriter.PLACES, AccessWriter.bearer());
            }
            // Told here, where it is known who said so; what is written goes on with the token in any case.
            if (!Boolean.TRUE.equals(rest.put("forwardOriginalToken", true))) {
                rule.problem(
                        "forwardOriginalToken is not true, so that the token is taken away before the next hop, which"
                                + " then takes the call for one without a token; a definition hands the token on");
            }
            said.putIfAbsent(issuer, rule.place());
            Map<String, Object> whole = map("issuer", issuer);
            whole.putAll(rest);
            Map<String, Object> other = into.putIfAbsent(issuer, whole);
            if (other != null && !other.equals(whole)) {
                rule.problem("says otherwise about issuer '" + issuer + "' than another RequestAuthentication");
            }
        }
    }

    private static boolean restricts(Manifest policy) {
        return policy.kind().equals(Meta.AUTHORIZATION_POLICY);
    }

    private static boolean named(Manifest policy) {
        return String.valueOf(policy.spec()).contains("aths=");
    }

    /** Whether it is about calls from inside the mesh, too. */
    private boolean asksInside(Manifest policy) {
        if (!restricts(policy)) {
            return false;
        }
        List<?> rules = policy.spec().get("rules") instanceof List<?> list ? list : List.of();
        Object open = map("from", List.of(map("source", map("notPrincipals", List.of(dialect.principal())))));
        boolean denies = "DENY".equals(policy.spec().get("action"));
        return denies
                ? rules.stream()
                        .anyMatch(rule -> !String.valueOf(rule).contains(" principals=")
                                && !String.valueOf(rule).contains("{principals="))
                : rules.stream().noneMatch(rule -> rule.equals(open) || rule.equals(Map.of()));
    }

    /** Tells which policies are about no API; must be asked after all APIs. */
    void tellOthers() {
        scope.tellOthers();
    }
}
