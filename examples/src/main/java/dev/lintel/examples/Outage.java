package dev.lintel.examples;

import dev.lintel.auth.client.ClientCredentials;
import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.token.TokenException;
import dev.lintel.auth.token.TokenExplanation;
import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.ClientRegistration;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/** The issuer goes away while an application calls: what it holds is good until its hard deadline, and nobody notices. */
final class Outage {
    private static final Duration LIFETIME = Duration.ofSeconds(8);
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final String CLIENT = "courier";

    private final PrintStream out;
    private final AuthorizationServer authorization;
    private final HttpClient http;
    private final URI orders;

    Outage(PrintStream out, AuthorizationServer authorization, HttpClient http, URI orders) {
        this.out = out;
        this.authorization = authorization;
        this.http = http;
        this.orders = orders;
    }

    void tell() throws IOException {
        Secret secret = Secret.of("of the courier");
        authorization.client(ClientRegistration.of(CLIENT, secret)
                .scopes("orders.read")
                .audiences("orders")
                .accessTokenLifetime(LIFETIME));
        String issuer = authorization.issuer().toString();
        try (Tokens courier = Tokens.of(ClientCredentials.of(issuer, CLIENT, secret, "orders.read"))) {
            send(courier);
            authorization.close();
            TokenExplanation.Current token =
                    Objects.requireNonNull(courier.explain().token());
            out.printf(
                    "  the issuer is stopped; the token is due for renewal in %.1f s, and handed out for %.1f s%n",
                    seconds(token.softIn()), seconds(token.hardIn()));
            int sent = 0;
            int good = 0;
            while (true) {
                try {
                    good += send(courier) == 200 ? 1 : 0;
                    sent++;
                } catch (TokenException e) {
                    out.println("  requests until then: " + sent + ", answered 200: " + good);
                    out.println("  and then: "
                            + String.valueOf(e.getMessage())
                                    .replace(issuer + "/token", "the token endpoint")
                                    .replaceAll("\\d+ ms", "a while"));
                    return;
                }
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
    }

    private int send(Tokens tokens) throws IOException {
        HttpRequest request = tokens.authorize(HttpRequest.newBuilder(orders)).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during the outage", e);
        }
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
