package dev.lintel.auth.register;

import dev.lintel.auth.client.ClientCredentials;
import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.net.Reply;
import dev.lintel.auth.net.Urls;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a realm of Keycloak, by its administrative interface. The mark of an owner is the attribute {@code
 * lintel.owner}. Scopes become optional client scopes, made in the realm where it lacks them; audiences become mappers of
 * the client.
 *
 * <p>It asks as a client of the realm whose service account has the role {@code manage-clients} of {@code
 * realm-management}.
 */
public final class KeycloakRegistry implements ClientRegistry {
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 1000;
    /** Every client may ask for it, and it is no client scope. */
    private static final String OPENID = "openid";

    private final String issuer;
    private final String realm;
    private final @Nullable Tokens own;
    private final AdminApi api;
    private final boolean rotating;

    private KeycloakRegistry(URI server, String realm, Tokens tokens, @Nullable Tokens own) {
        this(
                issuer(server, realm),
                "/admin/realms/" + AdminApi.encode(realm),
                own,
                new AdminApi(
                        "Keycloak realm '" + realm + "' at " + server,
                        server,
                        () -> Map.of("Authorization", tokens.token().authorization())),
                false);
    }

    private KeycloakRegistry(String issuer, String realm, @Nullable Tokens own, AdminApi api, boolean rotating) {
        this.issuer = issuer;
        this.realm = realm;
        this.own = own;
        this.api = api;
        this.rotating = rotating;
    }

    /**
     * A realm.
     *
     * @param server the address of Keycloak, without {@code /realms}; {@code https} except on loopback
     * @param realm the realm's name
     * @param clientId the client that may manage clients
     * @param secret its secret
     * @return the realm's clients
     */
    public static KeycloakRegistry at(URI server, String realm, String clientId, Secret secret) {
        Urls.checked("the address of Keycloak", server);
        Tokens own = Tokens.of(ClientCredentials.of(issuer(server, realm), clientId, secret));
        return new KeycloakRegistry(server, realm, own, own);
    }

    /**
     * A realm that is managed by somebody else than one of its own clients, for example one of the realm {@code master}.
     *
     * @param server the address of Keycloak, without {@code /realms}; {@code https} except on loopback
     * @param realm the realm's name
     * @param tokens those of an account that may manage the realm's clients; stay the caller's to close
     * @return the realm's clients
     */
    public static KeycloakRegistry at(URI server, String realm, Tokens tokens) {
        return new KeycloakRegistry(server, realm, tokens, null);
    }

    /**
     * The same realm, which has a policy of rotation for these clients (client policies, executor {@code secret-rotation}):
     * the old secret goes on working beside a new one. Without that, {@link Rotation} registers a second client.
     *
     * @return a new value, which shares connections
     */
    public KeycloakRegistry rotatingSecrets() {
        return new KeycloakRegistry(issuer, realm, own, api, true);
    }

    private static String issuer(URI server, String realm) {
        String base = server.toString();
        return (base.endsWith("/") ? base : base + "/") + "realms/" + AdminApi.encode(realm);
    }

    @Override
    public String name() {
        return api.name();
    }

    @Override
    public String issuer() {
        return issuer;
    }

    @Override
    public Optional<URI> tokenEndpoint() {
        return Optional.of(URI.create(issuer + "/protocol/openid-connect/token"));
    }

    /** As {@link #rotatingSecrets} says: an account that manages clients may not read the policies of the realm. */
    @Override
    public boolean keepsOldSecrets(String id) {
        return rotating;
    }

    @Override
    public List<Problem> unable(ClientSpec client) {
        return client.grants().contains(ClientGrant.JWT_BEARER)
                ? List.of(new Problem(
                        "clients.grant",
                        "client " + client.id(),
                        "assertions as a grant (RFC 7523) are not something that is switched on for a client of Keycloak",
                        "use TOKEN_EXCHANGE (RFC 8693)",
                        Origin.unknown()))
                : List.of();
    }

