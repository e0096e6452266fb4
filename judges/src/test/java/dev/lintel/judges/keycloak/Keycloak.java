package dev.lintel.judges.keycloak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.judges.Required;
import dev.lintel.judges.node.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Keycloak in its development mode, on a free port, with its database in memory and an administrator for the while. */
final class Keycloak implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keycloak.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LISTENING = "Listening on: ";

    private final Child child;
    private final String address;
    private final String password;
    private final HttpClient http = HttpClient.newHttpClient();

    private Keycloak(Child child, String address, String password) {
        this.child = child;
        this.address = address;
        this.password = password;
    }

    static Keycloak start() {
        Path home = Path.of(
                System.getProperty("user.home"),
                ".cache",
                "lintel",
                "keycloak-" + System.getProperty("keycloak.version"));
        Path command = home.resolve("bin").resolve("kc.sh");
        if (!Files.isReadable(command)) {
            throw Required.missing("there is no " + command);
        }
        String password = UUID.randomUUID().toString();
        Child child = Child.start(
                "keycloak",
                home,
                Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", "admin", "KC_BOOTSTRAP_ADMIN_PASSWORD", password),
                List.of(
                        "bash",
                        command.toString(),
                        "start-dev",
                        "--db=dev-mem",
                        "--http-port=0",
                        "--http-host=127.0.0.1"));
        try {
            String line = child.line(one -> one.contains(LISTENING));
            LOG.info("{}", line.substring(line.indexOf("Keycloak ")));
            String address = line.substring(line.indexOf(LISTENING) + LISTENING.length())
                    .strip()
                    .replaceAll("[\\s.]+$", "");
            child.unheard();
            return new Keycloak(child, address, password);
        } catch (RuntimeException e) {
            child.close();
            throw e;
        }
    }

    URI issuer(String realm) {
        return URI.create(address + "/realms/" + realm);
    }

    /** What the admin API answers, or nothing if it answers without a body. */
    JsonNode admin(String method, String path, Object body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/admin/realms" + path))
                .header("Authorization", "Bearer " + administrator())
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(write(body)))
                .build();
        return send(request);
    }

    private String administrator() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer("master") + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=password&client_id=admin-cli&username=admin&password=" + password))
                .build();
        return send(request).path("access_token").asText();
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        request + " was answered " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
