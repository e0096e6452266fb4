package dev.lintel.embedded.authorization;

import dev.lintel.auth.register.ClientRegistry;
import dev.lintel.core.Secret;
import dev.lintel.embedded.Checkpoint;
import dev.lintel.embedded.authorization.chaos.Chaos;
import dev.lintel.embedded.authorization.faults.Disturbances;
import dev.lintel.embedded.authorization.http.Limits;
import dev.lintel.embedded.authorization.http.Listener;
import dev.lintel.embedded.authorization.http.Routes;
import dev.lintel.embedded.authorization.http.Tls;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * An OAuth 2.0 authorization server (RFC 6749) in this JVM, on a port of its own. It issues access tokens to registered
 * clients as JWTs (RFC 9068), and tells where its endpoints (RFC 8414) and keys (RFC 7517) are. It needs no set-up: keys
 * are made when it starts, and nothing outlives it. Its threads are daemons, like those of the gateway.
 */
public final class AuthorizationServer implements AutoCloseable {
    private final Listener listener;
    private final URI issuer;
    private final StateFile file;
    private final ServerState state;
    private final AccessTokens tokens;
    private final BackChannel back;
    private final FrontChannel front;
    private final DirectTokens directTokens;
    private final Disturbances chaos;

    private AuthorizationServer(AuthorizationSettings settings, StateFile file, ServerState state, Listener listener) {
        this.listener = listener;
        this.file = file;
        this.state = state;
        URI said = settings.issuer;
        issuer = said == null ? Issuers.at(listener.address(), settings.tls != null) : said;
        tokens = new AccessTokens(issuer, settings.accessTokenLifetime, state);
        String audience = Objects.requireNonNullElse(settings.audience, issuer.toString());
        Audiences audiences = new Audiences(audience);
        directTokens = new DirectTokens(issuer, audience, settings.refreshTokenLifetime, state);
        IdTokens idTokens = new IdTokens(issuer, settings.signingAlgorithm, state.keys, settings.clock);
        back = new BackChannel(issuer, settings, state, file, tokens, audiences, idTokens);
        front = new FrontChannel(issuer, settings, state, back, tokens, audiences, idTokens);
        Metadata metadata = new Metadata(issuer, state.clients, settings.signingAlgorithm, back, front);
        Routes documents = Routes.none()
                .with("GET", Paths.METADATA, metadata)
                .with("GET", Paths.OPENID_METADATA, metadata)
                .with("GET", Paths.JWKS, new Jwks(state.keys));
        file.keep(() -> StoredState.write(state), state.changes);
        chaos = new Disturbances(listener, settings.clock, this::rotateKeys, this::rotateKeySameKid);
        Routes pages = front.on(documents).each(endpoint -> new NotedEndpoint(state, endpoint));
        listener.serve(chaos.around(back.on(pages)));
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
        SslContext tls = settings.tls == null
                ? null
                : Tls.context(settings.tls.certificates(), settings.tls.key().reveal());
        InetSocketAddress address = new InetSocketAddress(settings.address, settings.port);
        StateFile file = StateFile.open(settings.file);
        Listener listener = null;
        try {
            ServerState state = ServerState.of(settings, file);
            listener = Listener.bind("lintel-authorization", address, Limits.DEFAULT, settings.clock, tls);
            return new AuthorizationServer(settings, file, state, listener);
        } catch (RuntimeException e) {
            if (listener != null) {
                listener.close();
            }
            file.close();
            throw e;
        }
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
     * Where it listens, which is elsewhere than callers are told if something stands in front.
     *
     * @return with the port that was taken
     */
    public InetSocketAddress address() {
        return listener.address();
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
     * @throws IllegalArgumentException if there is such a client or a user of that name already
     */
    public void client(ClientRegistration registration) {
        if (front.hasUser(registration.id)) {
            throw new IllegalArgumentException("a client must not be called like a user, because both become subjects,"
                    + " but '" + registration.id + "' is one");
        }
        state.clients.register(registration);
        file.save();
    }

    /**
     * The clients of this server as a place where plans register some. What {@link #client} registers is nobody's there, and
     * left alone. A client's secret can be replaced while the old one works.
     *
     * @return for {@link dev.lintel.auth.register.OAuthClients}
     */
    public ClientRegistry registry() {
        return new ServerRegistry(issuer, state, front::hasUser, file::save);
    }

    /**
     * Adds a user, who can log in by the pages from now on. Only a slow hash of the password is kept.
     *
     * @param name what the user types, and the {@code sub} of tokens; at most 100 characters
     * @param password at most 1,000 characters
     * @throws IllegalArgumentException if there is such a user or a client of that name already
     */
    public void user(String name, Secret password) {
        front.user(name, password);
    }

    /**
     * Says something about a user beside the name: {@code email} and {@code email_verified} are told to clients with the scope
     * {@code email}, all else, such as {@code groups}, to clients with the scope {@code profile}; in ID tokens and at the
     * userinfo endpoint.
     *
     * @param user the {@code sub} of tokens
     * @param claims strings, numbers, booleans and lists of these, in place of what was said before
     * @throws IllegalArgumentException if a claim is one that the server makes itself
     */
    public void claims(String user, Map<String, ?> claims) {
        state.claims.say(user, claims);
    }

    /**
     * For tests: from now on, all authorization requests and devices are answered as if this user had just logged in and
     * allowed everything, without a page. Nobody has to be registered under that name.
     *
     * @param subject the {@code sub} of tokens
     */
    public void loginAs(String subject) {
        front.loginAs(subject);
    }

    /** Asks users again, after {@link #loginAs}. */
    public void loginByPages() {
        front.loginAs(null);
    }

    /** Ends all logins and forgets what users have allowed, also {@link #loginAs}; they stay registered. */
    public void forgetLogins() {
        front.forgetUsers();
    }

    /**
     * Makes a new key, which signs all tokens from now on. The key before it stays published until the last token that it
     * signed has expired.
     */
    public void rotateKeys() {
        state.keys.rotate();
        keysChanged();
    }

    /**
     * Makes a new key under the {@code kid} of the one before, which is gone: a mistake of real servers that verifiers must
     * survive. Tokens of the key before can no longer be verified.
     */
    public void rotateKeySameKid() {
        state.keys.rotateUnderTheSameName();
        keysChanged();
    }

    /** Publishes only the key that signs now: tokens of older keys can no longer be verified. */
    public void retireOldKeys() {
        state.keys.retireOld();
        keysChanged();
    }

    private void keysChanged() {
        state.changes.note();
        file.save();
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
        return tokens.issue(new TokenDraft(
                        subject,
                        AccessTokens.NO_CLIENT,
                        List.of(audience),
                        List.of(scopes),
                        Binding.NONE,
                        Map.of(),
                        null,
                        null,
                        tokens.lifetime(),
                        false))
                .accessToken()
                .reveal();
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
     * Issues a refresh token, as a client has it after a user has logged in and allowed something; for a test of what comes
     * then. It is not counted as a token request.
     *
     * @param client which may use refresh tokens
     * @param subject the user
     * @param scopes which the user has allowed
     * @return the first token of a family
     * @throws IllegalArgumentException if there is no such client, or it may not use refresh tokens
     */
    public Secret refreshToken(String client, String subject, String... scopes) {
        Secret token = directTokens.refreshToken(client, subject, List.of(scopes));
        file.save();
        return token;
    }

    /**
     * How many requests the token endpoint has answered, with a token or an error.
     *
     * @return since the start
     */
    public long tokenRequests() {
        return state.journal.count();
    }

    /**
     * How many of the requests that {@link #journal} knows are like this.
     *
     * @param like for example {@code r -> "shop".equals(r.client())}
     * @return at most 10,000
     */
    public long tokenRequests(Predicate<TokenRequest> like) {
        return journal().stream().filter(like).count();
    }

    /**
     * The requests that the token endpoint has answered.
     *
     * @return the last 10,000, the oldest first
     */
    public List<TokenRequest> journal() {
        return state.journal.last();
    }

    /**
     * The requests that all endpoints have answered: tokens, documents, pages.
     *
     * @return the last 10,000, the oldest first
     */
    public List<EndpointRequest> requests() {
        return state.journal.requests();
    }

    /**
     * Notes which clients, users, keys and tokens there are. Restoring brings them back, as far as tokens were used then;
     * forgets what came since, logins, failed attempts and the journal; sends waiting devices away; and clears the chaos.
     * The clock stays as it is.
     *
     * @return this moment
     */
    public Checkpoint checkpoint() {
        List<Runnable> parts =
                List.of(state.checkpoint(), front.checkpoint(), back.authentication()::forgetFailures, chaos::clear);
        return () -> {
            parts.forEach(Runnable::run);
            keysChanged();
        };
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
        back.close();
        front.close();
        file.close();
    }

    @Override
    public String toString() {
        return "AuthorizationServer " + issuer;
    }
}
