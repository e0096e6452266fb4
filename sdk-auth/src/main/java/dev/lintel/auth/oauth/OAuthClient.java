package dev.lintel.auth.oauth;

import dev.lintel.auth.jwt.IdTokenException;
import dev.lintel.auth.jwt.LogoutToken;
import dev.lintel.auth.oauth.TokenExchangeGrant.Party;
import dev.lintel.auth.oauth.credential.AssertionSource;
import dev.lintel.auth.oauth.credential.ClientAuthentication;
import dev.lintel.auth.oauth.credential.DPoPKey;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.oauth.server.ServerMetadata;
import dev.lintel.auth.oauth.wire.Connection;
import dev.lintel.auth.oauth.wire.Exchange;
import dev.lintel.auth.oauth.wire.Failures;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client at one authorization server: gets tokens by every grant, logs users in, asks about tokens. It keeps no token;
 * {@code Tokens} does that over what this answers. Nothing is asked before the first token is. Safe for use by many threads;
 * make one and keep it.
 *
 * <pre>{@code
 * OAuthClient shop = OAuthClient.at("https://id.example", "shop", ClientSecret.basic(secret));
 * TokenSource own = shop.clientCredentials("orders.read");
 * }</pre>
 *
 * <p>Every answer is read strictly: 64 KiB of JSON at most, no redirects, no member twice; what is wrong is told by its name
 * and kind, never by what it holds.
 */
public final class OAuthClient implements AutoCloseable {
    private final Connection connection;
    private final String clientId;
    private final ClientAuthentication who;
    private final Exchange exchange;

    private OAuthClient(Connection connection, String clientId, ClientAuthentication who, @Nullable DPoPKey dpop) {
        if (clientId.isBlank()) {
            throw new IllegalArgumentException("a client id must not be blank");
        }
        this.connection = connection;
        this.clientId = clientId;
        this.who = Objects.requireNonNull(who, "who");
        this.exchange = new Exchange(connection, clientId, who, dpop);
    }

    /**
     * A client of a server that publishes metadata (RFC 8414, OpenID Connect Discovery).
     *
     * @param issuer its identifier, an {@code https} URL; {@code http} on loopback only
     * @param clientId the client's identifier there
     * @param who how the client shows who it is
     * @return a client that has asked nothing yet
     */
    public static OAuthClient at(String issuer, String clientId, ClientAuthentication who) {
        return at(issuer, clientId, who, OAuthSettings.DEFAULT);
    }

    /**
     * The same with other settings.
     *
     * @param issuer its identifier
     * @param clientId the client's identifier there
     * @param who how the client shows who it is
     * @param settings what to work with
     * @return a client that has asked nothing yet
     */
    public static OAuthClient at(String issuer, String clientId, ClientAuthentication who, OAuthSettings settings) {
        return new OAuthClient(Connection.discovering(issuer, settings), clientId, who, null);
    }

    /**
     * A client of a server that publishes nothing, or whose metadata is not to be asked.
     *
     * @param server what is known of it
     * @param clientId the client's identifier there
     * @param who how the client shows who it is
     * @param settings what to work with
     * @return a client that has asked nothing yet
     */
    public static OAuthClient at(
            ServerMetadata server, String clientId, ClientAuthentication who, OAuthSettings settings) {
        return new OAuthClient(Connection.to(server, settings), clientId, who, null);
    }

    /**
     * The same client with tokens that are bound to a key (RFC 9449). Connections and metadata are shared.
     *
     * @param key made once, and kept for as long as tokens that are bound to it
     * @return a new client, whose tokens are of the type DPoP or not accepted
     */
    public OAuthClient withDPoP(DPoPKey key) {
        return new OAuthClient(connection, clientId, who, key);
    }

    /**
     * The server. Blocks while its metadata is fetched.
     *
     * @return what it says about itself
     * @throws TokenFetchException if the metadata cannot be had
     */
    public ServerMetadata server() throws TokenFetchException {
        return connection.server();
    }

    /**
     * The client's identifier.
     *
     * @return as the server knows it
     */
    public String clientId() {
        return clientId;
    }

    /**
     * The server's identifier.
     *
     * @return as it stands in tokens
     */
    public String issuer() {
        return connection.issuer();
    }

    /**
     * Tokens for the client itself (RFC 6749, 4.4).
     *
     * @param scopes those that are asked for; none for those that the server gives by itself
     * @return a source for {@code Tokens}
     */
    public ClientCredentialsGrant clientCredentials(String... scopes) {
        return new ClientCredentialsGrant(exchange, Wanted.of(scopes));
    }

