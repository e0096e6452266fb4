package dev.lintel.examples.elsewhere;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.lintel.auth.oauth.Introspection;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A payment provider: an HTTPS server that knows nothing of Lintel, and takes no token but those of its own issuer. */
final class Provider implements AutoCloseable {
    private final HttpsServer server;
    private final OAuthClient issuer;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<String> authorizations = new CopyOnWriteArrayList<>();

    private Provider(HttpsServer server, OAuthClient issuer) {
        this.server = server;
        this.issuer = issuer;
    }

    static Provider start(SSLContext tls, String issuer, Secret secret) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        Provider provider = new Provider(server, OAuthClient.at(issuer, "psp", ClientSecret.basic(secret)));
        server.createContext("/", provider::handle);
        server.setExecutor(provider.threads);
        server.start();
        return provider;
    }

    String address() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Every {@code Authorization} that it was shown. */
    List<String> authorizations() {
        return authorizations;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            authorizations.add(String.valueOf(authorization));
            if (!isGood(authorization)) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer error=\"invalid_token\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            String text = "charged at " + exchange.getRequestHeaders().getFirst("Host") + exchange.getRequestURI();
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private boolean isGood(@Nullable String authorization) throws IOException {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            return false;
        }
        try {
            Introspection token = issuer.introspect(Secret.of(authorization.substring("Bearer ".length())));
            return token.active() && token.scopes().contains("cards.charge");
        } catch (TokenFetchException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        issuer.close();
    }
}
