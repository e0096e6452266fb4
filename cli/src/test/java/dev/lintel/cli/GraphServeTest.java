package dev.lintel.cli;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.core.ServiceRef.service;
import static dev.lintel.graphql.expose.GraphSource.openApi;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.sdk.Api;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs served by the command line: by a file of definitions, and beside a sidecar by what was deployed. */
class GraphServeTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final GraphServer.Ports PORTS = new GraphServer.Ports(HERE, 0, 0, 0);
    private static final String DOCUMENT = """
            openapi: 3.0.3
            paths:
              /pets/{id}:
                get:
                  operationId: pet
                  parameters: [{name: id, in: path, required: true, schema: {type: string}}]
                  responses:
                    "200": {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
            """;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer pets;
    private HttpServer sidecar;

    @BeforeEach
    void start() throws IOException {
        pets = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        var unusedPets = pets.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("host") + exchange.getRequestURI());
            byte[] body = "{\"name\": \"Tom\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        pets.start();
        sidecar = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        var unusedSidecar = sidecar.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        sidecar.start();
    }

    @AfterEach
    void stop() {
        pets.stop(0);
        sidecar.stop(0);
    }

    @Test
    void aFileOfDefinitionsIsAllThatIsNeeded() throws Exception {
        ApiDefinition open = Api.graphql("catalog")
                .from(openApi("pets.yaml", DOCUMENT, service("pets")))
                .inNamespace("shop")
                .define();
        Files.writeString(folder.resolve("graph.yaml"), DefinitionFormat.yaml().write(open));

        try (GraphServer server = GraphServer.file(around(), "graph.yaml", places(), "localhost", PORTS)) {
            String answer = ask(server.port(), "{ pet(id: \"7\") { name } }", "");

            assertThat(server.served()).isEqualTo("catalog.shop.localhost");
            assertThat(answer).isEqualTo("200 {\"data\":{\"pet\":{\"name\":\"Tom\"}}}");
            assertThat(status(server.probes(), "/ready")).isEqualTo(200);
            assertThat(status(server.probes(), "/live")).isEqualTo(200);
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatWasDeployedIsServedBesideASidecar() throws Exception {
        deploy();

        try (GraphServer server = GraphServer.front(around(), ".", places(), at(sidecar), PORTS)) {
            String query = "{ pet(id: \"7\") { name } }";
            String nobody = ask(server.port(), query, "");
            String reader = ask(server.port(), query, token("pets.list"));
            assertThat(asked).isEmpty();
            String keeper = ask(server.port(), query, token("pets.read"));

            assertThat(nobody).contains("\"code\":\"UNAUTHENTICATED\"");
            assertThat(reader).contains("\"code\":\"FORBIDDEN\"");
            assertThat(keeper).isEqualTo("200 {\"data\":{\"pet\":{\"name\":\"Tom\"}}}");
            assertThat(ask(server.port(), "{ pet(id: \"a/../../b\") { name } }", token("pets.read")))
                    .contains("\"errors\"");
            assertThat(asked).containsExactly("pets.shop.svc.cluster.local/pets/7");
            assertThat(status(server.probes(), "/ready")).isEqualTo(200);
        }
    }

    @Test
    void withoutASidecarNobodyIsLetIn() throws Exception {
        deploy();
        URI nowhere = at(sidecar);
        sidecar.stop(0);

        try (GraphServer server = GraphServer.front(around(), ".", places(), nowhere, PORTS)) {
            String answer = ask(server.port(), "{ pet(id: \"7\") { name } }", token("pets.read"));

            assertThat(answer).isEqualTo("503 there is no sidecar that checks who calls");
            assertThat(status(server.probes(), "/ready")).isEqualTo(503);
            assertThat(status(server.probes(), "/live")).isEqualTo(200);
        }
        assertThat(asked).isEmpty();
    }

    /** The files as a pod has them, which are those that the dialect writes. */
    private void deploy() throws IOException {
        ApiDefinition guarded = Api.graphql("catalog")
                .from(openApi("pets.yaml", DOCUMENT, service("pets")))
                .inNamespace("shop")
                .withOAuth2(oauth2("https://id.example").audience("catalog").publicPaths("/graphql"))
                .field("Query.pet")
                .scope("pets.read")
                .define();
        IstioDialect dialect = IstioDialect.istio().frontImage("registry.example/lintel:1");
        var model = new ModelCompiler(Kinds.installed())
                .compile(List.of(guarded), dialect.world())
                .model();
        Manifest config = dialect.write(model).manifests().stream()
                .filter(each -> each.kind().equals("ConfigMap"))
                .findFirst()
                .orElseThrow();
        for (Map.Entry<?, ?> file : ((Map<?, ?>) config.spec().get("data")).entrySet()) {
            Files.writeString(folder.resolve(String.valueOf(file.getKey())), String.valueOf(file.getValue()));
        }
    }

    private Map<String, URI> places() {
        return Map.of("pets", at(pets));
    }

    private static URI at(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private Surroundings around() {
        return new Surroundings(System.in, System.out, System.err, false, folder, Map.of());
    }

    /** By hand, because no name server knows the host. */
    private static String ask(int port, String query, String token) throws IOException {
        String body = "{\"query\": \"" + query.replace("\"", "\\\"") + "\"}";
        String request = "POST /graphql HTTP/1.1\r\nhost: catalog.shop.localhost\r\nconnection: close\r\n"
                + "content-type: application/json\r\naccept: application/graphql-response+json\r\n"
                + (token.isEmpty() ? "" : "authorization: Bearer " + token + "\r\n")
                + "content-length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket(HERE, port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()) + " "
                    + answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    private int status(int port, String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** As the sidecar lets it through; nobody looks at the signature again. */
    private static String token(String scope) {
        return part("{\"alg\":\"RS256\"}") + "."
                + part("{\"iss\":\"https://id.example\",\"sub\":\"alice\",\"aud\":\"catalog\",\"scope\":\"" + scope
                        + "\"}")
                + "." + part("signed");
    }

    private static String part(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