    /**
     * Uses refresh tokens of this client (RFC 6749, 6).
     *
     * @param scopes fewer than were granted; none for all of them
     * @return what {@code Tokens} refreshes with
     */
    public RefreshGrant refresh(String... scopes) {
        return new RefreshGrant(exchange, Wanted.of(scopes));
    }

    /**
     * Tokens in exchange for an access token (RFC 8693).
     *
     * @param subject the access token of the one on whose behalf is asked
     * @return a source for {@code Tokens}
     */
    public TokenExchangeGrant exchange(Secret subject) {
        return exchange(() -> subject, TokenKind.ACCESS_TOKEN);
    }

    /**
     * Tokens in exchange for another (RFC 8693), also for one that changes, as a workload's identity does.
     *
     * @param subject asked for it before each request
     * @param kind what kind of token it is
     * @return a source for {@code Tokens}
     */
    public TokenExchangeGrant exchange(AssertionSource subject, TokenKind kind) {
        return new TokenExchangeGrant(exchange, new Party(subject, kind), null, TokenKind.ACCESS_TOKEN, Wanted.of());
    }

    /**
     * Tokens for whom an assertion speaks of (RFC 7523, 2.1).
     *
     * @param assertions asked for a new one before each request
     * @return a source for {@code Tokens}
     */
    public JwtBearerGrant jwtBearer(AssertionSource assertions) {
        return new JwtBearerGrant(exchange, assertions, Wanted.of());
    }

    /**
     * A login of a user who has another device with a browser (RFC 8628).
     *
     * @param prompt is given what to show to the user
     * @param scopes those that are asked for
     * @return blocks until the user has answered, when it is asked for the token
     */
    public DeviceLogin device(Consumer<DevicePrompt> prompt, String... scopes) {
        return new DeviceLogin(exchange, prompt, Wanted.of(scopes));
    }

    /**
     * Logs the user of this machine in (RFC 8252). Blocks until the user has answered.
     *
     * @param login how
     * @return the user
     * @throws TokenFetchException if the user said no, did not answer in time, or what came back is refused
     */
    public Login login(LoopbackLogin login) throws TokenFetchException {
        return login.run(new CodeFlow(exchange), issuer(), connection.settings().random());
    }

    /**
     * Logins of the users of a web application.
     *
     * @param redirect where the browser comes back to, as it is registered
     * @param request what is asked for
     * @return both halves of a login
     */
    public WebLogin webLogin(URI redirect, LoginRequest request) {
        return WebLogin.of(exchange, redirect, request);
    }

    /**
     * Asks who a user is (OpenID Connect Core, 5.3). Blocks.
     *
     * @param accessToken the user's
     * @param subject the user's {@code sub} as the ID token names it; an answer about anybody else is refused
     * @return the claims
     * @throws TokenFetchException if the server cannot be asked, or says nothing about that user
     */
    public Map<String, Object> userInfo(Secret accessToken, String subject) throws TokenFetchException {
        return UserInfo.of(connection, accessToken, subject);
    }

    /**
     * Verifies what the server sends when somebody has logged out elsewhere (OpenID Connect Back-Channel Logout 1.0, 2.6). May
     * block, for keys.
     *
     * @param raw the {@code logout_token} as it came
     * @return whom it logs out; that its {@code jti} comes once is the caller's to see
     * @throws TokenFetchException if it must not be believed, or the server's keys cannot be had
     */
    public LogoutToken logoutToken(String raw) throws TokenFetchException {
        try {
            return connection.idTokens().verifyLogout(raw, clientId);
        } catch (IdTokenException e) {
            throw Failures.permanent(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Asks about a token (RFC 7662). Blocks. The answer is good for this moment: keep it for no longer than a token may live
     * on after it was revoked.
     *
     * @param token any token of the server
     * @return whether it is good, and what it says
     * @throws TokenFetchException if the server cannot be asked
     */
    public Introspection introspect(Secret token) throws TokenFetchException {
        return new TokenQueries(exchange).introspect(token, null);
    }

    /**
     * Gives a token back (RFC 7009). Blocks. That the server does not know the token is no failure.
     *
     * @param token a token of this client
     * @param kind {@link TokenKind#ACCESS_TOKEN} or {@link TokenKind#REFRESH_TOKEN}
     * @throws TokenFetchException if the server cannot be asked, so that the token may still be good
     */
    public void revoke(Secret token, TokenKind kind) throws TokenFetchException {
        new TokenQueries(exchange).revoke(token, kind);
    }

    /** Closes the connections, also those of clients that were made from this one. */
    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return "client '" + clientId + "' at " + issuer();
    }
}
