package dev.lintel.judges.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.judges.World;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A realm of a Keycloak with a user, a scope, and the clients of the tests, made through the admin API. */
final class Realm {
    static final String PASSWORD = "wonderland-1";
    private static final String NAME = "shop";

    private final Keycloak keycloak;

    private Realm(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    static Realm in(Keycloak keycloak) {
        Realm realm = new Realm(keycloak);
        keycloak.admin(
                "POST",
                "",
                Map.of(
                        "realm",
                        NAME,
                        "enabled",
                        true,
                        "revokeRefreshToken",
                        true,
                        "refreshTokenMaxReuse",
                        0,
                        "users",
                        List.of(user())));
        realm.post(
                "/client-scopes",
                Map.of(
                        "name",
                        World.SCOPE,
                        "protocol",
                        "openid-connect",
                        "attributes",
                        Map.of("include.in.token.scope", "true")));
        realm.client(
                "service",
                Map.of("serviceAccountsEnabled", true, "standardFlowEnabled", false),
                Map.of("standard.token.exchange.enabled", "true"));
        realm.client(
                "web",
                Map.of(
                        "redirectUris", List.of(World.REDIRECT),
                        "protocolMappers", List.of(audience("service"))),
                Map.of("pkce.code.challenge.method", "S256", "oauth2.device.authorization.grant.enabled", "true"));
        return realm;
    }

    private static Map<String, Object> user() {
        return Map.of(
                "username",
                World.USER,
                "enabled",
                true,
                "emailVerified",
                true,
                "email",
                "alice@example.com",
                "firstName",
                "Alice",
                "lastName",
                "Liddell",
                "credentials",
                List.of(Map.of("type", "password", "value", PASSWORD, "temporary", false)));
    }

    /** Puts a client into the audience of tokens, without which it may not exchange them. */
    private static Map<String, Object> audience(String client) {
        return Map.of(
                "name",
                "audience",
                "protocol",
                "openid-connect",
                "protocolMapper",
                "oidc-audience-mapper",
                "config",
                Map.of(
                        "included.client.audience",
                        client,
                        "access.token.claim",
                        "true",
                        "introspection.token.claim",
                        "true"));
    }

    private void client(String id, Map<String, ?> more, Map<String, String> attributes) {
        Map<String, Object> client = new LinkedHashMap<>(more);
        client.put("clientId", id);
        client.put("secret", World.SECRET);
        client.put("attributes", attributes);
        client.put("optionalClientScopes", List.of(World.SCOPE, "offline_access"));
        post("/clients", client);
    }

    private JsonNode post(String path, Object body) {
        return keycloak.admin("POST", "/" + NAME + path, body);
    }

    URI issuer() {
        return keycloak.issuer(NAME);
    }

    /** What allows one client to register itself. */
    String initialAccessToken() {
        return post("/clients-initial-access", Map.of("count", 1, "expiration", 600))
                .path("token")
                .asText();
    }
}
