package dev.lintel.graphiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lintel.core.front.FrontRequest;
import dev.lintel.graphql.Graph;
import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.execute.GraphEngine;
import dev.lintel.graphql.http.GraphHttp;
import dev.lintel.graphql.http.GraphSession;
import dev.lintel.graphql.http.HttpSettings;
import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.testkit.Chromium;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** The page as it is served, and in a real browser where one is installed. */
class GraphiqlTest {
    private static final String NOT_INSTALLED =
            "no Chromium below /usr/bin, so the page is not looked at in a real browser: apt-get install chromium";
    private static final String DOCUMENT = """
            openapi: 3.0.3
            info: {title: Pets, version: "1"}
            paths:
              /pets/{id}:
                get:
                  operationId: pet
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: string}}
                  responses:
                    "200":
                      description: One
                      content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}
            """;

    private Door door;

    @BeforeEach
    void start() throws Exception {
        GraphEngine engine = GraphEngine.of(
                Graph.of("pets").from(OpenApi.of("pets", DOCUMENT)),
                request -> new UpstreamAnswer(
                        200,
                        List.of(new Header("content-type", "application/json")),
                        "{\"name\":\"Rex the dog\"}".getBytes(StandardCharsets.UTF_8)));
        door = new Door(GraphHttp.of(
                request -> new GraphSession(engine, GraphSession.callerOf(request)),
                HttpSettings.DEFAULT.explorer("/graphiql"),
                Runnable::run,
                (delay, task) -> () -> {}));
    }

    @AfterEach
    void stop() {
        door.close();
    }

    @Test
    void thePageLetsInItsOwnFilesAlone() throws Exception {
        HttpResponse<String> page = get("/graphiql");
        String policy = page.headers().firstValue("content-security-policy").orElseThrow();
        Matcher nonce =
                Pattern.compile("script-src 'nonce-([A-Za-z0-9+/]{24})'").matcher(policy);
        assertThat(nonce.find()).isTrue();
        assertThat(policy)
                .isEqualTo(
                        "default-src 'none'; script-src 'nonce-N'; style-src 'nonce-N'; font-src data:; img-src 'self' data:;"
                                        .replace("N", nonce.group(1))
                                + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(page.body())
                .contains("<script nonce=\"" + nonce.group(1) + "\" src=\"graphiql/page.js\"></script>")
                .contains("data-endpoint=\"/graphql\"")
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("<style")
                .doesNotContain("style=");
        assertThat(get("/graphiql").headers().firstValue("content-security-policy"))
                .as("another nonce each time")
                .isNotEqualTo(Optional.of(policy));
        assertThat(page.headers().firstValue("cache-control")).contains("no-store");
        assertThat(page.headers().firstValue("x-frame-options")).contains("DENY");
    }

    @Test
    void itsFilesAreServedAndNoOthers() throws Exception {
        for (String name : List.of("react.js", "react-dom.js", "graphiql.js", "graphiql.css", "page.js", "page.css")) {
            HttpResponse<String> file = get("/graphiql/" + name);
            assertThat(file.statusCode()).as(name).isEqualTo(200);
            assertThat(file.headers().firstValue("content-type").orElseThrow())
                    .isEqualTo(name.endsWith("js") ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8");
            assertThat(file.body()).as(name).isNotBlank();
        }
        for (String name : List.of("", "graphiql.js.map", "..", "LICENSE", "module-info.class")) {
            assertThat(get("/graphiql/" + name).statusCode()).as(name).isEqualTo(404);
        }
        HttpResponse<String> post = send(HttpRequest.newBuilder(URI.create(door.address() + "/graphiql"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("allow")).contains("GET");
    }

    @Test
    void thePathsMustDiffer() {
        assertThatThrownBy(() -> HttpSettings.DEFAULT.explorer("/graphql"))
                .hasMessage("the page and the graph must have different paths, but both are at '/graphql'");
        for (String path : List.of("graphiql", "/", "/a/", "/a\"b", "/../a", "/a//b", "/ä", "/a b")) {
            assertThatThrownBy(() -> HttpSettings.DEFAULT.explorer(path)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aQueryIsTypedWithATokenAndAnswered(@TempDir Path folder, TestReporter reporter) throws Exception {
        Optional<Path> program = Chromium.installed();
        if (program.isEmpty()) {
            reporter.publishEntry("skipped", NOT_INSTALLED);
        }
        assumeThat(program).as(NOT_INSTALLED).isPresent();
        try (Chromium chromium = Chromium.start(program.orElseThrow(), folder.resolve("profile"))) {
            chromium.resize(1280, 800);
            chromium.open(door.address() + "/graphiql");
            chromium.until("document.querySelector('.graphiql-query-editor .CodeMirror') !== null");
            chromium.until("document.querySelector('.graphiql-doc-explorer') !== null || "
                    + "document.querySelectorAll('.graphiql-sidebar button').length > 0");
            chromium.ask(
                    "window.broken = [], "
                            + "document.addEventListener('securitypolicyviolation', e => window.broken.push(e.violatedDirective))");
            write(chromium, "query", "{ pet(id: \"1\") { name } }");
            chromium.ask("[...document.querySelectorAll('.graphiql-editor-tools button')]"
                    + ".find(button => button.textContent === 'Headers').click()");
            chromium.until(
                    "document.querySelector('.graphiql-editor-tool .graphiql-editor:not(.hidden) .CodeMirror') !== null");
            write(chromium, "header", "{ \"authorization\": \"Bearer secret-1\" }");
            chromium.ask("document.querySelector('.graphiql-execute-button').click()");
            chromium.until("document.querySelector('.result-window').textContent.includes('Rex the dog')");
            Path pictures = Files.createDirectories(Path.of("target", "pictures"));
            Path unusedPicture = Files.write(pictures.resolve("graphiql.png"), chromium.picture());

            assertThat(chromium.ask("window.broken.join()"))
                    .as("what the policy refused")
                    .isEmpty();
            assertThat(chromium.ask("localStorage.length + sessionStorage.length"))
                    .as("a token is kept by the page alone")
                    .isEqualTo("0");
            assertThat(chromium.ask("getComputedStyle(document.getElementById('graphiql')).height"))
                    .as("the style sheet passes the policy")
                    .isEqualTo("800px");
        }
        assertThat(door.asked().stream().filter(request -> request.method().equals("POST")))
                .anySatisfy(request -> {
                    assertThat(request.path()).isEqualTo("/graphql");
                    assertThat(request.text()).contains("pet(id:");
                    assertThat(request.header("authorization")).contains("Bearer secret-1");
                });
        assertThat(door.asked().stream().map(FrontRequest::path))
                .as("nothing else is loaded")
                .allMatch(path -> path.equals("/graphql") || path.startsWith("/graphiql"));
    }

    /** Types into an editor by its keyboard, in place of what is there. */
    private static void write(Chromium chromium, String editor, String text) {
        String there = "document.querySelector('.graphiql-"
                + (editor.equals("query") ? "query-editor" : "editor-tool .graphiql-editor:not(.hidden)")
                + " .CodeMirror').CodeMirror";
        chromium.ask(there + ".setValue(''), " + there + ".focus()");
        chromium.insert(text);
        chromium.until(there + ".getValue() !== ''");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(door.address() + path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
