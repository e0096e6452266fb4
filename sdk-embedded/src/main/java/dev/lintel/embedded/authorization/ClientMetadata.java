package dev.lintel.embedded.authorization;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.keys.ClientKeys;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of itself when it registers (RFC 7591, 2). What is understood is checked; what is not is left out, as
 * the answer shows.
 */
final class ClientMetadata {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> GRANTS = Set.of(
            GrantTypes.AUTHORIZATION_CODE,
            GrantTypes.REFRESH_TOKEN,
            GrantTypes.CLIENT_CREDENTIALS,
            GrantTypes.DEVICE_CODE);
    private static final int MOST_URIS = 20;
    private static final int LONGEST_KEYS = 16 * 1024;

    private final Map<String, Object> members;

    ClientMetadata(Map<String, Object> members) {
        this.members = members;
    }

    /** Whether the client will have a secret. */
    boolean hasSecret() throws OAuthError {
        return method().startsWith("client_secret_");
    }

    /**
     * The client as it is registered.
     *
     * @param id its identifier
     * @param secret for a client that has one
     * @param allowed what it can get at most
     */
    ClientRegistration read(String id, @Nullable Secret secret, Registrations allowed) throws OAuthError {
        List<String> grants = grants();
        List<URI> redirects = uris("redirect_uris");
        if (grants.contains(GrantTypes.AUTHORIZATION_CODE) == redirects.isEmpty()) {
            throw OAuthError.of(
                    ErrorCode.INVALID_REDIRECT_URI, "redirect_uris and the grant type authorization_code go together");
        }
        try {
            ClientRegistration client = unsettled(id, secret)
                    .grants(grants.toArray(String[]::new))
                    .redirectUris(redirects.toArray(URI[]::new))
                    .postLogoutRedirectUris(uris("post_logout_redirect_uris").toArray(URI[]::new))
                    .scopes(scopes(allowed).toArray(String[]::new))
                    .audiences(allowed.audiences().toArray(String[]::new));
            ClientRegistration named =
                    members.containsKey("client_name") ? client.name(text("client_name", "")) : client;
            return flag("dpop_bound_access_tokens") ? named.proofNeeded() : named;
        } catch (IllegalArgumentException e) {
            // The message quotes what was sent; that of a redirect URI is the likely one.
            throw OAuthError.of(
                    ErrorCode.INVALID_REDIRECT_URI,
                    "redirect URIs must be https, http only for loopback, or of a scheme with a dot; without fragment;"
                            + " names at most 100 characters");
        }
    }

    /** What is registered, as the answer tells it (RFC 7591, 3.2.1). */
    static Map<String, Object> write(Client client) {
        ClientRegistration said = client.said();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("client_id", said.id);
        members.put("client_id_issued_at", client.since().getEpochSecond());
        if (said.name != null) {
            members.put("client_name", said.name);
        }
        members.put("token_endpoint_auth_method", said.method.code());
        members.put("grant_types", said.grants);
        boolean codes = said.grants.contains(GrantTypes.AUTHORIZATION_CODE);
        members.put("response_types", codes ? List.of("code") : List.of());
        members.put(
                "redirect_uris", said.redirectUris.stream().map(URI::toString).toList());
        if (!said.postLogoutRedirectUris.isEmpty()) {
            members.put(
                    "post_logout_redirect_uris",
                    said.postLogoutRedirectUris.stream().map(URI::toString).toList());
        }
        members.put("scope", String.join(" ", said.scopes));
        if (said.keys != null && said.keys.jwks() != null) {
            members.put("jwks", keys(said.keys.jwks()));
        }
        members.put("dpop_bound_access_tokens", said.proofNeeded);
        return members;
    }

    private ClientRegistration unsettled(String id, @Nullable Secret secret) throws OAuthError {
        if (members.containsKey("jwks_uri")) {
            throw bad("jwks_uri is not taken here: send the keys themselves as jwks");
        }
        String method = method();
        if (method.equals("none")) {
            return ClientRegistration.publicClient(id);
        }
        if (method.equals("private_key_jwt")) {
            return ClientRegistration.privateKeyJwt(id, jwks());
        }
        if (secret == null) {
            throw new IllegalStateException("a client with a secret was not given one");
        }
        return ClientRegistration.of(id, secret);
    }

