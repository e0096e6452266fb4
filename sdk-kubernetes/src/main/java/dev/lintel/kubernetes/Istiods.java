package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.at;
import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;
import static dev.lintel.kubernetes.Nodes.text;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

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

    /** By a client of its own: that of the cluster has a token, which is nobody else's business. */
    private static String get(URI place, String path) throws IOException {
        Config config = new ConfigBuilder(Config.empty())
                .withRequestRetryBackoffLimit(0)
                .withConnectionTimeout((int) PATIENCE.toMillis())
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build()) {
            HttpClient http = client.getHttpClient();
            int status = http.consumeBytes(
                            http.newHttpRequestBuilder()
                                    .uri(place.resolve(path).toString())
                                    .build(),
                            (pieces, from) -> take(bytes, pieces, from))
                    .thenCompose(response -> {
                        response.body().consume();
                        return response.body().done().thenApply(nothing -> response.code());
                    })
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            if (status != OK) {
                throw new IOException("GET " + place + path + " is answered " + status);
            }
        } catch (CompletionException | CancellationException e) {
            throw new IOException(
                    "GET " + place + path + " is not answered: " + (e.getCause() == null ? e : e.getCause()), e);
        }
        if (bytes.size() > LIMIT) {
            throw new IOException("what " + place + path + " answers has more than " + LIMIT + " bytes");
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void take(ByteArrayOutputStream bytes, List<ByteBuffer> pieces, AsyncBody from) {
        for (ByteBuffer piece : pieces) {
            byte[] some = new byte[piece.remaining()];
            piece.get(some);
            bytes.writeBytes(some);
        }
        if (bytes.size() > LIMIT) {
            from.cancel();
        } else {
            from.consume();
        }
    }
}
