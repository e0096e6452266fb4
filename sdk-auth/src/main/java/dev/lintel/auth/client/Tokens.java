package dev.lintel.auth.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.Coordinates;
import dev.lintel.auth.token.ProofOfPossession;
import dev.lintel.auth.token.TokenException;
import dev.lintel.auth.token.TokenExplanation;
import dev.lintel.auth.token.TokenHandle;
import dev.lintel.auth.token.TokenSettings;
import dev.lintel.auth.token.TokenSource;
import dev.lintel.core.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of one client, got when they are needed and kept until they are old, and what puts them on requests. However
 * many ask at once, one request is on its way; before a token expires a new one is fetched in the background, while the old
 * one is handed out; if that fails, nobody notices as long as the old one is good.
 *
 * <p>A resource that refuses a token with {@code 401} and {@code invalid_token} (RFC 6750, 3.1) makes it thrown away, and
 * the request is sent once more with a new one, if its body can be sent twice and no more than one in ten calls has been
 * repeated. {@code insufficient_scope} and {@code insufficient_user_authentication} (RFC 9470) are told to listeners:
 * another token of the same kind would not help.
 *
 * <p>Safe for use by many threads; make one and keep it. Neither secrets nor tokens are ever logged or part of a message.
 */
public final class Tokens implements AutoCloseable {
    private static final String NAME = "lintel-token";

    private final TokenHandle handle;
    private final @Nullable ProofOfPossession proof;
    private final boolean bare401;
    private final RetryBudget budget;
    private final Runnable closing;

    private Tokens(
            TokenHandle handle,
            @Nullable ProofOfPossession proof,
            boolean bare401,
            RetryBudget budget,
            Runnable closing) {
        this.handle = handle;
        this.proof = proof;
        this.bare401 = bare401;
        this.budget = budget;
        this.closing = closing;
    }

    /**
     * Tokens by the client credentials grant, the client's secret sent in the header {@code Authorization}.
     *
     * @param tokenEndpoint an {@code https} address; {@code http} on loopback only
     * @param clientId the client's identifier
     * @param secret its secret
     * @param scopes the scopes that are asked for
     * @return tokens that wait to be asked for
     */
    public static Tokens clientCredentials(URI tokenEndpoint, String clientId, Secret secret, String... scopes) {
        return of(ClientCredentials.at(tokenEndpoint, clientId, secret, scopes));
    }

    /**
     * Tokens by a grant, with this machine's clocks, shared threads and the usual times.
     *
     * @param grant who asks where for what
     * @return tokens that wait to be asked for
     */
    public static Tokens of(ClientCredentials grant) {
        return of(grant, TokenSettings.defaults());
    }

    /**
     * Tokens by a grant.
     *
     * @param grant who asks where for what
     * @param settings what to work with
     * @return tokens that wait to be asked for
     */
    public static Tokens of(ClientCredentials grant, TokenSettings settings) {
        OAuthClient client = grant.client(settings);
        TokenHandle handle = TokenHandle.of(grant.coordinates(), grant.source(client), settings);
        return new Tokens(handle, null, false, new RetryBudget(), client::close);
    }

    /**
     * Tokens from anywhere, with this machine's clocks, shared threads and the usual times.
     *
     * @param name of the client, as messages and explanations say it
     * @param source what gets one
     * @return tokens that wait to be asked for
     */
    public static Tokens from(String name, TokenSource source) {
        return from(name, source, TokenSettings.defaults());
    }

    /**
     * Tokens from anywhere.
     *
     * @param name of the client, as messages and explanations say it
     * @param source what gets one
     * @param settings what to work with
     * @return tokens that wait to be asked for
     */
    public static Tokens from(String name, TokenSource source, TokenSettings settings) {
        return from(TokenHandle.of(Coordinates.named(name), source, settings));
    }

    /**
     * The tokens of a key, as of a user in a {@link dev.lintel.auth.token.TokenCache}.
     *
     * @param handle is closed together with these tokens
     * @return its tokens, which can be put on requests
     */
    public static Tokens from(TokenHandle handle) {
        return new Tokens(handle, null, false, new RetryBudget(), () -> {});
    }

    /**
     * The same tokens, with a proof for each request (RFC 9449) if they are of the type {@code DPoP}. The nonce of every
     * answer is kept; a request that was refused for want of one is sent once more, if the nonce is another.
     *
     * @param possession makes the proofs; holds the key that the tokens are bound to
     * @return a view of these tokens
     */
    public Tokens proving(ProofOfPossession possession) {
        return new Tokens(handle, possession, bare401, budget, closing);
    }

    /**
     * The same tokens, where {@code 401} without an error code counts as {@code invalid_token}, for resources that do not
     * say why they refuse.
     *
     * @return a view of these tokens
     */
    public Tokens retryingBare401() {
        return new Tokens(handle, proof, true, budget, closing);
    }

    /**
     * A token that is good now, without blocking. What is chained to it runs on the thread that brings the token: it must
     * not block there.
     *
     * @return fails with {@link TokenException} if there is none to be had, or it takes longer than
     *     {@linkplain dev.lintel.auth.token.TokenTimes#patience() callers wait}
     */
    public CompletionStage<AccessToken> get() {
        return handle.get();
    }

    /**
     * A token that is good now; waits if there is none yet.
     *
     * @return the token
     * @throws TokenException if there is none to be had, it takes too long, or the thread is interrupted while it waits
     */
    public AccessToken token() {
        return handle.token();
    }

    /**
     * A token that is good now; waits if there is none yet.
     *
     * @param patience how long; who gives up does so alone
     * @return the token
     * @throws TokenException as {@link #token()}
     */
    public AccessToken token(Duration patience) {
        return handle.token(patience);
    }

