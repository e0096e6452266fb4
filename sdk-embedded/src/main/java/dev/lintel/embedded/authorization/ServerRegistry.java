package dev.lintel.embedded.authorization;

import dev.lintel.auth.register.ClientFacts;
import dev.lintel.auth.register.ClientRegistry;
import dev.lintel.auth.register.ClientSpec;
import dev.lintel.auth.register.KnownClient;
import dev.lintel.auth.register.RegistryException;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.core.Problem;
import dev.lintel.core.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The clients of a server in this JVM, for those who plan them. It keeps hashes of several secrets of a client at once. */
final class ServerRegistry implements ClientRegistry {
    private final URI issuer;
    private final ServerState state;
    private final Predicate<String> isUser;
    private final Runnable save;

    ServerRegistry(URI issuer, ServerState state, Predicate<String> isUser, Runnable save) {
        this.issuer = issuer;
        this.state = state;
        this.isUser = isUser;
        this.save = save;
    }

    @Override
    public String name() {
        return "the embedded server at " + issuer;
    }

    @Override
    public String issuer() {
        return issuer.toString();
    }

    @Override
    public Optional<URI> tokenEndpoint() {
        return Optional.of(URI.create(issuer + Paths.TOKEN));
    }

    @Override
    public boolean keepsOldSecrets(String id) {
        return true;
    }

    @Override
    public List<Problem> unable(ClientSpec client) {
        return List.of();
    }

    /** A secret is taken in the header and in the form alike. */
    @Override
    public ClientFacts expected(ClientSpec client) {
        ClientFacts all = client.facts();
        return new ClientFacts(
                all.grants(),
                all.scopes(),
                all.audiences(),
                all.redirects(),
                method(client).code(),
                all.keys(),
                all.tokens());
    }

    @Override
    public Optional<KnownClient> find(String id) {
        return state.clients.find(id).map(ServerRegistry::known);
    }

    @Override
    public List<KnownClient> ownedBy(String owner) {
        return state.clients.all().stream()
                .map(ServerRegistry::known)
                .filter(client -> owner.equals(client.owner()))
                .toList();
    }

    @Override
    public Credentials create(ClientSpec client, String owner, @Nullable String stamp, @Nullable Secret secret) {
        if (isUser.test(client.id())) {
            throw new RegistryException("client '" + client.id() + "' must not be called like a user of " + name()
                    + ", because both become subjects; choose another id");
        }
        Client made = new Client(
                said(fresh(client), client, owner, stamp),
                secret == null ? null : HashedSecret.of(secret, state.random),
                null,
                state.clock.instant());
        try {
            state.clients.add(made);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new RegistryException(e.getMessage() + "; look at what is there now by a new plan");
        }
        save.run();
        return new Credentials(client.id(), secret);
    }

    @Override
    public void update(ClientSpec client, String owner) {
        change(client.id(), before -> {
            boolean same = before.method() == method(client);
            Client kept = same ? before : new Client(before.said(), null, before.management(), before.since());
            // The place of keys is no setting that could be changed on its own.
            ClientRegistration base = same && client.keys() == null ? before.said() : fresh(client);
            return kept.saying(said(base, client, owner, null));
        });
    }

    @Override
    public void delete(String id) {
        Optional<Client> client = state.clients.find(id);
        if (client.isPresent() && state.clients.remove(client.get())) {
            state.families.all().stream()
                    .filter(family -> family.grant().client().equals(id))
                    .forEach(family -> state.revokeFamily(family.id()));
            save.run();
        }
    }

    @Override
    public Rotated rotate(String id, Secret secret) {
        boolean had =
                state.clients.find(id).filter(client -> client.secret() != null).isPresent();
        HashedSecret hash = HashedSecret.of(secret, state.random);
        change(id, before -> before.withSecret(hash));
        return new Rotated(secret, had);
    }

    @Override
    public void retire(String id) {
        change(id, Client::withoutOlder);
    }

    private void change(String id, UnaryOperator<Client> change) {
        Client before;
        do {
            before = state.clients
                    .find(id)
                    .orElseThrow(() -> new RegistryException(name() + " has no client '" + id + "'; plan again"));
        } while (!state.clients.replace(before, change.apply(before)));
        save.run();
    }

    private static ClientMethod method(ClientSpec client) {
        return switch (client.proof()) {
            case CLIENT_SECRET_BASIC, CLIENT_SECRET_POST -> ClientMethod.SECRET;
            case PRIVATE_KEY_JWT -> ClientMethod.PRIVATE_KEY_JWT;
            case NONE -> ClientMethod.NONE;
        };
    }

    private static ClientRegistration fresh(ClientSpec client) {
        URI keys = client.keys();
        return keys == null
                ? ClientRegistration.stored(client.id(), method(client))
                : ClientRegistration.privateKeyJwt(client.id(), keys);
    }

    private static ClientRegistration said(
            ClientRegistration before, ClientSpec client, String owner, @Nullable String stamp) {
        ClientFacts facts = client.facts();
        SecretPlace place = client.proof().hasSecret() ? client.placeFor(owner) : null;
        return before.grants(facts.grants().toArray(String[]::new))
                .scopes(facts.scopes().toArray(String[]::new))
                .audiences(facts.audiences().toArray(String[]::new))
                .redirectUris(client.redirects().toArray(URI[]::new))
                .marked(new PlanMark(owner, place, stamp));
    }

    private static KnownClient known(Client client) {
        ClientRegistration said = client.said();
        PlanMark mark = said.mark;
        return new KnownClient(
                said.id,
                said.id,
                mark == null ? null : mark.owner(),
                mark == null ? null : mark.place(),
                mark == null ? null : mark.stamp(),
                new ClientFacts(
                        said.grants,
                        said.scopes,
                        said.audiences,
                        said.redirectUris.stream().map(URI::toString).toList(),
                        said.method.code(),
                        keys(said),
                        said.opaque ? "opaque" : ClientFacts.JWT));
    }

    private static @Nullable String keys(ClientRegistration said) {
        return said.keys == null || said.keys.uri() == null
                ? null
                : said.keys.uri().toString();
    }

    @Override
    public String toString() {
        return name();
    }
}
