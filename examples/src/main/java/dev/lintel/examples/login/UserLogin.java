package dev.lintel.examples.login;

import static dev.lintel.auth.OAuth2.oauth2;

import dev.lintel.core.Secret;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Workload;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.ClientRegistration;
import dev.lintel.sdk.Api;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A user logs in: an authorization server with a user, a gateway with two APIs, and a shop on the web that calls {@code
 * orders} with its user's token and {@code billing} with its own.
 *
 * <p>{@code mvn -q compile exec:java -Dexec.mainClass=dev.lintel.examples.login.UserLogin} says where to point a browser, and
 * runs until it is stopped; with {@code -Dexec.args=--visit} it is its own visitor, and ends.
 */
public final class UserLogin {
    /** Who may log in, with {@link #PASSWORD}. */
    static final String USER = "alice";

    /** The password of an example that ends with this process. */
    static final Secret PASSWORD = Secret.of("wonderland");

    private static final Duration TOKEN = Duration.ofMinutes(2);

    private UserLogin() {}

    /**
     * Runs the example.
     *
     * @param args none, or {@code --visit}
     * @throws IOException if a page cannot be had
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        boolean visit = List.of(args).contains("--visit");
        if (args.length > 1 || args.length == 1 && !visit) {
            out.println("usage: [--visit]");
            return;
        }
        try (AuthorizationServer authorization =
                        AuthorizationServer.start(settings -> settings.accessTokenLifetime(TOKEN));
                Gateway gateway = Gateway.start();
                Shop shop = shop(authorization, gateway)) {
            if (visit) {
                new Visitor(shop.uri(), out).visit();
            } else {
                out.println("Point a browser at " + shop.uri() + " and log in as '" + USER + "' with '"
                        + PASSWORD.reveal() + "'. Ctrl-C ends it.");
                Thread.currentThread().join();
            }
        }
    }

    static Shop shop(AuthorizationServer authorization, Gateway gateway) {
        String issuer = authorization.issuer().toString();
        gateway.workload(
                "orders.store",
                Workload.function(request -> Reply.ok("three orders, one of them on its way to " + USER)));
        gateway.workload("billing.store", Workload.function(request -> Reply.ok("two invoices are open")));
        gateway.apply(gateway.plan(
                Api.expose("orders")
                        .inNamespace("store")
                        .withOAuth2(oauth2(issuer).audience("orders").scope("/orders/**", "orders.read"))
                        .define(),
                Api.expose("billing")
                        .inNamespace("store")
                        .withOAuth2(oauth2(issuer).audience("billing").scope("/invoices/**", "billing.read"))
                        .define()));
        Secret secret = Secret.of("of the shop");
        Shop shop = Shop.start(issuer, secret, gateway);
        authorization.user(USER, PASSWORD);
        authorization.client(ClientRegistration.of("shop", secret)
                .name("The shop")
                .grants("authorization_code", "refresh_token", "client_credentials")
                .scopes("openid", "orders.read", "billing.read")
                .audiences("orders", "billing")
                .redirectUris(shop.back()));
        return shop;
    }
}
