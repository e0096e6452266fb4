package dev.lintel.auth;

import dev.lintel.core.Policy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks callers that enter by the exposed host for OAuth2 access tokens in JWT form (RFC 9068), and says which scopes and
 * claims they must have where.
 *
 * <p>Rules are asked the most specific path first, in whatever order they were said. Once a rule asks for a token at a
 * path, paths that no rule speaks about are refused; until then every path without a rule of its own needs a good token.
 *
 * @param issuers whose tokens are accepted, at least one
 * @param audiences of which a token must name at least one; empty if any will do
 * @param claims what a token must carry wherever one is needed
 * @param rules what is asked at each endpoint
 */
public record OAuth2(List<TrustedIssuer> issuers, List<String> audiences, List<Claim> claims, List<Rule> rules)
        implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "auth.oauth2/v1";

    /** Checks that there is an issuer and that nothing is blank or said twice. */
    public OAuth2 {
        issuers = issuers == null ? List.of() : List.copyOf(issuers);
        audiences = audiences == null ? List.of() : List.copyOf(audiences);
        claims = claims == null ? List.of() : List.copyOf(claims);
        rules = rules == null ? List.of() : List.copyOf(rules);
        if (issuers.isEmpty()) {
            throw new IllegalArgumentException("OAuth2 needs at least one issuer");
        }
        once("issuer", issuers.stream().map(TrustedIssuer::issuer).toList());
        once("audience", audiences);
        once("claim", claims.stream().map(Claim::claim).toList());
    }

    /**
     * Accepts tokens of an issuer, whose metadata tells where its keys are.
     *
     * @param issuer an {@code https} URL, exactly as it stands in the tokens; {@code http} on loopback only
     * @return a policy that asks for any good token everywhere
     */
    public static OAuth2 oauth2(String issuer) {
        return oauth2(TrustedIssuer.issuer(issuer));
    }

    /**
     * Accepts tokens of an issuer.
     *
     * @param issuer with the address of its keys, or its algorithms, where they must be said
     * @return a policy that asks for any good token everywhere
     */
    public static OAuth2 oauth2(TrustedIssuer issuer) {
        return new OAuth2(List.of(issuer), List.of(), List.of(), List.of());
    }

    /**
     * The same policy, accepting tokens of another issuer as well.
     *
     * @param issuer an {@code https} URL; {@code http} on loopback only
     * @return a new policy
     */
    public OAuth2 issuer(String issuer) {
        return issuer(TrustedIssuer.issuer(issuer));
    }

    /**
     * The same policy, accepting tokens of another issuer as well.
     *
     * @param issuer with the address of its keys, or its algorithms, where they must be said
     * @return a new policy
     */
    public OAuth2 issuer(TrustedIssuer issuer) {
        return new OAuth2(plus(issuers, issuer), audiences, claims, rules);
    }

    /**
     * The same policy, accepting only tokens that name one of these audiences, or one that was said before.
     *
     * @param anyOf at least one
     * @return a new policy
     */
    public OAuth2 audience(String... anyOf) {
        if (anyOf.length == 0) {
            throw new IllegalArgumentException("audience(…) must name at least one audience");
        }
        List<String> all = new ArrayList<>(audiences);
        all.addAll(List.of(anyOf));
        return new OAuth2(issuers, all, claims, rules);
    }

    /**
     * The same policy, asking for a claim wherever a token is needed.
     *
     * @param name the claim's name
     * @param anyOf its values; a token must have one of them
     * @return a new policy
     */
    public OAuth2 claim(String name, String... anyOf) {
        return new OAuth2(issuers, audiences, plus(claims, new Claim(name, List.of(anyOf))), rules);
    }

    /**
     * The same policy, asking for scopes at an endpoint.
     *
     * @param endpoint for example {@code GET /orders/**}, or a path alone for every method
     * @param scopes at least one; a token must have all of them
     * @return a new policy
     */
    public OAuth2 scope(String endpoint, String... scopes) {
        return rule(Rule.at(endpoint).scopes(scopes));
    }

    /**
     * The same policy, asking for any good token at some endpoints.
     *
     * @param endpoints at least one
     * @return a new policy
     */
    public OAuth2 authenticated(String... endpoints) {
        return all("authenticated", Allow.ANY_TOKEN, endpoints);
    }

    /**
     * The same policy, asking for nothing at some endpoints. A token that is presented there must be good all the same.
     *
     * @param endpoints at least one
     * @return a new policy
     */
    public OAuth2 publicPaths(String... endpoints) {
        return all("publicPaths", Allow.ANYONE, endpoints);
    }

    /**
     * The same policy, letting nobody in at some endpoints.
     *
     * @param endpoints at least one
     * @return a new policy
     */
    public OAuth2 deny(String... endpoints) {
        return all("deny", Allow.NOBODY, endpoints);
    }

    /**
     * The same policy with one more rule.
     *
     * @param rule what is asked where
     * @return a new policy
     */
    public OAuth2 rule(Rule rule) {
        return new OAuth2(issuers, audiences, claims, plus(rules, rule));
    }

    @Override
    public String kind() {
        return KIND;
    }

    private OAuth2 all(String word, Allow allow, String... endpoints) {
        return new OAuth2(issuers, audiences, claims, Rule.all(rules, word, allow, endpoints));
    }

    private static <T> List<T> plus(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return more;
    }

    private static void once(String what, List<String> names) {
        Set<String> seen = new LinkedHashSet<>();
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("an " + what + " must not be blank");
            }
            if (!seen.add(name)) {
                throw new IllegalArgumentException(what + " '" + name + "' is said twice");
            }
        }
    }
}
