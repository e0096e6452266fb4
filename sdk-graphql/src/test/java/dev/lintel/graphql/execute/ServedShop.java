package dev.lintel.graphql.execute;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server of the document and an engine that asks it. */
abstract class ServedShop {
    ShopServer server;
    GraphEngine engine;

    @BeforeEach
    void start() throws IOException {
        server = new ShopServer();
        engine = GraphEngine.of(ShopDocument.graph(), server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    String answer(String query) {
        return text(engine.execute(GraphRequest.of(query), GraphCaller.ANONYMOUS));
    }

    String answer(String query, Map<String, Object> variables) {
        return text(engine.execute(GraphRequest.of(query).variables(variables), GraphCaller.ANONYMOUS));
    }

    static GraphCaller caller(String... scopes) {
        return new GraphCaller(true, new TreeSet<>(java.util.List.of(scopes)), new TreeMap<>());
    }

    static String text(GraphAnswer answer) {
        return new String(answer.json(), StandardCharsets.UTF_8);
    }
}
