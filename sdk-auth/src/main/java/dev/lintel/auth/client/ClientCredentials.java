package dev.lintel.auth.client;

import dev.lintel.auth.net.Urls;
import dev.lintel.auth.token.Coordinates;
import dev.lintel.core.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The client credentials grant (RFC 6749, 4.4): who asks where for a token with which scopes. Prints without its secret.
 *
 * @param where the token endpoint
 * @param clientId the client's identifier
 * @param secret the client's secret
 * @param scopes the scopes that are asked for; empty for those that the server gives by itself
 * @param audience an {@code audience} parameter, as some servers want it; null for none
 * @param resource the resource that the token is for (RFC 8707, 2); null for none
 * @param secretInBody whether the secret is sent in the form ({@code client_secret_post}) instead of the header {@code
 *     Authorization} ({@code client_secret_basic})
 */
public record ClientCredentials(
        TokenEndpoint where,
        String clientId,
        Secret secret,
        List<String> scopes,
        @Nullable String audience,
        @Nullable URI resource,
        boolean secretInBody) {
    /** Checks that nothing is missing or blank. */
    public ClientCredentials {
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(secret, "secret");
        scopes = List.copyOf(scopes);
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("a client id must not be blank");
        }
        for (String scope : scopes) {
            if (!scope.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+")) {
                throw new IllegalArgumentException("a scope must be visible ASCII without spaces, quotes and"
                        + " backslashes (RFC 6749, 3.3), but client '" + clientId + "' asks for '" + scope + "'");
            }
        }
        if (resource != null && (!resource.isAbsolute() || resource.getRawFragment() != null)) {
            throw new IllegalArgumentException(
                    "a resource must be an absolute URI without fragment (RFC 8707, 2), but was '" + resource + "'");
        }
    }

    /** Where tokens are asked for: an address, or an issuer whose metadata names it. */
    public sealed interface TokenEndpoint {}

    /**
     * A token endpoint whose address is known.
     *
     * @param uri an {@code https} address; {@code http} on loopback only
     */
    public record At(URI uri) implements TokenEndpoint {
        /** Checks the address. */
        public At {
            Urls.checked("a token endpoint", uri);
        }
    }

    /**
     * The token endpoint that an issuer's metadata names (RFC 8414).
     *
     * @param issuer its identifier, an {@code https} URL; {@code http} on loopback only
     */
    public record Of(String issuer) implements TokenEndpoint {
        /** Checks the identifier. */
        public Of {
            Urls.issuer(issuer);
        }
    }

    /**
     * Asks a token endpoint whose address is known.
     *
     * @param tokenEndpoint an {@code https} address; {@code http} on loopback only
     * @param clientId the client's identifier
     * @param secret its secret
     * @param scopes the scopes that are asked for
     * @return the grant
     */
    public static ClientCredentials at(URI tokenEndpoint, String clientId, Secret secret, String... scopes) {
        return new ClientCredentials(new At(tokenEndpoint), clientId, secret, List.of(scopes), null, null, false);
    }

    /**
     * Asks the token endpoint that an issuer's metadata names.
     *
     * @param issuer its identifier, an {@code https} URL; {@code http} on loopback only
     * @param clientId the client's identifier
     * @param secret its secret
     * @param scopes the scopes that are asked for
     * @return the grant
     */
    public static ClientCredentials of(String issuer, String clientId, Secret secret, String... scopes) {
        return new ClientCredentials(new Of(issuer), clientId, secret, List.of(scopes), null, null, false);
    }

    /**
     * The same grant with an {@code audience} parameter.
     *
     * @param value as the server wants it
     * @return a new grant
     */
    public ClientCredentials audience(String value) {
        return new ClientCredentials(where, clientId, secret, scopes, value, resource, secretInBody);
    }

    /**
     * The same grant for a resource (RFC 8707).
     *
     * @param uri absolute, without fragment
     * @return a new grant
     */
    public ClientCredentials resource(URI uri) {
        return new ClientCredentials(where, clientId, secret, scopes, audience, uri, secretInBody);
    }

    /**
     * The same grant with the secret in the form, for servers that do not take it in a header ({@code
     * client_secret_post}).
     *
     * @return a new grant
     */
    public ClientCredentials inBody() {
        return new ClientCredentials(where, clientId, secret, scopes, audience, resource, true);
    }

    /** Under what its tokens are kept: what is asked for, without the secret. */
    Coordinates coordinates() {
        String issuer =
                where instanceof Of of ? of.issuer() : ((At) where).uri().toString();
        Coordinates key = Coordinates.of(issuer, clientId, "client_credentials").scopes(scopes);
        key = audience == null ? key : key.audiences(audience);
        return resource == null ? key : key.resources(List.of(resource));
    }

    /** The headers of the token request. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (!secretInBody) {
            // Both halves are form-encoded before they are joined: RFC 6749, 2.3.1.
            String both = encode(clientId) + ":" + encode(secret.reveal());
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII)));
        }
        return headers;
    }

    /** The body of the token request. */
    String form() {
        List<String> pairs = new ArrayList<>();
        pairs.add("grant_type=client_credentials");
        if (!scopes.isEmpty()) {
            pairs.add("scope=" + encode(String.join(" ", scopes)));
        }
        if (audience != null) {
            pairs.add("audience=" + encode(audience));
        }
        if (resource != null) {
            pairs.add("resource=" + encode(resource.toString()));
        }
        if (secretInBody) {
            pairs.add("client_id=" + encode(clientId));
            pairs.add("client_secret=" + encode(secret.reveal()));
        }
        return String.join("&", pairs);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
