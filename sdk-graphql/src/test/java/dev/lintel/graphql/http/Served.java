package dev.lintel.graphql.http;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.front.FrontAnswer;
import dev.lintel.core.front.FrontRequest;
import dev.lintel.graphql.Graph;
import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.execute.GraphEngine;
import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.graphql.upstream.UpstreamRequest;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A graph of pets that is served, and what its service was asked. */
final class Served {
    static final String DOCUMENT = """
            openapi: 3.0.3
            info: {title: Pets, version: "1"}
            paths:
              /pets/{id}:
                get:
                  operationId: pet
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: string}}
                  responses:
                    "200": {description: One, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
              /pets:
                post:
                  operationId: addPet
                  responses:
                    "200": {description: One, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
            components:
              schemas:
                Pet: {type: object, properties: {id: {type: string}, name: {type: string}}}
            """;

    static final String RESPONSE = "application/graphql-response+json";

    final Queue<String> asked = new ConcurrentLinkedQueue<>();
    final GraphHttp http;
    /** Happens once while the service is asked. */
    final Queue<Runnable> meanwhile = new ConcurrentLinkedQueue<>();

    Served(HttpSettings settings) {
        this(settings, Runnable::run, (delay, task) -> () -> {});
    }

    Served(HttpSettings settings, java.util.concurrent.Executor executor, Timer timer) {
        GraphEngine engine = engine();
        http = GraphHttp.of(
                request -> new GraphSession(engine, GraphSession.callerOf(request)), settings, executor, timer);
    }

    GraphEngine engine() {
        try {
            return GraphEngine.of(Graph.of("pets").from(OpenApi.of("pets", DOCUMENT)), this::call);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private UpstreamAnswer call(UpstreamRequest request) {
        Runnable now = meanwhile.poll();
        if (now != null) {
            now.run();
        }
        asked.add(request.method() + " " + request.target());
        boolean missing = request.target().endsWith("/0");
        return new UpstreamAnswer(
                missing ? 404 : 200,
                List.of(new Header("content-type", "application/json")),
                (missing ? "{}" : "{\"id\":\"1\",\"name\":\"Rex\"}").getBytes(StandardCharsets.UTF_8));
    }

    FrontAnswer post(String body, String... headers) {
        return post(body.getBytes(StandardCharsets.UTF_8), headers);
    }

    FrontAnswer post(byte[] body, String... headers) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("content-type", "application/json"));
        all.putAll(pairs(headers));
        return send("POST", "/graphql", null, all, body);
    }

    FrontAnswer get(String query, String... headers) {
        return send("GET", "/graphql", query, pairs(headers), new byte[0]);
    }

    FrontAnswer send(String method, String path, String query, Map<String, String> headers, byte[] body) {
        return http.answer(new FrontRequest(
                method,
                "pets.example",
                path,
                query,
                headers,
                ByteBuffer.wrap(body),
                new Token.None(),
                new Caller.None()));
    }

    static Map<String, String> pairs(String... headers) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return all;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String text(FrontAnswer answer) {
        return StandardCharsets.UTF_8.decode(answer.body()).toString();
    }

    /** Status, media type and body in one line. */
    static String line(FrontAnswer answer) {
        String type = answer.headers().get("content-type");
        return answer.status() + " " + type.substring(type.indexOf('/') + 1, type.indexOf(';')) + " " + text(answer);
    }
}