    private String method() throws OAuthError {
        String method = text("token_endpoint_auth_method", "client_secret_basic");
        if (!Set.of("client_secret_basic", "client_secret_post", "private_key_jwt", "none")
                .contains(method)) {
            throw bad("token_endpoint_auth_method must be client_secret_basic, client_secret_post, private_key_jwt,"
                    + " or none");
        }
        return method;
    }

    private String jwks() throws OAuthError {
        if (!(members.get("jwks") instanceof Map<?, ?> keys)) {
            throw bad("private_key_jwt needs public keys as jwks");
        }
        try {
            String text = JSON.writeValueAsString(keys);
            if (text.length() <= LONGEST_KEYS) {
                return checkedKeys(text);
            }
        } catch (JsonProcessingException e) {
            throw bad("jwks cannot be written");
        }
        throw bad("jwks must be at most 16 KiB");
    }

    private static String checkedKeys(String jwks) throws OAuthError {
        try {
            return String.valueOf(ClientKeys.of(jwks).jwks());
        } catch (IllegalArgumentException e) {
            throw bad("jwks must hold a public key for signatures: RSA of 2048 bits or more, EC, or Ed25519");
        }
    }

    private List<String> grants() throws OAuthError {
        List<String> grants = texts("grant_types", List.of(GrantTypes.AUTHORIZATION_CODE));
        if (!GRANTS.containsAll(grants)) {
            throw bad("grant_types may be authorization_code, refresh_token, client_credentials and the device code");
        }
        boolean codes = grants.contains(GrantTypes.AUTHORIZATION_CODE);
        List<String> responses = texts("response_types", codes ? List.of("code") : List.of());
        if (!responses.equals(codes ? List.of("code") : List.of())) {
            throw bad("response_types must be code with the grant type authorization_code, and empty without");
        }
        if (grants.contains(GrantTypes.CLIENT_CREDENTIALS) && method().equals("none")) {
            throw bad("client_credentials needs a client that can prove itself");
        }
        return grants;
    }

    private List<String> scopes(Registrations allowed) throws OAuthError {
        if (!members.containsKey("scope")) {
            return allowed.scopes();
        }
        List<String> scopes = new ArrayList<>(List.of(text("scope", "").split(" ")));
        scopes.retainAll(allowed.scopes());
        return scopes.stream().distinct().toList();
    }

    private List<URI> uris(String name) throws OAuthError {
        List<String> texts = texts(name, List.of());
        try {
            return texts.stream().map(URI::create).toList();
        } catch (IllegalArgumentException e) {
            throw OAuthError.of(ErrorCode.INVALID_REDIRECT_URI, name + " must be URIs");
        }
    }

    private String text(String name, String otherwise) throws OAuthError {
        Object value = members.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof String text) {
            return text;
        }
        throw bad(name + " must be a string");
    }

    private boolean flag(String name) throws OAuthError {
        Object value = members.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw bad(name + " must be true or false");
    }

    private List<String> texts(String name, List<String> otherwise) throws OAuthError {
        Object value = members.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof List<?> several) || several.size() > MOST_URIS) {
            throw bad(name + " must be a list of at most " + MOST_URIS + " strings");
        }
        List<String> texts = new ArrayList<>();
        for (Object one : several) {
            if (!(one instanceof String text)) {
                throw bad(name + " must be a list of at most " + MOST_URIS + " strings");
            }
            texts.add(text);
        }
        return texts.stream().distinct().toList();
    }

    private static Object keys(String jwks) {
        try {
            return JSON.readTree(jwks);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("keys that were registered are JSON", e);
        }
    }

    private static OAuthError bad(String description) {
        return OAuthError.of(ErrorCode.INVALID_CLIENT_METADATA, description);
    }
}
