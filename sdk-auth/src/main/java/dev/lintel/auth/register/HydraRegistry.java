package dev.lintel.auth.register;

import dev.lintel.auth.net.Reply;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The clients of an Ory Hydra, by its administrative interface: {@code /admin/clients} and what is below it. The mark of an
 * owner is {@code lintel:} and its name in a client's field {@code owner}. Access tokens are asked for as JWTs, whatever
 * the server's default is, because definitions check JWTs.
 *
 * <p>Hydra has no login for this interface: it must be reachable for administrators only. {@link #bearer} is for a proxy
 * before it, or for Ory Network.
 */
public final class HydraRegistry implements ClientRegistry {
    private static final String CLIENTS = "/admin/clients";
    private static final String PLACE = "lintel.dev/secret";
    private static final String STAMP = "lintel.dev/stamp";
    private static final int PAGE = 250;
    private static final int MOST_PAGES = 1000;
    private static final Pattern NEXT = Pattern.compile(
            "<[^>]*[?&]page_token=((?:[A-Za-z0-9._~=+/-]|%[0-9A-F]{2}){1,2048})(?:&[^>]*)?>\\s*;\\s*rel=\"?next\"?",
            Pattern.CASE_INSENSITIVE);

    private final URI admin;
    private final @Nullable String issuer;
    private final AdminApi api;
    private final int pageSize;

    private HydraRegistry(URI admin, @Nullable String issuer, Supplier<Map<String, String>> headers) {
        this(admin, issuer, new AdminApi("Hydra at " + admin, admin, headers), PAGE);
    }

    private HydraRegistry(URI admin, @Nullable String issuer, AdminApi api, int pageSize) {
        this.admin = admin;
        this.issuer = issuer;
        this.api = api;
        this.pageSize = pageSize;
    }

    /**
     * A Hydra.
     *
     * @param admin the address of its administrative interface, without {@code /admin}; {@code https} except on loopback
     * @return its clients
     */
    public static HydraRegistry at(URI admin) {
        return new HydraRegistry(admin, null, Map::of);
    }

    /**
     * The same Hydra behind something that asks for a key.
     *
     * @param key sent as {@code Authorization: Bearer}
     * @return a new registry
     */
    public HydraRegistry bearer(Secret key) {
        api.close();
        return new HydraRegistry(admin, issuer, () -> Map.of("Authorization", "Bearer " + key.reveal()));
    }

    /**
     * The same Hydra, known to issue tokens in a name, so that a plan can tell that an API does not accept them.
     *
     * @param name the issuer's identifier, Hydra's {@code urls.self.issuer}
     * @return a new registry
     */
    public HydraRegistry issuer(String name) {
        return new HydraRegistry(admin, name, api, pageSize);
    }

    /** The same Hydra, read in pages of another size. */
    HydraRegistry pages(int size) {
        return new HydraRegistry(admin, issuer, api, size);
    }

    @Override
    public String name() {
        return api.name();
    }

    @Override
    public @Nullable String issuer() {
        return issuer;
    }

    @Override
    public Optional<URI> tokenEndpoint() {
        return Optional.ofNullable(issuer)
                .map(each -> URI.create((each.endsWith("/") ? each : each + "/") + "oauth2/token"));
    }

    /** Ending old secrets, of which there are none, is something that only a Hydra knows which keeps them. */
    @Override
    public boolean keepsOldSecrets(String id) {
        int status = api.send("DELETE", rotation(id), null).status();
        return status >= 200 && status <= 299;
    }

    @Override
    public List<Problem> unable(ClientSpec client) {
        return client.grants().contains(ClientGrant.TOKEN_EXCHANGE)
                ? List.of(new Problem(
                        "clients.grant",
                        "client " + client.id(),
                        "Hydra does not exchange tokens (RFC 8693)",
                        "use JWT_BEARER (RFC 7523) with an issuer that Hydra is told to trust, or another server",
                        Origin.unknown()))
                : List.of();
    }

    @Override
    public Optional<KnownClient> find(String id) {
        Optional<KnownClient> found = api.get(path(id)).map(HydraRegistry::read);
        if (found.isPresent() && !found.get().id().equals(id)) {
            throw api.garbage("GET", path(id), "the client that was asked for");
        }
        return found;
    }

    @Override
    public List<KnownClient> ownedBy(String owner) {
        List<KnownClient> clients = new ArrayList<>();
        Set<String> tokens = new LinkedHashSet<>();
        String first = CLIENTS + "?page_size=" + pageSize + "&owner=" + AdminApi.encode(mark(owner));
        String path = first;
        while (true) {
            AdminApi.Page page = api.list(path);
            page.entries().stream()
                    .map(HydraRegistry::read)
                    .filter(client -> owner.equals(client.owner()))
                    .forEach(clients::add);
            // Only the token is taken from the link, so that no answer can send the next request elsewhere.
            Matcher next = NEXT.matcher(page.link() == null ? "" : page.link());
            // A Hydra without any client names a next page for ever (2.3.0).
            if (page.entries().isEmpty() || !next.find()) {
                return clients;
            }
            if (!tokens.add(next.group(1)) || tokens.size() > MOST_PAGES) {
                throw new RegistryException(name() + ": GET " + CLIENTS + " pages in a circle, or has more than "
                        + MOST_PAGES + " pages; nothing was changed");
            }
            path = first + "&page_token=" + next.group(1);
        }
    }

    @Override
    public Credentials create(ClientSpec client, String owner, @Nullable String stamp, @Nullable Secret secret) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("client_id", client.id());
        form.put("client_name", client.id());
        managed(client, owner, stamp, form);
        if (secret != null) {
            form.put("client_secret", secret.reveal());
        }
        Reply reply = api.done("POST", CLIENTS, form);
        if (!client.id().equals(api.object("POST", CLIENTS, reply).get("client_id"))) {
            throw api.garbage("POST", CLIENTS, "the client that was asked for");
        }
        return new Credentials(client.id(), secret);
    }

    @Override
    public void update(ClientSpec client, String owner) {
        Map<String, Object> form = current(client.id());
        managed(client, owner, null, form);
        put(client.id(), form);
    }

    @Override
    public void delete(String id) {
        Reply reply = api.send("DELETE", path(id), null);
        if (reply.status() != 204 && reply.status() != 404) {
            throw api.refused("DELETE", path(id), reply);
        }
    }

    /** Hydra keeps the old secrets since version 26; before that the client is written anew, and the old one ends. */
    @Override
    public Rotated rotate(String id, Secret secret) {
        Map<String, Object> form = current(id);
        Map<String, String> wanted = Map.of("client_secret", secret.reveal());
        Reply reply = api.send("POST", rotation(id), wanted);
        if (reply.status() == 404 || reply.status() == 405) {
            form.putAll(wanted);
            put(id, form);
            return new Rotated(secret, false);
        }
        if (reply.status() != 200 && reply.status() != 201) {
            throw api.refused("POST", rotation(id), reply);
        }
        return api.object("POST", rotation(id), reply).get("client_secret") instanceof String other
                ? new Rotated(Secret.of(other), true)
                : new Rotated(secret, true);
    }

    @Override
    public void retire(String id) {
        Reply reply = api.send("DELETE", rotation(id), null);
        boolean unknown = reply.status() == 404 || reply.status() == 405;
        if (!unknown && (reply.status() < 200 || reply.status() > 299)) {
            throw api.refused("DELETE", rotation(id), reply);
        }
    }

    @Override
    public void close() {
        api.close();
    }

    private Map<String, Object> current(String id) {
        return api.get(path(id))
                .orElseThrow(() -> new RegistryException(name() + " has no client '" + id + "'; plan again"));
    }

    /** Replaces the whole object; without a secret in it the secret stays. */
    private void put(String id, Map<String, Object> form) {
        Reply unused = api.done("PUT", path(id), form);
    }

    private static void managed(ClientSpec client, String owner, @Nullable String stamp, Map<String, Object> form) {
        ClientForm.write(client, form);
        form.put("owner", mark(owner));
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (form.get("metadata") instanceof Map<?, ?> said) {
            said.forEach((name, value) -> metadata.put(String.valueOf(name), value));
        }
        metadata.remove(PLACE);
        metadata.remove(STAMP);
        if (stamp != null) {
            metadata.put(STAMP, stamp);
        }
        if (client.proof().hasSecret()) {
            metadata.put(PLACE, client.placeFor(owner).toString());
        }
        form.put("metadata", metadata);
        form.put("access_token_strategy", ClientFacts.JWT);
    }

    private static KnownClient read(Map<String, Object> form) {
        String id = ClientForm.text(form, "client_id");
        String owner = ClientForm.text(form, "owner");
        Map<?, ?> metadata = form.get("metadata") instanceof Map<?, ?> said ? said : Map.of();
        return new KnownClient(
                id,
                id,
                owner.startsWith(mark("")) ? owner.substring(mark("").length()) : null,
                ClientForm.place(metadata.get(PLACE)),
                metadata.get(STAMP) instanceof String stamp ? stamp : null,
                ClientForm.read(form, ClientForm.text(form, "access_token_strategy")));
    }

    private static String mark(String owner) {
        return "lintel:" + owner;
    }

    private static String path(String id) {
        return CLIENTS + "/" + AdminApi.encode(id);
    }

    private static String rotation(String id) {
        return path(id) + "/secrets/rotate";
    }

    @Override
    public String toString() {
        return name();
    }
}
