package dev.lintel.auth.register;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.oauth.registration.ClientMetadata;
import dev.lintel.auth.oauth.registration.RegisteredClient;
import dev.lintel.auth.oauth.registration.Registration;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.store.StoreException;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Problem;
import dev.lintel.core.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The clients of any server with dynamic registration (RFC 7591) whose clients can be looked after (RFC 7592); the embedded
 * authorization server is one. The server assigns identifiers and secrets, and lists nobody, so that a {@link
 * RegistrationBook} remembers which client is which. What is not in the book is not ours. A stamp is in the book, and is
 * sent as {@code software_id} beside it (RFC 7591, 2): a client that nobody remembers can be told by that.
 *
 * <p>Audiences are sent as {@code audience}, which servers that know no such member ignore (RFC 7591, 2).
 */
public final class DynamicRegistry implements ClientRegistry {
    private static final String SOFTWARE = "software_id";
    private static final String MARK = "lintel:";

    private final String issuer;
    private final RegistrationBook book;
    private final Registration registration;

    private DynamicRegistry(String issuer, RegistrationBook book, Registration registration) {
        this.issuer = issuer;
        this.book = book;
        this.registration = registration;
    }

    /**
     * A server that publishes where clients register.
     *
     * @param issuer its identifier
     * @param book what is remembered of the clients
     * @return its clients
     */
    public static DynamicRegistry at(String issuer, RegistrationBook book) {
        return new DynamicRegistry(issuer, book, Registration.at(issuer, OAuthSettings.DEFAULT));
    }

    /**
     * The same server, which lets only those register who have a token (RFC 7591, 3).
     *
     * @param token given by its administrator
     * @return a new registry
     */
    public DynamicRegistry initialToken(Secret token) {
        return new DynamicRegistry(issuer, book, registration.withInitialToken(token));
    }

    @Override
    public String name() {
        return "dynamic registration at " + issuer;
    }

    @Override
    public String issuer() {
        return issuer;
    }

    @Override
    public List<Problem> unable(ClientSpec client) {
        return List.of();
    }

    @Override
    public Optional<KnownClient> find(String id) {
        try {
            Optional<RegistrationBook.Entry> entry = book.entry(id);
            return entry.isEmpty() ? Optional.empty() : known(id, entry.get());
        } catch (StoreException e) {
            throw unreadable(e);
        }
    }

    @Override
    public List<KnownClient> ownedBy(String owner) {
        List<KnownClient> clients = new ArrayList<>();
        try {
            for (Map.Entry<String, RegistrationBook.Entry> entry :
                    book.entries().entrySet()) {
                if (entry.getValue().owner().equals(owner)) {
                    known(entry.getKey(), entry.getValue()).ifPresent(clients::add);
                }
            }
        } catch (StoreException e) {
            throw unreadable(e);
        }
        return clients;
    }

    @Override
    public Credentials create(ClientSpec client, String owner, @Nullable String stamp, @Nullable Secret secret) {
        RegisteredClient registered;
        try {
            ClientMetadata metadata = metadata(client);
            registered = registration.register(stamp == null ? metadata : metadata.with(SOFTWARE, MARK + stamp));
        } catch (TokenFetchException e) {
            throw failed("register", client.id(), e);
        }
        try {
            book.keep(
                    client.id(),
                    new RegistrationBook.Entry(owner, stamp, List.copyOf(client.audiences()), registered, false));
        } catch (StoreException e) {
            throw new RegistryException("client '" + client.id() + "' is registered at " + issuer + ", but "
                    + e.getMessage() + "; " + undone(registered) + "mend that, then plan again");
        }
        return new Credentials(registered.clientId(), registered.secret());
    }

    @Override
    public void update(ClientSpec client, String owner) {
        change(
                client.id(),
                new RegistrationBook.Entry(
                        owner,
                        null,
                        List.copyOf(client.audiences()),
                        entry(client.id()).client(),
                        false),
                metadata(client));
    }

    /**
     * That it begins is remembered first: whoever is cut off between the server and the book could not tell a client that is
     * gone from one whose token was lost, for both are answered alike (RFC 7592, 2.3).
     */
    @Override
    public void delete(String id) {
        RegistrationBook.Entry entry = entry(id);
        keep(id, entry.leaving(true));
        try {
            registration.delete(entry.client());
        } catch (TokenFetchException e) {
            if (!isGone(e)) {
                throw failed("delete", id, e);
            }
            if (!entry.leaving()) {
                keep(id, entry);
                throw failed("delete", id, e);
            }
        }
        forget(id);
    }

    private static boolean isGone(TokenFetchException e) {
        return "invalid_token".equals(e.error());
    }