    /**
     * Throws a token away that somebody refused. Does nothing if it is no longer the one that is handed out.
     *
     * @param refused the token
     * @return whether it was the one that is handed out
     */
    @CanIgnoreReturnValue
    public boolean invalidate(AccessToken refused) {
        return handle.invalidate(refused);
    }

    /** Ends the pause after a failure: the next caller asks again, as when a secret has been corrected. */
    public void reset() {
        handle.reset();
    }

    /**
     * How the token stands: its state, deadlines, who waits, what went wrong last, when the next is asked for.
     *
     * @return prints as a text to be read, without any secret
     */
    public TokenExplanation explain() {
        return handle.explain();
    }

    /**
     * The core of it, for caches and metrics.
     *
     * @return what keeps the token
     */
    public TokenHandle handle() {
        return handle;
    }

    /**
     * The headers that carry the token; waits if there is none yet. For clients that have no attachment here. With a proof
     * of possession they are good for one request.
     *
     * @param method of the request
     * @param uri of the request
     * @return {@code Authorization}, and {@code DPoP} where the token is bound to a key; not for logs
     * @throws TokenException if there is no token to be had
     */
    public Map<String, String> headers(String method, URI uri) {
        return Collections.unmodifiableMap(new AuthorizedCall(this, method, uri).headers(token()));
    }

    /**
     * Puts the token on a request for {@link HttpClient}; waits if there is none yet. A client that follows redirects may
     * carry the header on to other hosts: leave its redirects at {@code NEVER}, as they are by default. What a refusal
     * should do is up to the caller: {@link #client} does it.
     *
     * @param request whose header {@code Authorization} is set; with a proof of possession, its address and method are
     *     there already
     * @return the same builder
     * @throws TokenException if there is no token to be had
     */
    @CanIgnoreReturnValue
    public HttpRequest.Builder authorize(HttpRequest.Builder request) {
        if (proof == null) {
            return request.setHeader(
                    TokenInterceptor.AUTHORIZATION, unbound(token()).authorization());
        }
        HttpRequest so = request.copy().build();
        headers(so.method(), so.uri()).forEach(request::setHeader);
        return request;
    }

    private AccessToken unbound(AccessToken token) {
        AuthorizedCall.requireProof(token, proof, name());
        return token;
    }

    /**
     * What sends requests with {@link HttpClient}, those to some origins with a token, and once more with a new one if it
     * is refused.
     *
     * @param client which does not follow redirects; stays the caller's
     * @param origin scheme, host and port, for example {@code https://orders.example}
     * @param more other origins
     * @return a sender
     */
    public TokenHttpClient client(HttpClient client, URI origin, URI... more) {
        return new TokenHttpClient(this, client, WebOrigin.all(origin, more));
    }

    /**
     * What puts the token on the requests of an Apache HttpClient 5 that go to one of some origins, after every redirect
     * anew, so that the token reaches nobody else. A request that has the header {@code Authorization} already keeps it.
     *
     * <p>A token over plain {@code http} can be read by anybody on the way: name such an origin only where something else
     * encrypts, as a mesh does. At {@code DEBUG} the HTTP client logs all headers, the token included.
     *
     * @param origin scheme, host and port, for example {@code https://orders.example}
     * @param more other origins
     * @return for {@code HttpClientBuilder.addExecInterceptorBefore("PROTOCOL", …)}, which is what {@link #attachTo} does
     */
    public ExecChainHandler interceptor(URI origin, URI... more) {
        return new TokenInterceptor(this, WebOrigin.all(origin, more));
    }

    /**
     * Puts {@link #interceptor} into an Apache HttpClient 5, where it is asked for each request of a chain of redirects.
     *
     * @param client the client that is being built
     * @param origin scheme, host and port, for example {@code https://orders.example}
     * @param more other origins
     * @return the same builder
     */
    @CanIgnoreReturnValue
    public HttpClientBuilder attachTo(HttpClientBuilder client, URI origin, URI... more) {
        return client.addExecInterceptorBefore(ChainElement.PROTOCOL.name(), NAME, interceptor(origin, more));
    }

    /**
     * What {@link #interceptor} does, for the asynchronous client: no thread waits for a token.
     *
     * @param origin scheme, host and port, for example {@code https://orders.example}
     * @param more other origins
     * @return for {@code HttpAsyncClientBuilder.addExecInterceptorBefore("PROTOCOL", …)}
     */
    public AsyncExecChainHandler asyncInterceptor(URI origin, URI... more) {
        return new AsyncTokenInterceptor(this, WebOrigin.all(origin, more));
    }

    /**
     * Puts {@link #asyncInterceptor} into an asynchronous Apache HttpClient 5.
     *
     * @param client the client that is being built
     * @param origin scheme, host and port, for example {@code https://orders.example}
     * @param more other origins
     * @return the same builder
     */
    @CanIgnoreReturnValue
    public HttpAsyncClientBuilder attachTo(HttpAsyncClientBuilder client, URI origin, URI... more) {
        return client.addExecInterceptorBefore(ChainElement.PROTOCOL.name(), NAME, asyncInterceptor(origin, more));
    }

    /** Hands out no more tokens; fails who waits for one. */
    @Override
    public void close() {
        handle.close();
        closing.run();
    }

    @Override
    public String toString() {
        return "tokens of client '" + name() + "'";
    }

    String name() {
        return handle.key().client();
    }

    @Nullable
    ProofOfPossession proof() {
        return proof;
    }

    boolean retriesBare401() {
        return bare401;
    }

    RetryBudget budget() {
        return budget;
    }
}
