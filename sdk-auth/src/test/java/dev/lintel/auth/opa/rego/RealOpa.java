package dev.lintel.auth.opa.rego;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.lintel.testkit.Opa;
import dev.lintel.testkit.OpaServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A real OPA that is asked about many requests at once. */
public final class RealOpa implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final OpaServer server;

    private RealOpa(OpaServer server) {
        this.server = server;
    }

    /** The program; without one the test is skipped, and says why. */
    public static Path binary() {
        Path binary = Opa.binary().orElse(null);
        Assumptions.assumeTrue(binary != null, "there is no Go of which OPA could be built");
        return java.util.Objects.requireNonNull(binary);
    }

    public static RealOpa start() {
        return new RealOpa(OpaServer.start(binary(), List.of()));
    }

    public void policy(String name, String module) {
        put("/v1/policies/" + name, "text/plain", module);
    }

    public void data(String path, String json) {
        put("/v1/data/" + path, "application/json", json);
    }

    /** The value of a document; null if it is undefined. */
    public Object ask(String path, Object input) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(server.uri().resolve("/v1/data/" + path))
                .POST(HttpRequest.BodyPublishers.ofString(JSONObjectUtils.toJSONString(Map.of("input", input)))));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        try {
            return JSONObjectUtils.parse(answer.body()).get("result");
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private void put(String path, String type, String body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(server.uri().resolve(path))
                .header("Content-Type", type)
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
