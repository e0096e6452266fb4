package dev.lintel.junit;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.embedded.Workload.function;

import dev.lintel.core.Secret;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.sdk.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** An API for the tests of the fixture, and calls of it. */
final class Sample {
    static final Secret SECRET = Secret.of("canary-secret");

    private Sample() {}

    /** {@code orders.shop}, with a client {@code shop-ui}. */
    static GatewayBuilder orders() {
        return GatewayExtension.builder().with(Sample::orders);
    }

    static GatewayBuilder orders(GatewayBuilder builder) {
        return builder.audience("orders")
                .definition(issuer -> Api.expose("orders")
                        .inNamespace("shop")
                        .withOAuth2(oauth2(issuer).audience("orders").scope("/orders/**", "orders.read"))
                        .define())
                .workload("orders.shop", function(request -> Reply.ok("said by the builder")))
                .client("shop-ui", SECRET, "orders.read");
    }

    static HttpResponse<String> get(Gateway gateway, HttpClient http, String path, String... fields) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.uri("orders.shop").resolve(path));
        return send(http, fields.length == 0 ? request : request.headers(fields));
    }

    /** The status of a token request; over a connection of its own, because making a client takes longer than all else. */
    static int token(AuthorizationServer authorization, String client) {
        URI issuer = authorization.issuer();
        String form = "grant_type=client_credentials&client_id=" + client + "&client_secret=" + SECRET.reveal();
        String request = "POST /token HTTP/1.1\r\nHost: " + issuer.getAuthority() + "\r\nContent-Length: "
                + form.length() + "\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n"
                + form;
        try (Socket socket = new Socket(issuer.getHost(), issuer.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return Integer.parseInt(answer.substring(9, 12));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
