package dev.lintel.examples.graph;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.core.SecretRef.secretRef;
import static dev.lintel.core.ServiceRef.service;
import static dev.lintel.graphql.expose.GraphClient.client;
import static dev.lintel.graphql.expose.GraphSource.openApi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lintel.auth.OAuth2;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.embedded.FunctionRequest;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Secrets;
import dev.lintel.embedded.Workload;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.ClientRegistration;
import dev.lintel.embedded.authorization.GrantTypes;
import dev.lintel.sdk.Api;
import dev.lintel.sdk.GraphExposure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A gateway with a graph of two services: a function, and a server of its own; and what both were asked. */
final class Town implements AutoCloseable {
    static final String CLIENT_SECRET = "canary-client-secret";
    private static final SecretRef PLACE = secretRef("shop", "graph-client", "secret");

    final AuthorizationServer id = AuthorizationServer.start(s -> s.audience("catalog"));
    final Gateway gateway =
            Gateway.start(s -> s.journal(100).secrets(Secrets.of(Map.of(PLACE, Secret.of(CLIENT_SECRET)))));
    /** What the function was asked: method, path and who says it is. */
    final Queue<FunctionRequest> catalog = new ConcurrentLinkedQueue<>();
    /** What the server was asked: target, and the headers that say who asks. */
    final Queue<Map<String, String>> bills = new ConcurrentLinkedQueue<>();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpClient http =
            HttpClient.newBuilder().proxy(gateway.proxySelector()).build();

    Town() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::bill);
        server.setExecutor(threads);
        server.start();
        id.client(ClientRegistration.of("graph", Secret.of(CLIENT_SECRET))
                .serves("catalog")
                .audiences("bills")
                .grants(GrantTypes.TOKEN_EXCHANGE));
        gateway.workload("catalog-rest.shop", Workload.function(this::product));
        gateway.workload(
                "bills.shop",
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    /** Both services in one graph, behind tokens. */
    GraphExposure graph() {
        return graph(oauth2(id.issuer().toString()).audience("catalog").publicPaths("/graphql"));
    }

    GraphExposure graph(OAuth2 access) {
        String issuer = id.issuer().toString();
        return Api.graphql("catalog")
                .from(openApi("catalog.yaml", document("catalog.yaml"), service("catalog-rest")))
                .inNamespace("shop")
                .and(openApi("bills.yaml", document("bills.yaml"), service("bills"))
                        .named("billing")
                        .exchangeToken(client(issuer, "graph", PLACE), "bills"))
                .withOAuth2(access)
                .field("Mutation.refund")
                .scope("orders.admin");
    }

    void apply(GraphExposure graph) {
        gateway.apply(gateway.plan(graph.define()));
    }

    private Reply product(FunctionRequest request) {
        catalog.add(request);
        String id = request.path().substring(request.path().lastIndexOf('/') + 1);
        return request.method().equals("POST")
                ? Reply.ok("").json(request.text())
                : Reply.ok("").json("{\"id\":\"" + id + "\",\"name\":\"chair\",\"parts\":[]}");
    }

    private void bill(HttpExchange exchange) throws IOException {
        bills.add(Map.of(
                "target", exchange.getRequestURI().toString(),
                "host", String.valueOf(exchange.getRequestHeaders().getFirst("host")),
                "authorization", String.valueOf(exchange.getRequestHeaders().getFirst("authorization")),
                "x-shop-key", String.valueOf(exchange.getRequestHeaders().getFirst("x-shop-key")),
                "x-other", String.valueOf(exchange.getRequestHeaders().getFirst("x-other"))));
        byte[] body = "{\"id\":\"7\",\"cents\":9007199254740993}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    HttpResponse<String> ask(String query, String... headers) throws IOException, InterruptedException {
        return post(query, "application/graphql-response+json", headers);
    }

    HttpResponse<String> events(String query) throws IOException, InterruptedException {
        return post(query, "text/event-stream");
    }

    private HttpResponse<String> post(String query, String accept, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        gateway.uri("catalog.shop").resolve("/graphql"))
                .header("content-type", "application/json")
                .header("accept", accept);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        String body = new ObjectMapper().writeValueAsString(Map.of("query", query));
        return http.send(
                request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(gateway.uri("catalog.shop").resolve(path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    static String document(String name) {
        try (InputStream input = Town.class.getResourceAsStream(name)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the document '" + name + "' stands beside the tests", e);
        }
    }

    @Override
    public void close() {
        gateway.close();
        id.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
