package dev.lintel.benchmarks.peers;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import dev.lintel.benchmarks.tokens.Column;
import dev.lintel.benchmarks.tokens.TokenContender;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * MSAL4J with client credentials. It talks to {@code https} authorities only, so that its HTTP client, which is something
 * to plug in, leads to the endpoint. It is given the callers' own threads to work in: by its default, the common pool, all
 * calls of a machine with two processors stand in one line.
 */
final class MsalTokens implements TokenContender {
    private static final Set<String> SCOPES = Set.of("orders/.default");

    @Override
    public String name() {
        return "MSAL4J 1.26.1";
    }

    @Override
    public Client prepare(Column.Held held, URI endpoint) throws Exception {
        return switch (held) {
            case NOTHING -> client(endpoint, null);
            // Tokens count as expired five minutes before their end.
            case EXPIRED -> client(endpoint, "/60");
            case STALE -> {
                Client client = client(endpoint, "/3600/1");
                // Its clock cannot be set and counts whole seconds, and refresh_in is at least one.
                TimeUnit.MILLISECONDS.sleep(2500);
                yield client;
            }
        };
    }

    /** A client that got a token from a path of the endpoint; null for no token. */
    static Client client(URI endpoint, String primed) throws Exception {
        Forwarding http = new Forwarding();
        http.to = URI.create(endpoint + (primed == null ? "" : primed));
        ConfidentialClientApplication application = ConfidentialClientApplication.builder(
                        "shop", ClientCredentialFactory.createFromSecret("secret"))
                .authority("https://login.microsoftonline.com/shop/")
                .instanceDiscovery(false)
                .httpClient(http)
                .executorService(new CallersThreads())
                .build();
        ClientCredentialParameters parameters =
                ClientCredentialParameters.builder(SCOPES).build();
        Client client =
                () -> "Bearer " + application.acquireToken(parameters).get().accessToken();
        if (primed != null) {
            String unused = client.authorization();
            http.to = endpoint;
        }
        return client;
    }

    private static final class Forwarding implements IHttpClient {
        private volatile URI to;

        @Override
        public IHttpResponse send(HttpRequest request) throws IOException {
            Post.Answer answer = Post.form(to, request.body());
            return new Answer(answer.status(), answer.headers(), answer.body());
        }
    }

    private record Answer(int statusCode, Map<String, List<String>> headers, String body) implements IHttpResponse {}

    private static final class CallersThreads extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long time, TimeUnit unit) {
            return true;
        }
    }
}
