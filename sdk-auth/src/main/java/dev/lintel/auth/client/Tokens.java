package dev.lintel.auth.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.net.Http;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.TokenException;
import dev.lintel.core.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens of one client, got when they are needed and kept until they are old. However many ask at once, one request
 * is on its way; before a token expires a new one is fetched in the background, while the old one is handed out; if that
 * fails, nobody notices as long as the old one is good.
 *
 * <p>Safe for use by many threads; make one and keep it. Neither secrets nor tokens are ever logged or part of a message.
 */
public final class Tokens implements AutoCloseable {
    private static final String NAME = "lintel-token";

    private final String clientId;
    private final TokenKeeper keeper;
    private final Http http;
    private final @Nullable ExecutorService own;

    private Tokens(ClientCredentials grant, TokenSettings settings, @Nullable ExecutorService own) {
        this.clientId = grant.clientId();
        this.http = new Http(settings.timeout());
        this.keeper = new TokenKeeper(grant.clientId(), new TokenRequest(grant, http, settings.clock()), settings);
        this.own = own;
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
     * Tokens by a grant, with this machine's clock, a thread of their own and 5 seconds for each exchange.
     *
     * @param grant who asks where for what
     * @return tokens that wait to be asked for
     */
    public static Tokens of(ClientCredentials grant) {
        ExecutorService own = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, NAME);
            thread.setDaemon(true);
            return thread;
        });
        return new Tokens(
                grant, new TokenSettings(InstantSource.system(), new SecureRandom(), own, Duration.ofSeconds(5)), own);
    }

    /**
     * Tokens by a grant, with a clock, a source of randomness and an executor from outside.
     *
     * @param grant who asks where for what
     * @param settings what to work with; the executor stays the caller's
     * @return tokens that wait to be asked for
     */
    public static Tokens of(ClientCredentials grant, TokenSettings settings) {
        return new Tokens(grant, settings, null);
    }

    /**
     * A token that is good now, without blocking.
     *
     * @return fails with {@link TokenException} if there is none to be had
     */
    public CompletionStage<AccessToken> get() {
        return keeper.get();
    }

    /**
     * A token that is good now; waits if there is none yet.
     *
     * @return the token
     * @throws TokenException if there is none to be had, or the thread is interrupted while it waits
     */
    public AccessToken token() {
        AccessToken fresh = keeper.fresh();
        if (fresh != null) {
            return fresh;
        }
        try {
            return keeper.get().toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenException("Interrupted while waiting for a token");
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof TokenException failure) {
                throw new TokenException(failure);
            }
            throw new TokenException("No token, because of a fault in here");
        }
    }

    /**
     * Puts the token on a request for {@link java.net.http.HttpClient}; waits if there is none yet. A client that follows
     * redirects may carry the header on to other hosts: leave its redirects at {@code NEVER}, as they are by default.
     *
     * @param request whose header {@code Authorization} is set
     * @return the same builder
     * @throws TokenException if there is no token to be had
     */
    @CanIgnoreReturnValue
    public HttpRequest.Builder authorize(HttpRequest.Builder request) {
        return request.setHeader("Authorization", token().authorization());
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
        return new TokenInterceptor(this, TokenInterceptor.origins(origin, more));
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

    /** Asks for no more tokens; the one that is there stays good until its time. */
    @Override
    public void close() {
        keeper.close();
        http.close();
        if (own != null) {
            own.shutdownNow();
        }
    }

    @Override
    public String toString() {
        return "tokens of client '" + clientId + "'";
    }
}
