package dev.lintel.auth.opa.rego;

import dev.lintel.core.Peer;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The kinds of tokens and callers that the rules of an API tell apart on a path, or on all of them. */
final class Kinds {
    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");

    private final ApiModel api;
    private final Access access;
    private final Predicate<Endpoint> speaks;

    private Kinds(ApiModel api, Predicate<Endpoint> speaks) {
        this.api = api;
        this.access = api.entry().access();
        this.speaks = speaks;
    }

    static Kinds all(ApiModel api) {
        return new Kinds(api, endpoint -> true);
    }

    /** Those of the rules that speak about a path, with its parameters or without them, whatever the method. */
    static Kinds at(ApiModel api, String path) {
        String plain = PARAMETERS.matcher(path).replaceAll("").replace("//", "/");
        return new Kinds(
                api,
                endpoint -> endpoint.path().matches(path) || endpoint.path().matches(plain));
    }

    /** For each grant a token with just enough, and those that lack one thing of it. */
    List<Token> tokens() {
        Set<Token> tokens = new LinkedHashSet<>(List.of(Token.NONE));
        if (!access.isRestricted()) {
            return List.copyOf(tokens);
        }
        tokens.add(new Token.Rejected("no good"));
        access.issuers().forEach(issuer -> tokens.add(token(issuer.issuer(), List.of(), Map.of())));
        if (access.issuers().isEmpty()) {
            return new ArrayList<>(tokens);
        }
        String issuer = access.issuers().get(0).issuer();
        tokens.add(new Token.Verified(issuer, "alice", List.of("another"), List.of(), Map.of()));
        for (AccessRule rule : access.rules()) {
            if (speaks.test(rule.endpoint()) && rule.requirement() instanceof Requirement.Token needed) {
                needed.anyOf().forEach(grant -> around(issuer, grant, tokens));
            }
        }
        return new ArrayList<>(tokens);
    }

    /** No token, and for each grant one with just enough. */
    List<Token> granted() {
        Set<Token> tokens = new LinkedHashSet<>(List.of(Token.NONE));
        if (access.isRestricted() && !access.issuers().isEmpty()) {
            String issuer = access.issuers().get(0).issuer();
            tokens.add(token(issuer, List.of(), Map.of()));
            for (AccessRule rule : access.rules()) {
                if (speaks.test(rule.endpoint()) && rule.requirement() instanceof Requirement.Token needed) {
                    needed.anyOf().forEach(grant -> tokens.add(token(issuer, grant.scopes(), claims(grant))));
                }
            }
        }
        return new ArrayList<>(tokens);
    }

    private static Map<String, Object> claims(Grant grant) {
        Map<String, Object> claims = new LinkedHashMap<>();
        grant.claims().forEach(claim -> claims.put(claim.name(), claim.anyOf().get(0)));
        return claims;
    }

    private void around(String issuer, Grant grant, Set<Token> tokens) {
        Map<String, Object> claims = claims(grant);
        tokens.add(token(issuer, grant.scopes(), claims));
        for (String scope : grant.scopes()) {
            List<String> fewer = new ArrayList<>(grant.scopes());
            fewer.remove(scope);
            tokens.add(token(issuer, fewer, claims));
        }
        for (Grant.ClaimRule claim : grant.claims()) {
            Map<String, Object> other = new LinkedHashMap<>(claims);
            other.put(claim.name(), "another");
            tokens.add(token(issuer, grant.scopes(), other));
            other.put(
                    claim.name(),
                    List.of("another", claim.anyOf().get(claim.anyOf().size() - 1)));
            tokens.add(token(issuer, grant.scopes(), other));
        }
    }

    private Token token(String issuer, List<String> scopes, Map<String, Object> claims) {
        return new Token.Verified(
                issuer, "alice", access.audiences().stream().limit(1).toList(), scopes, claims);
    }

    /** Nobody, somebody unproven, somebody else, and one of each of those who are named. */
    List<Caller> callers(String trustDomain) {
        Set<Caller> callers = new LinkedHashSet<>(List.of(Caller.NONE));
        callers.add(new Caller.Rejected("of another trust domain"));
        for (CallerRule rule : api.service().callers()) {
            if (!speaks.test(rule.endpoint())) {
                continue;
            }
            callers.add(new Caller.Workload(trustDomain, "elsewhere", "stranger"));
            for (Peer peer : rule.anyOf()) {
                callers.add(new Caller.Workload(
                        trustDomain, peer.namespace(), peer.name() == null ? "anybody" : peer.name()));
                callers.add(new Caller.Workload(trustDomain, peer.namespace(), "stranger"));
            }
        }
        return new ArrayList<>(callers);
    }
}
