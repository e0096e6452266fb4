package dev.lintel.auth.client;

import dev.lintel.auth.net.Urls;
import dev.lintel.auth.oauth.ClientCredentialsGrant;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.oauth.server.ServerMetadata;
import dev.lintel.auth.token.Coordinates;
import dev.lintel.auth.token.TokenSettings;
import dev.lintel.auth.token.TokenSource;
import dev.lintel.core.Secret;
import java.net.URI;
import java.util.List;
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

    /** Who asks, at an address or at an issuer. */
    OAuthClient client(TokenSettings settings) {
        OAuthSettings with = OAuthSettings.DEFAULT
                .withClock(settings.clock())
                .withTimeout(settings.times().exchange());
        ClientSecret who = new ClientSecret(secret, secretInBody);
        if (where instanceof Of of) {
            return OAuthClient.at(of.issuer(), clientId, who, with);
        }
        URI uri = ((At) where).uri();
        ServerMetadata server = ServerMetadata.of(uri.getScheme() + "://" + uri.getRawAuthority());
        return OAuthClient.at(server.with(Endpoint.TOKEN, uri), clientId, who, with);
    }

    /** What gets a token. */
    TokenSource source(OAuthClient client) {
        ClientCredentialsGrant grant = client.clientCredentials(scopes.toArray(String[]::new));
        grant = audience == null ? grant : grant.audience(audience);
        return resource == null ? grant : grant.resource(resource);
    }
}
