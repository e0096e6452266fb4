package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import dev.lintel.embedded.Checkpoint;
import dev.lintel.embedded.authorization.chaos.Chaos;
import dev.lintel.embedded.authorization.faults.Disturbances;
import dev.lintel.embedded.authorization.http.Limits;
import dev.lintel.embedded.authorization.http.Listener;
import dev.lintel.embedded.authorization.http.Routes;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * An OAuth 2.0 authorization server (RFC 6749) in this JVM, on a port of its own. It issues access tokens to registered
 * clients as JWTs (RFC 9068), and tells where its endpoints (RFC 8414) and keys (RFC 7517) are. It needs no set-up: keys
 * are made when it starts, and nothing outlives it. Its threads are daemons, like those of the gateway.
 */
public final class AuthorizationServer implements AutoCloseable {
    /** The {@code client_id} of tokens that no client asked for. */
    private static final String NO_CLIENT = "direct";

    private final Listener listener;
    private final URI issuer;
    private final KeyRing keys;
    private final AccessTokens tokens;
    private final Clients clients;
    private final Journal journal = new Journal();
    private final Disturbances chaos;
    private final DirectTokens directTokens;

    private AuthorizationServer(AuthorizationSettings settings, KeyRing keys, Listener listener) {
        this.listener = listener;
        this.keys = keys;
        URI said = settings.issuer();
        issuer = said == null ? Issuers.at(listener.address()) : said;
        tokens = new AccessTokens(issuer, settings.accessTokenLifetime(), keys, settings.clock(), settings.random());
        clients = new Clients(settings.random());
        String audience = Objects.requireNonNullElse(settings.audience(), issuer.toString());
        Audiences audiences = new Audiences(audience);
        directTokens = new DirectTokens(issuer, audience, keys, settings.clock(), settings.random());
        List<Grant> grants = List.of(new ClientCredentialsGrant(tokens, audiences));
        ClientAuthentication authentication = new ClientAuthentication(clients, settings.random());
        Metadata metadata = new Metadata(issuer, clients, grants, settings.signingAlgorithm());
        chaos = new Disturbances(listener, settings.clock(), keys::rotate, keys::rotateUnderTheSameName);
        listener.serve(chaos.around(Routes.none()
                .with("GET", Paths.METADATA, metadata)
                .with("GET", Paths.OPENID_METADATA, metadata)
                .with("GET", Paths.JWKS, new Jwks(keys))
                .with("POST", Paths.TOKEN, new TokenEndpoint(authentication, grants, journal, settings.clock()))));
    }

    /**
     * Starts a server with the default settings.
     *
     * @return a server that answers
     */
    public static AuthorizationServer start() {
        return start(AuthorizationSettings.defaults());
    }

    /**
     * Starts a server with settings made from the default ones.
     *
     * @param more for example {@code s -> s.audience("orders")}
     * @return a server that answers
     * @throws java.io.UncheckedIOException if the address cannot be bound
     */
    public static AuthorizationServer start(UnaryOperator<AuthorizationSettings> more) {
        return start(more.apply(AuthorizationSettings.defaults()));
    }

    /**
     * Starts a server.
     *
     * @param settings how
     * @return a server that answers
     * @throws java.io.UncheckedIOException if the address cannot be bound
     */
    public static AuthorizationServer start(AuthorizationSettings settings) {
        KeyRing keys = new KeyRing(
                name -> SigningKey.generate(settings.signingAlgorithm(), settings.random(), name), settings.clock());
        InetSocketAddress address = new InetSocketAddress(settings.address(), settings.port());
        return new AuthorizationServer(
                settings, keys, Listener.bind("lintel-authorization", address, Limits.DEFAULT, settings.clock()));
    }

    /**
     * How callers reach the server; the {@code iss} of its tokens.
     *
     * @return for example {@code http://127.0.0.1:43211}
     */
    public URI issuer() {
        return issuer;
    }

    /**
     * Registers a client that may use client credentials, for the server's default audience.
     *
     * @param id printable ASCII
     * @param secret what it proves itself with
     * @param scopes which it may have
     * @throws IllegalArgumentException if there is such a client already
     */
    public void client(String id, Secret secret, String... scopes) {
        client(ClientRegistration.of(id, secret).scopes(scopes));
    }

    /**
     * Registers a client.
     *
     * @param registration who it is and what it may ask for
     * @throws IllegalArgumentException if there is such a client already
     */
    public void client(ClientRegistration registration) {
        clients.register(registration);
    }

    /**
     * Makes a new key, which signs all tokens from now on. The key before it stays published until the last token that it
     * signed has expired.
     */
    public void rotateKeys() {
        keys.rotate();
    }

    /** Publishes only the key that signs now: tokens of older keys can no longer be verified. */
    public void retireOldKeys() {
        keys.retireOld();
    }

    /**
     * Issues a token that no client asked for, as a test needs it. It is not counted as a token request, and its
     * {@code client_id} is {@code direct}.
     *
     * @param subject its {@code sub}
     * @param audience its {@code aud}
     * @param scopes its scopes; none means no {@code scope} claim
     * @return the token in compact form
     */
    public String issue(String subject, String audience, String... scopes) {
        return tokens.issue(subject, NO_CLIENT, List.of(audience), List.of(scopes));
    }

    /**
     * Issues a token that no client asked for, with all that a test wants to say in it, also one that has expired already.
     * It is not counted as a token request.
     *
     * @param token what it says
     * @return the token in compact form
     */
    public String issue(DirectToken token) {
        return directTokens.issue(token);
    }

    /**
     * How many requests the token endpoint has answered, with a token or an error.
     *
     * @return since the start
     */
    public long tokenRequests() {
        return journal.count();
    }

    /**
     * The requests that the token endpoint has answered.
     *
     * @return the last 10,000, the oldest first
     */
    public List<TokenRequest> journal() {
        return journal.last();
    }

    /**
     * Notes which clients and keys there are. Restoring brings them back, removes what came since, empties the journal and
     * clears the chaos; the clock stays as it is.
     *
     * @return this moment
     */
    public Checkpoint checkpoint() {
        List<Runnable> back = List.of(clients.checkpoint(), keys.checkpoint(), journal::clear, chaos::clear);
        return () -> back.forEach(Runnable::run);
    }

    /**
     * What can go wrong with this server, for tests of its clients.
     *
     * @return one for each server; nothing goes wrong until it is said
     */
    public Chaos chaos() {
        return chaos;
    }

    /** Stops listening, lets requests at hand be answered, and ends all threads of the server. */
    @Override
    public void close() {
        chaos.clear();
        listener.close();
    }

    @Override
    public String toString() {
        return "AuthorizationServer " + issuer;
    }
}