    @Override
    public List<Problem> warnings(ClientSpec client) {
        Map<String, String> known = scopes();
        List<Problem> warnings = new ArrayList<>();
        expected(client).scopes().stream()
                .filter(scope -> !known.containsKey(scope))
                .forEach(scope -> warnings.add(new Problem(
                        "clients.scope",
                        "client " + client.id(),
                        "the realm has no client scope '" + scope + "', so it will be made",
                        "every client of the realm can be given it from then on",
                        Origin.unknown())));
        return warnings;
    }

    @Override
    public ClientFacts expected(ClientSpec client) {
        Set<String> usual = usual();
        ClientFacts all = client.facts();
        List<String> scopes = new ArrayList<>(all.scopes());
        scopes.removeIf(scope -> scope.equals(OPENID) || usual.contains(scope));
        return new ClientFacts(
                all.grants(), scopes, all.audiences(), all.redirects(), all.proof(), all.keys(), all.tokens());
    }

    @Override
    public Optional<KnownClient> find(String id) {
        Set<String> usual = usual();
        return representation(id).map(form -> KeycloakForm.read(form, usual));
    }

    @Override
    public List<KnownClient> ownedBy(String owner) {
        Set<String> usual = usual();
        List<KnownClient> clients = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            // Keycloak searches for those attributes only that its operator named at its start, so all are read.
            String path = realm + "/clients?first=" + page * PAGE + "&max=" + PAGE;
            List<Map<String, Object>> entries = api.list(path).entries();
            entries.stream()
                    .map(form -> KeycloakForm.read(form, usual))
                    .filter(client -> owner.equals(client.owner()))
                    .forEach(clients::add);
            if (entries.size() < PAGE) {
                return clients;
            }
        }
        throw new RegistryException(
                name() + ": GET " + realm + "/clients has more than " + MOST_PAGES + " pages; nothing was changed");
    }

    @Override
    public Credentials create(ClientSpec client, String owner, @Nullable String stamp, @Nullable Secret secret) {
        Map<String, Object> form = new LinkedHashMap<>();
        KeycloakForm.write(client, owner, stamp, form);
        form.put("name", client.id());
        form.put("fullScopeAllowed", false);
        form.put("defaultClientScopes", List.copyOf(usual()));
        form.put("optionalClientScopes", List.of());
        if (secret != null) {
            form.put("secret", secret.reveal());
        }
        Reply unused = api.done("POST", realm + "/clients", form);
        try {
            align(client);
        } catch (RegistryException e) {
            throw takenBack(client.id(), e);
        }
        return new Credentials(client.id(), secret);
    }

    /** A client that is only half made has a secret that nobody gets to know, and would be kept by the next plan. */
    private RegistryException takenBack(String id, RegistryException why) {
        try {
            delete(id);
            return why;
        } catch (RegistryException e) {
            return new RegistryException(why.getMessage() + "; client '" + id
                    + "' is left there with a secret that nobody knows, because it could not be removed again: "
                    + e.getMessage() + "; delete it there, then plan again");
        }
    }

    @Override
    public void update(ClientSpec client, String owner) {
        Map<String, Object> form = existing(client.id());
        KeycloakForm.write(client, owner, null, form);
        put(form);
        align(client);
    }

    @Override
    public void delete(String id) {
        Optional<Map<String, Object>> form = representation(id);
        if (form.isPresent()) {
            Reply unused = api.done("DELETE", path(form.get()), null);
        }
    }

    /** The old secret goes on working if the realm has a policy of rotation (client policies, {@code secret-rotation}). */
    @Override
    public Rotated rotate(String id, Secret secret) {
        String path = path(existing(id)) + "/client-secret";
        return new Rotated(told("POST", path), isRotated(path));
    }

    /** There is room for one old secret only, so that a second new one would end what programs have. */
    @Override
    public Optional<Secret> unseen(String id) {
        String path = path(existing(id)) + "/client-secret";
        return isRotated(path) ? Optional.of(told("GET", path)) : Optional.empty();
    }

    private boolean isRotated(String path) {
        return api.send("GET", path + "/rotated", null).status() == 200;
    }

    private Secret told(String method, String path) {
        Reply reply = api.done(method, path, null);
        if (!(api.object(method, path, reply).get("value") instanceof String value) || value.isEmpty()) {
            throw api.garbage(method, path, "a secret");
        }
        return Secret.of(value);
    }

    @Override
    public void retire(String id) {
        String path = path(existing(id)) + "/client-secret/rotated";
        Reply reply = api.send("DELETE", path, null);
        if (reply.status() != 204 && reply.status() != 404) {
            throw api.refused("DELETE", path, reply);
        }
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
        api.close();
    }

    /** Gives a client the scopes and audiences that it should have, and takes the others. */
    private void align(ClientSpec client) {
        Map<String, Object> form = existing(client.id());
        String path = path(form);
        Set<String> wanted = new TreeSet<>(expected(client).scopes());
        Set<String> has = new TreeSet<>(ClientForm.texts(form.get("optionalClientScopes")));
        Map<String, String> known = scopes();
        for (String scope : wanted) {
            if (!known.containsKey(scope)) {
                Reply unused = api.done("POST", realm + "/client-scopes", KeycloakForm.scope(scope));
            }
        }
        Map<String, String> ids = scopes();
        for (String kind : List.of("default", "optional")) {
            for (String scope : ClientForm.texts(form.get(kind + "ClientScopes"))) {
                boolean extra = kind.equals("optional") ? !wanted.contains(scope) : !usual().contains(scope);
                if (extra && ids.containsKey(scope)) {
                    Reply unused = api.done("DELETE", path + "/" + kind + "-client-scopes/" + ids.get(scope), null);
                }
            }
        }
        for (String scope : wanted) {
            if (!has.contains(scope)) {
                Reply unused = api.done("PUT", path + "/optional-client-scopes/" + ids.get(scope), null);
            }
        }
        Map<String, String> audiences = KeycloakForm.audiences(form);
        String mappers = path + "/protocol-mappers/models";
        for (Map.Entry<String, String> audience : audiences.entrySet()) {
            if (!client.audiences().contains(audience.getKey())) {
                Reply unused = api.done("DELETE", mappers + "/" + AdminApi.encode(audience.getValue()), null);
            }
        }
        for (String audience : client.audiences()) {
            if (!audiences.containsKey(audience)) {
                Reply unused = api.done("POST", mappers, KeycloakForm.mapper(audience));
            }
        }
    }

    /** Without its secret, mappers and scopes: what is left out stays as it is. */
    private void put(Map<String, Object> form) {
        List.of("secret", "protocolMappers", "defaultClientScopes", "optionalClientScopes")
                .forEach(form::remove);
        Reply unused = api.done("PUT", path(form), form);
    }

    private Optional<Map<String, Object>> representation(String id) {
        String path = realm + "/clients?clientId=" + AdminApi.encode(id);
        List<Map<String, Object>> found = api.list(path).entries();
        if (found.stream().anyMatch(form -> !id.equals(form.get("clientId"))) || found.size() > 1) {
            throw api.garbage("GET", path, "the one client that was asked for");
        }
        return found.stream().findFirst();
    }

    private Map<String, Object> existing(String id) {
        return representation(id)
                .orElseThrow(() -> new RegistryException(name() + " has no client '" + id + "'; plan again"));
    }

    /** Keycloak addresses a client by an identifier of its own. */
    private String path(Map<String, Object> form) {
        return realm + "/clients/" + AdminApi.encode(ClientForm.text(form, "id"));
    }

    /** The scopes that every new client gets. */
    private Set<String> usual() {
        return new TreeSet<>(names(realm + "/default-default-client-scopes").keySet());
    }

    private Map<String, String> scopes() {
        return names(realm + "/client-scopes");
    }

    private Map<String, String> names(String path) {
        Map<String, String> names = new LinkedHashMap<>();
        api.list(path)
                .entries()
                .forEach(scope ->
                        names.put(ClientForm.text(scope, "name"), AdminApi.encode(ClientForm.text(scope, "id"))));
        return names;
    }

    @Override
    public String toString() {
        return name();
    }
}
