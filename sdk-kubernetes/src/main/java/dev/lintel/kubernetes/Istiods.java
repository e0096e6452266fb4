package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.at;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks istiods what they know and what their proxies have: their debugging endpoints and metrics, in plain HTTP and without a
 * token, as they answer to whoever comes from their own loopback.
 *
 * @see <a href="https://istio.io/latest/docs/ops/diagnostic-tools/controlz/">Istio: diagnostic tools</a>
 */
final class Istiods {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final int LIMIT = 64 * 1024 * 1024;
    private static final int OK = 200;
    private static final String PUSHES = "pilot_debounce_time_count";
    private static final String UPDATES = "pilot_inbound_updates";
    private static final String CONFIG = "type=\"config\"";

    private final List<URI> places;
    private final Json json;
    private final Pauses pauses;

    /**
     * For some istiods.
     *
     * @param pauses ends looks that take too long
     */
    Istiods(List<URI> places, Json json, Pauses pauses) {
        this.places = places;
        this.json = json;
        this.pauses = pauses;
    }

    /**
     * Checks an address.
     *
     * @throws IllegalArgumentException if it is no address of HTTP with a host, or has more than a path
     */
    static void check(URI istiod) {
        if (!"http".equals(istiod.getScheme()) || istiod.getHost() == null || istiod.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "an istiod is asked by http at a host, as http://127.0.0.1:15014, and not at '" + istiod.getScheme()
                            + ":…'");
        }
        if (istiod.getRawQuery() != null || istiod.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "the address of an istiod ends with its path, and has no '?' and no '#'");
        }
    }

    /** So long a look takes at most, unless there is less time: ten seconds for each istiod. */
    Duration patience() {
        return PATIENCE.multipliedBy(places.size());
    }

    /**
     * Begins a look.
     *
     * @param time so long it takes altogether, all answers read to their end
     */
    Look look(Duration time) {
        return new Look(time);
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

    /** Questions that are answered in some time altogether, or not at all. */
    final class Look {
        private final Duration time;
        private final CompletableFuture<Void> over;

        private Look(Duration time) {
            this.time = time;
            this.over = pauses.pause(time);
        }

        /** The proxies of all istiods, by {@code name.namespace}. */
        Map<String, Proxy> proxies() throws IOException {
            Map<String, Proxy> all = new TreeMap<>();
            for (URI place : places) {
                for (Object each : listed(place, "/debug/syncz")) {
                    Map<?, ?> said = map(each);
                    if (text(said.get("proxy")).isEmpty()) {
                        throw new IOException(
                                "what " + address(place, "/debug/syncz") + " answers is no list of proxies");
                    }
                    all.put(text(said.get("proxy")), proxy(said));
                }
            }
            return all;
        }

        /** For each istiod, the {@code resourceVersion} of each object that it knows, by {@code kind namespace/name}. */
        List<Map<String, String>> known() throws IOException {
            List<Map<String, String>> all = new ArrayList<>();
            for (URI place : places) {
                Map<String, String> versions = new LinkedHashMap<>();
                for (Object each : listed(place, "/debug/configz")) {
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

        /** The namespaces whose policies are for the whole mesh. */
        Set<String> roots() throws IOException {
            Set<String> all = new TreeSet<>();
            for (URI place : places) {
                if (!(document(place, "/debug/mesh") instanceof Map<?, ?> mesh)) {
                    throw new IOException("what " + address(place, "/debug/mesh") + " answers is no mesh");
                }
                String root = text(mesh.get("rootNamespace"));
                if (!root.isEmpty()) {
                    all.add(root);
                }
            }
            return all;
        }

        /** How far each has come. */
        List<Work> work() throws IOException {
            List<Work> all = new ArrayList<>();
            for (URI place : places) {
                String metrics = get(place, "/metrics");
                all.add(new Work(sum(place, metrics, UPDATES, CONFIG), sum(place, metrics, PUSHES, "")));
            }
            return all;
        }

        private List<?> listed(URI place, String path) throws IOException {
            if (document(place, path) instanceof List<?> list) {
                return list;
            }
            throw new IOException("what " + address(place, path) + " answers is no list");
        }

        private Object document(URI place, String path) throws IOException {
            try {
                return json.read(get(place, path));
            } catch (IllegalArgumentException e) {
                throw new IOException("what " + address(place, path) + " answers " + e.getMessage(), e);
            }
        }

        /** By a client of its own: that of the cluster has a token, which is nobody else's business. */
        private String get(URI place, String path) throws IOException {
            String address = address(place, path);
            Config config = new ConfigBuilder(Config.empty())
                    .withRequestRetryBackoffLimit(0)
                    .withConnectionTimeout((int) CONNECTING.toMillis())
                    .build();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            AtomicReference<AsyncBody> reading = new AtomicReference<>();
            try (KubernetesClient client =
                    new KubernetesClientBuilder().withConfig(config).build()) {
                HttpClient http = client.getHttpClient();
                CompletableFuture<Integer> answer = http.consumeBytes(
                                http.newHttpRequestBuilder().uri(address).build(),
                                (pieces, from) -> take(bytes, pieces, from))
                        .thenCompose(response -> {
                            reading.set(response.body());
                            response.body().consume();
                            return response.body().done().thenApply(nothing -> response.code());
                        });
                int status = awaited(address, answer);
                if (status != OK) {
                    throw new IOException("GET " + address + " is answered " + status);
                }
            } catch (ExecutionException | CancellationException e) {
                if (bytes.size() > LIMIT) {
                    throw new IOException("what " + address + " answers has more than " + LIMIT + " bytes", e);
                }
                throw new IOException(
                        "GET " + address + " is not answered: " + (e.getCause() == null ? e : e.getCause()), e);
            } finally {
                AsyncBody body = reading.get();
                if (body != null) {
                    body.cancel();
                }
            }
            if (bytes.size() > LIMIT) {
                throw new IOException("what " + address + " answers has more than " + LIMIT + " bytes");
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }

        private int awaited(String address, CompletableFuture<Integer> answer) throws IOException, ExecutionException {
            try {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedException();
                }
                Object unusedFirst = CompletableFuture.anyOf(answer, over).get();
                if (answer.isDone()) {
                    return answer.get();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("GET " + address + " is interrupted", e);
            } finally {
                boolean unusedEnded = answer.cancel(true);
            }
            throw new IOException(
                    "GET " + address + " is not answered to its end within " + time.toMillis() / 1000.0 + " s");
        }
    }

    /** Below the path that the address has, if any. */
    private static String address(URI place, String path) {
        String base = place.toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }

    private static Proxy proxy(Map<?, ?> said) {
        Map<String, String> sent = new TreeMap<>();
        Map<String, String> acked = new TreeMap<>();
        Map<String, String> errors = new TreeMap<>();
        map(said.get("resources")).forEach((type, status) -> {
            String name = name(text(type));
            put(sent, name, text(map(status).get("sent")));
            put(acked, name, text(map(status).get("acked")));
            put(errors, name, text(map(status).get("lastError")));
        });
        return new Proxy(text(said.get("proxy_type")), sent, acked, errors);
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

    private static long sum(URI place, String metrics, String name, String label) throws IOException {
        List<String> lines = metrics.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .toList();
        if (lines.isEmpty()) {
            throw new IOException("what " + address(place, "/metrics") + " answers has no " + name);
        }
        long sum = 0;
        for (String line : lines) {
            if (line.contains(label)) {
                try {
                    sum += (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
                } catch (NumberFormatException e) {
                    throw new IOException(
                            "what " + address(place, "/metrics") + " answers has no number at " + name, e);
                }
            }
        }
        return sum;
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
