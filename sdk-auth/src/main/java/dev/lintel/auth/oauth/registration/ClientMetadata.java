package dev.lintel.auth.oauth.registration;

import dev.lintel.auth.oauth.credential.SigningKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client says about itself when it registers (RFC 7591, 2).
 *
 * @param name what users see; null for none
 * @param authMethod how it shows who it is at the token endpoint, for example {@code private_key_jwt}
 * @param grantTypes the grants that it uses
 * @param responseTypes what it asks the authorization endpoint for; {@code code} or nothing
 * @param redirectUris where logins come back to
 * @param scopes what its tokens may do
 * @param keys the public keys that it signs with, as JSON Web Keys
 * @param softwareStatement a JWT of somebody whom the server trusts, passed on as it is (RFC 7591, 2.3); null for none
 * @param more other members, such as {@code dpop_bound_access_tokens}
 */
public record ClientMetadata(
        @Nullable String name,
        String authMethod,
        List<String> grantTypes,
        List<String> responseTypes,
        List<URI> redirectUris,
        List<String> scopes,
        List<Map<String, Object>> keys,
        @Nullable String softwareStatement,
        Map<String, Object> more) {
    static final List<String> OWN = List.of(
            "client_name",
            "token_endpoint_auth_method",
            "grant_types",
            "response_types",
            "redirect_uris",
            "scope",
            "jwks",
            "software_statement");

    /** Checks that nothing is said twice, and that logins come back to addresses without fragment. */
    public ClientMetadata {
        grantTypes = List.copyOf(grantTypes);
        responseTypes = List.copyOf(responseTypes);
        redirectUris = List.copyOf(redirectUris);
        scopes = List.copyOf(scopes);
        keys = List.copyOf(keys);
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
        for (String member : more.keySet()) {
            if (OWN.contains(member)) {
                throw new IllegalArgumentException(
                        "the member '" + member + "' of a registration has a place of its own; say it there");
            }
        }
        for (URI uri : redirectUris) {
            if (!uri.isAbsolute() || uri.getRawFragment() != null) {
                throw new IllegalArgumentException("a redirect address must be absolute and without fragment"
                        + " (RFC 6749, 3.1.2), but was '" + uri + "'");
            }
        }
    }

    /**
     * A service that gets tokens for itself.
     *
     * @param authMethod how it shows who it is, for example {@code client_secret_basic}
     * @param scopes what its tokens may do
     * @return metadata for the client credentials grant
     */
    public static ClientMetadata service(String authMethod, String... scopes) {
        return new ClientMetadata(
                null,
                authMethod,
                List.of("client_credentials"),
                List.of(),
                List.of(),
                List.of(scopes),
                List.of(),
                null,
                Map.of());
    }

    /**
     * A program that users log in to.
     *
     * @param authMethod how it shows who it is; {@code none} for a program on a user's machine
     * @param redirectUri where logins come back to
     * @param scopes what its tokens may do
     * @return metadata for the authorization code grant and refresh
     */
    public static ClientMetadata application(String authMethod, URI redirectUri, String... scopes) {
        return new ClientMetadata(
                null,
                authMethod,
                List.of("authorization_code", "refresh_token"),
                List.of("code"),
                List.of(redirectUri),
                List.of(scopes),
                List.of(),
                null,
                Map.of());
    }

    /**
     * The same with a name.
     *
     * @param words what users see
     * @return new metadata
     */
    public ClientMetadata named(String words) {
        return new ClientMetadata(
                words, authMethod, grantTypes, responseTypes, redirectUris, scopes, keys, softwareStatement, more);
    }

    /**
     * The same with the public half of a key, or of one more.
     *
     * @param key what the client signs with
     * @return new metadata
     */
    public ClientMetadata key(SigningKey key) {
        Map<String, Object> jwk = new LinkedHashMap<>(key.publicJwk());
        jwk.putIfAbsent("use", "sig");
        jwk.putIfAbsent("alg", key.algorithm().name());
        List<Map<String, Object>> longer = new ArrayList<>(keys);
        longer.add(jwk);
        return new ClientMetadata(
                name, authMethod, grantTypes, responseTypes, redirectUris, scopes, longer, softwareStatement, more);
    }

    /**
     * The same with another grant.
     *
     * @param type for example {@code urn:ietf:params:oauth:grant-type:device_code}
     * @return new metadata
     */
    public ClientMetadata grant(String type) {
        List<String> longer = new ArrayList<>(grantTypes);
        longer.add(type);
        return new ClientMetadata(
                name, authMethod, longer, responseTypes, redirectUris, scopes, keys, softwareStatement, more);
    }

    /**
     * The same with a software statement.
     *
     * @param jwt of somebody whom the server trusts
     * @return new metadata
     */
    public ClientMetadata softwareStatement(String jwt) {
        return new ClientMetadata(name, authMethod, grantTypes, responseTypes, redirectUris, scopes, keys, jwt, more);
    }

    /**
     * The same with another member.
     *
     * @param member its name
     * @param value a string, a number, a boolean, a list or a map
     * @return new metadata
     */
    public ClientMetadata with(String member, Object value) {
        Map<String, Object> longer = new LinkedHashMap<>(more);
        longer.put(member, value);
        return new ClientMetadata(
                name, authMethod, grantTypes, responseTypes, redirectUris, scopes, keys, softwareStatement, longer);
    }

    /** The members as they are sent; what is not said is left out. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (name != null) {
            members.put("client_name", name);
        }
        members.put("token_endpoint_auth_method", authMethod);
        members.put("grant_types", grantTypes);
        members.put("response_types", responseTypes);
        if (!redirectUris.isEmpty()) {
            members.put(
                    "redirect_uris", redirectUris.stream().map(URI::toString).toList());
        }
        if (!scopes.isEmpty()) {
            members.put("scope", String.join(" ", scopes));
        }
        if (!keys.isEmpty()) {
            members.put("jwks", Map.of("keys", keys));
        }
        if (softwareStatement != null) {
            members.put("software_statement", softwareStatement);
        }
        members.putAll(more);
        return members;
    }

    @Override
    public String toString() {
        return "client '" + name + "' with " + authMethod + " for " + grantTypes;
    }
}
