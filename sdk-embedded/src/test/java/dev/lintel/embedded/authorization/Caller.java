package dev.lintel.embedded.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;

/** Calls an authorization server as a client over the network does. */
final class Caller {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final URI issuer;

    Caller(AuthorizationServer server) {
        this.http = HttpClient.newHttpClient();
        this.issuer = server.issuer();
    }

    /** Calls where a server listens that is known under another name. */
    Caller(URI address) {
        this.http = HttpClient.newHttpClient();
        this.issuer = address;
    }

    /** Calls by TLS. */
    Caller(AuthorizationServer server, SSLContext tls) {
        this.http = HttpClient.newBuilder().sslContext(tls).build();
        this.issuer = server.issuer();
    }

    static String basic(String id, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> get(String path) {
        return send(to(path).GET());
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = to(path).method(method, BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** A token request that authenticates by Basic. */
    HttpResponse<String> token(String id, String secret, String form) {
        return form(form, "Authorization", basic(id, secret));
    }

    HttpResponse<String> form(String form, String... headers) {
        HttpRequest.Builder request = to("/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** The access token that a request gets. */
    String accessToken(String id, String secret, String form) {
        return json(token(id, secret, form).body()).get("access_token").textValue();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(issuer.resolve(path)).timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
