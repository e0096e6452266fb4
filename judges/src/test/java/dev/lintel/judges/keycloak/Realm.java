package dev.lintel.judges.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.register.KeycloakRegistry;
import dev.lintel.core.Secret;
import dev.lintel.judges.World;
import dev.lintel.judges.browser.Browser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A realm of a Keycloak with a user, a scope, and the clients of the tests, made through the admin API. */
final class Realm {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAME = "shop";

    /** Patient, because the machine may have other things to do. */
    static final OAuthSettings SETTINGS = OAuthSettings.DEFAULT.withTimeout(Duration.ofSeconds(30));

    private static final String PASSWORD = "wonderland-1";

    private final Keycloak keycloak;

    private Realm(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    static Realm in(Keycloak keycloak, World world) {
        Realm realm = new Realm(keycloak);
        keycloak.admin("POST", "", read("realm.json"));
        realm.post("/client-scopes", read("scope.json"));
        for (JsonNode client : read("clients.json")) {
            if (client.path("clientId").asText().equals("key")) {
                ((ObjectNode) client.path("attributes")).put("jwks.string", JSONObjectUtils.toJSONString(world.keys()));
            }
            realm.post("/clients", client);
        }
        return realm;
    }

    private static JsonNode read(String name) {
        try (InputStream in = Realm.class.getResourceAsStream("/keycloak/" + name)) {
            return JSON.readTree(Objects.requireNonNull(in, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode post(String path, Object body) {
        return keycloak.admin("POST", "/" + NAME + path, body);
    }

    String issuer() {
        return keycloak.issuer(NAME).toString();
    }

    /**
     * The realm's clients, managed by a client that may do nothing else.
     *
     * @param id of the client, which is made
     */
    KeycloakRegistry registry(String id) {
        post(
                "/clients",
                Map.of(
                        "clientId",
                        id,
                        "secret",
                        World.SECRET,
                        "serviceAccountsEnabled",
                        true,
                        "standardFlowEnabled",
                        false));
        JsonNode account = get("/clients/" + uuid(id) + "/service-account-user");
        String management = uuid("realm-management");
        JsonNode role = get("/clients/" + management + "/roles/manage-clients");
        JsonNode unused =
                post("/users/" + account.path("id").asText() + "/role-mappings/clients/" + management, List.of(role));
        URI server = URI.create(issuer().replaceFirst("/realms/.*", ""));
        return KeycloakRegistry.at(server, NAME, id, Secret.of(World.SECRET));
    }

    private String uuid(String clientId) {
        return get("/clients?clientId=" + clientId).path(0).path("id").asText();
    }

    private JsonNode get(String path) {
        return keycloak.admin("GET", "/" + NAME + path, null);
    }

    OAuthClient client(String id) {
        return client(id, ClientSecret.basic(Secret.of(World.SECRET)));
    }

    OAuthClient client(String id, ClientAuthentication who) {
        return OAuthClient.at(issuer(), id, who, SETTINGS);
    }

    /** A user who logs in and agrees. */
    static Browser user() {
        return Browser.of(Map.of("username", World.USER, "password", PASSWORD));
    }

    /** What allows one client to register itself. */
    Secret initialAccessToken() {
        return Secret.of(post("/clients-initial-access", Map.of("count", 1, "expiration", 600))
                .path("token")
                .asText());
    }
}
