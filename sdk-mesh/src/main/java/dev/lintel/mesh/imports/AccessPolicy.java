package dev.lintel.mesh.imports;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Grant.ClaimRule;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The access rules of a model as the stored form of an OAuth2 policy. */
final class AccessPolicy {
    private final Unsaid lost;

    AccessPolicy(Unsaid lost) {
        this.lost = lost;
    }

    /** The policy that says who may call. */
    List<Map<String, Object>> of(ApiModel api) {
        Access access = api.entry().access();
        if (!access.isRestricted()) {
            return List.of();
        }
        List<Map<String, Object>> policies = new ArrayList<>();
        if (access.issuers().isEmpty()) {
            lost.add("access rules without an issuer whose tokens are accepted, but for answers of 403");
            policies.addAll(denied(access));
        } else {
            policies.add(oauth2(access));
        }
        policies.addAll(new HeadRules(api, lost).answers());
        return policies;
    }

    private static List<Map<String, Object>> denied(Access access) {
        List<Map<String, Object>> answers = new ArrayList<>();
        for (AccessRule rule : access.rules()) {
            boolean open = rule.requirement() instanceof Requirement.Public;
            if (!open && HeadRules.followed(rule, access).isEmpty()) {
                Map<String, Object> match = map("endpoint", rule.endpoint().toString());
                answers.add(map("kind", "traffic.respond/v1", "match", match, "status", 403));
            }
        }
        return answers;
    }

    private Map<String, Object> oauth2(Access access) {
        List<Map<String, Object>> issuers = new ArrayList<>();
        for (Issuer issuer : access.issuers()) {
            Map<String, Object> said = map("issuer", issuer.issuer());
            if (issuer.jwksUri() != null) {
                said.put("jwksUri", issuer.jwksUri().toString());
            }
            if (issuer.jwks() != null) {
                said.put("jwks", issuer.jwks());
            }
            if (!issuer.algorithms().equals(Proof.ANY)) {
                said.put("algorithms", issuer.algorithms());
            }
            issuers.add(said);
        }
        List<Map<String, Object>> rules = new ArrayList<>();
        for (AccessRule rule : access.rules()) {
            if (HeadRules.followed(rule, access).isPresent()) {
                continue;
            }
            Map<String, Object> said = map("endpoint", rule.endpoint().toString());
            said.putAll(requirement(rule));
            rules.add(said);
        }
        rules.addAll(closing(access));
        return map("kind", "auth.oauth2/v1", "issuers", issuers, "audiences", access.audiences(), "rules", rules);
    }

    /**
     * Where no rule asks for a token, a definition opens every other path to whoever has one, so that it says that nobody
     * gets there: by other methods of the paths that are named, and elsewhere.
     */
    private static List<Map<String, Object>> closing(Access access) {
        Set<PathPattern> whole = new LinkedHashSet<>();
        Set<PathPattern> named = new LinkedHashSet<>();
        for (AccessRule rule : access.rules()) {
            (rule.endpoint().methods().isEmpty() ? whole : named)
                    .add(rule.endpoint().path());
        }
        boolean tokens = access.rules().stream().anyMatch(rule -> rule.requirement() instanceof Requirement.Token);
        if (tokens || whole.contains(PathPattern.ANY)) {
            return List.of();
        }
        named.add(PathPattern.ANY);
        named.removeAll(whole);
        List<Map<String, Object>> closing = new ArrayList<>();
        named.forEach(path -> closing.add(map("endpoint", path.toString(), "allow", "nobody")));
        return closing;
    }

    private Map<String, Object> requirement(AccessRule rule) {
        if (rule.requirement() instanceof Requirement.Public) {
            return map("allow", "anyone");
        }
        if (!(rule.requirement() instanceof Requirement.Token token)) {
            return map("allow", "nobody");
        }
        Grant grant = token.anyOf().get(0);
        if (token.anyOf().size() > 1) {
            Optional<Grant> merged = merged(token.anyOf());
            if (merged.isEmpty()) {
                lost.add(
                        rule.endpoint().toString(),
                        rule.endpoint() + " is open to a token with " + rule.requirement()
                                + "; a rule of a definition has one such way, and this one says " + grant);
            }
            grant = merged.orElse(grant);
        }
        if (grant.equals(Grant.NONE)) {
            return map("allow", "any-token");
        }
        List<Map<String, Object>> claims = new ArrayList<>();
        grant.claims().forEach(claim -> claims.add(map("claim", claim.name(), "anyOf", claim.anyOf())));
        return map("scopes", grant.scopes(), "claims", claims);
    }

    /** One grant for several, if all but one ask for more than it, or they differ in the values of one claim. */
    private static Optional<Grant> merged(List<Grant> grants) {
        for (Grant grant : grants) {
            if (grants.stream().allMatch(other -> HeadRules.implies(other, grant))) {
                return Optional.of(grant);
            }
        }
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (Grant grant : grants) {
            if (grant.claims().size() != 1
                    || !grant.scopes().equals(grants.get(0).scopes())) {
                return Optional.empty();
            }
            ClaimRule claim = grant.claims().get(0);
            values.computeIfAbsent(claim.name(), name -> new LinkedHashSet<>()).addAll(claim.anyOf());
        }
        if (values.size() != 1) {
            return Optional.empty();
        }
        String name = values.keySet().iterator().next();
        List<String> all = values.values().stream().flatMap(Set::stream).toList();
        return Optional.of(new Grant(grants.get(0).scopes(), List.of(new ClaimRule(name, all))));
    }
}
