package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.at;
import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;
import static dev.lintel.kubernetes.Nodes.text;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks istiods what they know and what their proxies have: their debugging endpoints and metrics, in plain HTTP and without a
 * token, as they answer to whoever comes from their own loopback.
 *
 * @see <a href="https://istio.io/latest/docs/ops/diagnostic-tools/controlz/">Istio: diagnostic tools</a>
 */
final class Istiods {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LIMIT = 64 * 1024 * 1024;
    private static final int OK = 200;
    private static final String PUSHES = "pilot_debounce_time_count";
    private static final String UPDATES = "pilot_inbound_updates";
    private static final String CONFIG = "type=\"config\"";

    private final List<URI> places;
    private final Json json;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Istiods(List<URI> places, Json json) {
        this.places = places;
        this.json = json;
    }

    /**
     * How far one istiod has come with the changes that it was told of.
     *
     * @param updates so many were told
     * @param pushes so often what was told by then was gathered and put in line for every proxy
     */
    record Work(long updates, long pushes) {}

    /**
     * What one proxy has been sent.
     *
     * @param type {@code sidecar} or {@code router}
     * @param sent the last nonce of each type of resources
     * @param acked the last one of each type that it has taken
     * @param errors why it did not take one
     */
    record Proxy(String type, Map<String, String> sent, Map<String, String> acked, Map<String, String> errors) {}

    /** The proxies of all istiods, by {@code name.namespace}. */
    Map<String, Proxy> proxies() throws IOException {
        Map<String, Proxy> all = new TreeMap<>();
        for (URI place : places) {
            for (Object each : list(document(place, "/debug/syncz"))) {
                Map<?, ?> said = map(each);
                Map<String, String> sent = new TreeMap<>();
                Map<String, String> acked = new TreeMap<>();
                Map<String, String> errors = new TreeMap<>();
                map(said.get("resources")).forEach((type, status) -> {
                    String name = name(text(type));
                    put(sent, name, text(map(status).get("sent")));
                    put(acked, name, text(map(status).get("acked")));
                    put(errors, name, text(map(status).get("lastError")));
                });
                all.put(text(said.get("proxy")), new Proxy(text(said.get("proxy_type")), sent, acked, errors));
            }
        }
        return all;
    }

    private static void put(Map<String, String> map, String name, String value) {
        if (!value.isEmpty()) {
            map.put(name, value);
        }
    }

    /** Of {@code type.googleapis.com/envoy.config.listener.v3.Listener}, the last word. */
    private static String name(String type) {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('/')) + 1);
    }

    /** For each istiod, the {@code resourceVersion} of each object that it knows, by {@code kind namespace/name}. */
    List<Map<String, String>> known() throws IOException {
        List<Map<String, String>> all = new ArrayList<>();
        for (URI place : places) {
            Map<String, String> versions = new LinkedHashMap<>();
            for (Object each : list(document(place, "/debug/configz"))) {
                Map<?, ?> metadata = at(map(each), "metadata");
                versions.put(
                        text(map(each).get("kind")) + " " + text(metadata.get("namespace")) + "/"
                                + text(metadata.get("name")),
                        text(metadata.get("resourceVersion")));
            }
            all.add(versions);
        }
        return all;
    }

    /** How far each has come. */
    List<Work> work() throws IOException {
        List<Work> all = new ArrayList<>();
        for (URI place : places) {
            String metrics = get(place, "/metrics");
            all.add(new Work(sum(metrics, UPDATES, CONFIG), sum(metrics, PUSHES, "")));
        }
        return all;
    }

    private static long sum(String metrics, String name, String label) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{") && line.contains(label))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private Object document(URI place, String path) throws IOException {
        try {
            return json.read(get(place, path));
        } catch (IllegalArgumentException e) {
            throw new IOException("what " + place + path + " answers " + e.getMessage(), e);
        }
    }

    private String get(URI place, String path) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(place.resolve(path)).timeout(PATIENCE).build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(LIMIT);
                if (response.statusCode() != OK) {
                    throw new IOException("GET " + place + path + " is answered " + response.statusCode());
                }
                if (bytes.length == LIMIT) {
                    throw new IOException("what " + place + path + " answers has " + LIMIT + " bytes or more");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + place + path, e);
        }
    }
}
