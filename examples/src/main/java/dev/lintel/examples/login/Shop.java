package dev.lintel.examples.login;

import com.sun.net.httpserver.HttpServer;
import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.oauth.Login;
import dev.lintel.auth.oauth.LoginRequest;
import dev.lintel.auth.oauth.OAuthClient;
import dev.lintel.auth.oauth.WebLogin;
import dev.lintel.auth.oauth.credential.ClientSecret;
import dev.lintel.auth.store.MemoryTokenStore;
import dev.lintel.auth.store.RotatingTokens;
import dev.lintel.auth.store.RotationSettings;
import dev.lintel.auth.store.TokenStore;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import dev.lintel.embedded.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web application: knows who its user is, calls one API in the user's name and another in its own. */
final class Shop implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final OAuthClient client;
    private final WebLogin login;
    private final TokenStore store = new MemoryTokenStore();
    private final Tokens own;
    private final HttpClient http;
    private final URI orders;
    private final URI invoices;

    private Shop(HttpServer server, String issuer, Secret secret, Gateway gateway) {
        this.server = server;
        client = OAuthClient.at(issuer, "shop", ClientSecret.basic(secret));
        login = client.webLogin(back(), LoginRequest.of("openid", "orders.read").with("audience", "orders"));
        own = Tokens.from("shop", client.clientCredentials("billing.read").audience("billing"));
        http = HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
        orders = gateway.uri("orders.store").resolve("/orders");
        invoices = gateway.uri("billing.store").resolve("/invoices");
    }

    static Shop start(String issuer, Secret secret, Gateway gateway) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Shop shop = new Shop(server, issuer, secret, gateway);
            server.createContext("/", new ShopPages(shop));
            server.setExecutor(shop.threads);
            server.start();
            return shop;
        } catch (IOException e) {
            throw new UncheckedIOException("the shop cannot listen on loopback", e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Where the authorization server sends its users back to. */
    URI back() {
        return uri().resolve("/back");
    }

    WebLogin.Begun begin() throws TokenFetchException {
        return login.begin();
    }

    /** Ends a login: from here on the user's tokens are kept, and refreshed when they grow old. */
    Visit finish(Secret pending, URI came) throws TokenFetchException {
        Login user = login.finish(pending, came);
        String name = Objects.requireNonNull(user.user()).subject();
        RotatingTokens kept = RotatingTokens.of(name + "@shop", store, client.refresh(), RotationSettings.DEFAULT);
        kept.login(user.token());
        return new Visit(name, Tokens.from("shop for " + name, kept));
    }

    String ordersOf(Visit visit) throws IOException, InterruptedException {
        return call(visit.tokens(), orders);
    }

    String invoices() throws IOException, InterruptedException {
        return call(own, invoices);
    }

    private String call(Tokens tokens, URI uri) throws IOException, InterruptedException {
        HttpResponse<String> answer = tokens.client(http, uri.resolve("/"))
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() + ": " + answer.body();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        own.close();
        client.close();
    }
}