    /** RFC 7592, 2.2, leaves it to the server whether an update brings a new secret, and hardly any server does. */
    @Override
    public Rotated rotate(String id, Secret secret) {
        ClientFacts facts = known(id, entry(id))
                .orElseThrow(() -> new RegistryException(name() + " has no client '" + id + "'; plan again"))
                .facts();
        RegistrationBook.Entry before = entry(id);
        RegisteredClient now = change(id, before, metadata(id, facts));
        if (now.secret() == null || now.secret().equals(before.client().secret())) {
            throw new RegistryException(
                    name() + " gave client '" + id + "' no new secret, and RFC 7592 leaves that to the"
                            + " server; register a client with another id, let programs use that one, then plan without '"
                            + id + "'");
        }
        return new Rotated(now.secret(), false);
    }

    @Override
    public void retire(String id) {
        RegistrationBook.Entry unused = entry(id);
    }

    /**
     * Forgets a client that does not exist at the server any more, so that a plan can register it again.
     *
     * @param id its name here
     */
    public void forget(String id) {
        try {
            book.forget(id);
        } catch (StoreException e) {
            throw new RegistryException("client '" + id + "' is not forgotten: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        registration.close();
    }

    /** What the server says now; its answer may bring a new token, which is kept before anything else is done. */
    private Optional<KnownClient> known(String id, RegistrationBook.Entry entry) {
        RegisteredClient client = entry.client();
        if (client.management() != null) {
            try {
                client = registration.read(client);
            } catch (TokenFetchException e) {
                if (entry.leaving() && isGone(e)) {
                    forget(id);
                    return Optional.empty();
                }
                throw new RegistryException(name() + " does not tell about client '" + id + "': " + e.getMessage()
                        + "; if it was deleted there, say forget(\"" + id + "\") on the registry");
            }
            if (!client.equals(entry.client())) {
                keep(id, entry.with(client));
            }
        }
        ClientFacts said = ClientForm.read(client.registered(), ClientFacts.JWT);
        return Optional.of(new KnownClient(
                id,
                client.clientId(),
                entry.owner(),
                null,
                entry.stamp(),
                said.audiences().isEmpty()
                        ? new ClientFacts(
                                said.grants(),
                                said.scopes(),
                                entry.audiences(),
                                said.redirects(),
                                said.proof(),
                                said.keys(),
                                said.tokens())
                        : said));
    }

    @CanIgnoreReturnValue
    private RegisteredClient change(String id, RegistrationBook.Entry entry, ClientMetadata metadata) {
        try {
            RegisteredClient now = registration.update(entry.client(), metadata);
            keep(id, entry.with(now));
            return now;
        } catch (TokenFetchException e) {
            throw failed("change", id, e);
        }
    }

    private void keep(String id, RegistrationBook.Entry entry) {
        try {
            book.keep(id, entry);
        } catch (StoreException e) {
            throw new RegistryException("client '" + id + "' may have a new secret and token at " + issuer
                    + ", which are" + " lost: " + e.getMessage() + "; mend that, then look whether a plan still works");
        }
    }

    private RegistrationBook.Entry entry(String id) {
        try {
            return book.entry(id)
                    .orElseThrow(() -> new RegistryException(name() + " has no client '" + id + "'; plan again"));
        } catch (StoreException e) {
            throw unreadable(e);
        }
    }

    private String undone(RegisteredClient registered) {
        try {
            registration.delete(registered);
            return "it was removed again; ";
        } catch (TokenFetchException e) {
            return "it could not be removed again and stays there as '" + registered.clientId() + "'; ";
        }
    }

    private static ClientMetadata metadata(ClientSpec client) {
        return metadata(client.id(), client.facts());
    }

    private static ClientMetadata metadata(String id, ClientFacts facts) {
        ClientMetadata metadata = new ClientMetadata(
                id,
                facts.proof(),
                facts.grants(),
                facts.redirects().isEmpty() ? List.of() : List.of("code"),
                facts.redirects().stream().map(URI::create).toList(),
                facts.scopes(),
                List.of(),
                null,
                Map.of());
        if (facts.keys() != null) {
            metadata = metadata.with("jwks_uri", facts.keys());
        }
        return facts.audiences().isEmpty() ? metadata : metadata.with("audience", facts.audiences());
    }

    private RegistryException failed(String verb, String id, TokenFetchException e) {
        return new RegistryException(name() + " did not " + verb + " client '" + id + "': " + e.getMessage());
    }

    private RegistryException unreadable(StoreException e) {
        return new RegistryException("what is remembered of " + name() + " cannot be read: " + e.getMessage());
    }

    @Override
    public String toString() {
        return name();
    }
}
