package dev.lintel.examples.graphql;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.core.ServiceRef.service;
import static dev.lintel.graphql.expose.GraphSource.openApi;
import static dev.lintel.mesh.istio.IstioDialect.istio;

import dev.lintel.core.ApiDefinition;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Reply;
import dev.lintel.embedded.Workload;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.target.DirectoryTarget;
import dev.lintel.sdk.Api;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;

/**
 * One graph of three services: an application of long ago that was described afterwards, a service in Python, and a function of
 * this JVM. A token is needed for all of it, and a scope for what changes something.
 *
 * <p>{@code mvn -q compile exec:java -Dexec.mainClass=dev.lintel.examples.graphql.ThreeServices} prints what is asked and
 * answered, and what the same definition becomes in a mesh. It needs Python 3.
 */
public final class ThreeServices {
    private static final String ALL =
            "{ customer(id: \"7\") { CUST_NM CREDIT_LIMIT } orders(customer: \"7\") { number total } stock(article: \"lamp\") { pieces } }";
    private static final String COUNT = "mutation { count(article: \"lamp\") { pieces } }";

    private ThreeServices() {}

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException if Python is not there, or nothing answers
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    static void run(PrintStream out) throws IOException, InterruptedException {
        try (AuthorizationServer id = AuthorizationServer.start(settings -> settings.audience("catalog"));
                LegacyApplication customers = LegacyApplication.start();
                OrdersProcess orders = OrdersProcess.start();
                Gateway gateway = Gateway.start()) {
            gateway.workload("customers.shop", customers.uri());
            gateway.workload("orders.shop", orders.uri());
            gateway.workload(
                    "stock.shop",
                    Workload.function(request -> Reply.ok("").json("{\"article\":\"lamp\",\"pieces\":3}")));
            ApiDefinition catalog = definition(id.issuer().toString());
            gateway.apply(gateway.plan(catalog));

            ask(out, gateway, "without a token", ALL, "");
            ask(out, gateway, "of all three services", ALL, id.issue("alice", "catalog"));
            ask(out, gateway, "a change without its scope", COUNT, id.issue("alice", "catalog"));
            ask(out, gateway, "a change", COUNT, id.issue("alice", "catalog", "stock.write"));
            inTheMesh(out, catalog);
        }
    }

    static ApiDefinition definition(String issuer) {
        return Api.graphql("catalog")
                .from(openApi("customers.yaml", resource("customers.yaml"), service("customers")))
                .inNamespace("shop")
                .and(openApi("orders.yaml", resource("orders.yaml"), service("orders")))
                .and(openApi("stock.yaml", resource("stock.yaml"), service("stock")))
                .withOAuth2(oauth2(issuer).audience("catalog"))
                .field("Mutation.count")
                .scope("stock.write")
                .maxDepth(8)
                .define();
    }

    private static void ask(PrintStream out, Gateway gateway, String what, String query, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        gateway.uri("catalog.shop").resolve("/graphql"))
                .header("content-type", "application/json")
                .header("accept", "application/graphql-response+json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\": \"" + query.replace("\"", "\\\"") + "\"}"));
        HttpClient client =
                HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
        HttpResponse<String> answer = client.send(
                (token.isEmpty() ? request : request.header("authorization", "Bearer " + token)).build(),
                HttpResponse.BodyHandlers.ofString());
        out.println("-- " + what + "\n   " + query + "\n   " + answer.statusCode() + " "
                + answer.body().strip());
    }

    private static void inTheMesh(PrintStream out, ApiDefinition catalog) {
        Mesh mesh = Mesh.of(
                istio().domain("example.com").frontImage("registry.example/lintel:1"),
                DirectoryTarget.directory(Path.of("never-written")));
        out.println("-- the same definition in a mesh");
        for (Manifest each : mesh.manifests(mesh.plan(catalog))) {
            out.println("   " + each.id());
        }
    }

    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(ThreeServices.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("'" + name + "' stands beside this class", e);
        }
    }
}
