package dev.lintel.auth;

import dev.lintel.auth.client.ClientCredentials;
import dev.lintel.auth.client.Tokens;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a client has to ask an issuer for before it can call an API: the other side of {@link OAuth2}.
 *
 * @param api the API, for example {@code orders.shop}
 * @param issuers those whose tokens the API accepts, in the order in which they were said
 * @param audiences those of which a token must name one, in the order in which they were said; empty if any will do
 * @param scopes what the API asks for at any of its endpoints, each once, in the order in which they were said
 */
public record TokenNeeds(String api, List<String> issuers, List<String> audiences, List<String> scopes) {
    /** Keeps the lists in their order, unchangeable. */
    public TokenNeeds {
        issuers = List.copyOf(issuers);
        audiences = List.copyOf(audiences);
        scopes = List.copyOf(scopes);
    }

    /**
     * What a client of an API needs.
     *
     * @param definition the API
     * @return its issuers, audiences and scopes
     * @throws IllegalArgumentException if the API asks for no tokens
     */
    public static TokenNeeds of(ApiDefinition definition) {
        Set<String> scopes = new LinkedHashSet<>();
        OAuth2 policy = definition.policies().stream()
                .map(ApiDefinition.Said::policy)
                .filter(OAuth2.class::isInstance)
                .map(OAuth2.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + definition.id() + "' asks its callers for no"
                        + " tokens, so there are none to get for it; say withOAuth2(…), or call it without a token"));
        policy.rules().forEach(rule -> scopes.addAll(rule.scopes()));
        return new TokenNeeds(
                definition.id(),
                policy.issuers().stream().map(TrustedIssuer::issuer).toList(),
                policy.audiences(),
                List.copyOf(scopes));
    }

    /**
     * The same needs at one of the issuers.
     *
     * @param issuer its identifier, exactly as it was said
     * @return new needs
     * @throws IllegalArgumentException if the API does not accept its tokens
     */
    public TokenNeeds at(String issuer) {
        if (!issuers.contains(issuer)) {
            throw new IllegalArgumentException("'" + api + "' does not accept tokens of '" + issuer
                    + "'; it accepts those" + " of " + quoted(issuers));
        }
        return new TokenNeeds(api, List.of(issuer), audiences, scopes);
    }

    /**
     * The same needs for a token that names one audience.
     *
     * @param audience one of those that were said
     * @return new needs
     * @throws IllegalArgumentException if the API does not take tokens for it
     */
    public TokenNeeds forAudience(String audience) {
        if (!audiences.contains(audience)) {
            throw new IllegalArgumentException("'" + api + "' does not take tokens for '" + audience
                    + "'; it takes those" + " for " + (audiences.isEmpty() ? "every audience" : quoted(audiences)));
        }
        return new TokenNeeds(api, issuers, List.of(audience), scopes);
    }

    /**
     * The grant that gets such tokens: all scopes, and the first of the audiences, because one is enough. The audience is
     * sent as {@code audience}, as many servers want it, and also as {@code resource} if it is a URL or a URN (RFC 8707);
     * a server ignores the parameter that it does not know (RFC 6749, 3.2).
     *
     * @param clientId the client's identifier at the issuer
     * @param secret its secret
     * @return the client credentials grant
     * @throws IllegalArgumentException if there are several issuers
     */
    public ClientCredentials grant(String clientId, Secret secret) {
        if (issuers.size() > 1) {
            throw new IllegalArgumentException("'" + api + "' accepts tokens of " + quoted(issuers) + "; say whose are"
                    + " wanted: TokenNeeds.of(…).at(\"" + issuers.get(0) + "\")");
        }
        ClientCredentials grant = ClientCredentials.of(issuers.get(0), clientId, secret, scopes.toArray(String[]::new));
        if (audiences.isEmpty()) {
            return grant;
        }
        String audience = audiences.get(0);
        return isResource(audience)
                ? grant.audience(audience).resource(URI.create(audience))
                : grant.audience(audience);
    }

    /**
     * A client that gets such tokens and keeps them fresh.
     *
     * @param clientId the client's identifier at the issuer
     * @param secret its secret
     * @return tokens, to be closed by the caller
     * @throws IllegalArgumentException if there are several issuers
     */
    public Tokens tokens(String clientId, Secret secret) {
        return Tokens.of(grant(clientId, secret));
    }

    /** URLs and URNs; {@code api:orders} is a URI by its form only, and hardly any server knows it as a resource. */
    private static boolean isResource(String audience) {
        try {
            URI uri = new URI(audience);
            return uri.getRawFragment() == null && (uri.getHost() != null || "urn".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String quoted(List<String> names) {
        return "'" + String.join("', '", names) + "'";
    }
}
