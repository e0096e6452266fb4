package dev.lintel.testbed;

import static dev.lintel.auth.OAuth2.oauth2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.core.Definition;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Definitions of one namespace before and after a change, clients that see each write, and what is there of ours. */
record Shop(Cluster cluster, ApiClient api, Namespace namespace) {
    private static final ObjectMapper JSON = new ObjectMapper();

    List<Definition> before() {
        return List.of(
                Api.expose("orders")
                        .inNamespace(namespace.name())
                        .withOAuth2(
                                oauth2("https://id.example").audience("orders").scope("/orders/**", "orders.read"))
                        .split("v1", 90, "v2", 10)
                        .define(),
                Api.expose("stock")
                        .inNamespace(namespace.name())
                        .withOAuth2(oauth2("https://id.example").audience("stock"))
                        .define());
    }

    /** One is changed, one goes, one comes. */
    List<Definition> after() {
        return List.of(
                Api.expose("orders")
                        .inNamespace(namespace.name())
                        .withOAuth2(
                                oauth2("https://id.example").audience("orders").scope("/orders/**", "orders.write"))
                        .split("v2", 50, "v3", 50)
                        .define(),
                Api.expose("cards")
                        .inNamespace(namespace.name())
                        .withOAuth2(oauth2("https://id.example").audience("cards"))
                        .define());
    }

    KubernetesClient client() {
        return Clients.of(cluster);
    }

    /** A client that lets so many writes through, and nothing at all after that. */
    KubernetesClient cutAfter(int writes) {
        AtomicInteger left = new AtomicInteger(writes);
        AtomicInteger dead = new AtomicInteger();
        return watched(request -> {
            if (dead.get() > 0 || isWrite(request) && left.getAndDecrement() <= 0) {
                dead.incrementAndGet();
                throw new UncheckedIOException(new IOException("cut off"));
            }
        });
    }

    /** A client whose requests are looked at before they are sent. */
    KubernetesClient watched(Consumer<HttpRequest> look) {
        return Clients.builder(cluster)
                .withHttpClientBuilderConsumer(client -> client.addOrReplaceInterceptor("watch", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        look.accept(request);
                    }
                }))
                .build();
    }

    static boolean isWrite(HttpRequest request) {
        String uri = String.valueOf(request.uri());
        // Whether something may be done is asked by a POST that keeps nothing.
        return !request.method().equals("GET") && !uri.contains("dryRun=All") && !uri.contains("accessreviews");
    }

    /** What is ours here by plural and name: what each object says, and which fields of it we own, to the byte. */
    Map<String, String> owned() {
        Map<String, String> found = new TreeMap<>();
        for (String path : List.of(
                "networking.istio.io/v1/namespaces/istio-system/gateways",
                "networking.istio.io/v1/namespaces/" + namespace + "/virtualservices",
                "networking.istio.io/v1/namespaces/" + namespace + "/destinationrules",
                "security.istio.io/v1/namespaces/" + namespace + "/requestauthentications",
                "security.istio.io/v1/namespaces/" + namespace + "/peerauthentications",
                "security.istio.io/v1/namespaces/" + namespace + "/authorizationpolicies",
                "networking.k8s.io/v1/namespaces/" + namespace + "/networkpolicies")) {
            JsonNode list = read("/apis/" + path + "?labelSelector=lintel.dev/inventory%3D" + namespace);
            for (JsonNode item : list.path("items")) {
                JsonNode metadata = item.path("metadata");
                StringBuilder text = new StringBuilder(
                        item.path("spec") + " " + metadata.path("labels") + " " + metadata.path("annotations"));
                for (JsonNode managed : metadata.path("managedFields")) {
                    text.append("\n").append(managed.path("manager").asText()).append(managed.path("fieldsV1"));
                }
                found.put(
                        path.substring(path.lastIndexOf('/') + 1) + "/"
                                + metadata.path("name").asText(),
                        text.toString());
            }
        }
        return found;
    }

    JsonNode read(String path) {
        try {
            return JSON.readTree(api.ask("GET", path).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
