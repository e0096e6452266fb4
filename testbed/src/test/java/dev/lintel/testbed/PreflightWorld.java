package dev.lintel.testbed;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.auth.opa.ExtAuthz.extAuthz;
import static dev.lintel.mesh.istio.IstioDialect.istio;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.preflight.Preflight;
import dev.lintel.kubernetes.preflight.PreflightReport;
import dev.lintel.mesh.istio.IngressGateway;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.sdk.Api;
import dev.lintel.testkit.Certificates;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A mesh in namespaces of its own, in which nothing is wrong until a test takes something away. */
final class PreflightWorld {
    final String shop;
    final String root;
    final String edge;

    private final ApiClient api;

    PreflightWorld(Cluster cluster, ApiClient api) {
        this.api = api;
        this.shop = cluster.namespace();
        this.root = cluster.namespace();
        this.edge = cluster.namespace();
        labelled("istio-injection", "enabled");
        injector("default", "default");
        mesh(healthyMesh());
        pod(
                root,
                "istiod-0",
                Map.of("app", "istiod", "istio.io/rev", "default"),
                "istiod",
                "discovery",
                "registry.example/pilot:1.31.2");
        pod(edge, "gateway-0", Map.of("istio", "edge"), "gateway", "istio-proxy", "registry.example/proxyv2:1.31.2");
        workload("orders-v1", "v1");
        workload("orders-v2", "v2");
        service("");
        certificate("dns:orders." + shop + ".example.com");
    }

    String healthyMesh() {
        String provider = plan().stream()
                .filter(each -> each.code().equals("istio.extension-provider"))
                .map(each -> each.hint()
                        .lines()
                        .filter(line -> line.contains("- name: "))
                        .findFirst()
                        .orElseThrow())
                .map(line -> line.substring(line.indexOf("- name: ") + 8))
                .findFirst()
                .orElseThrow();
        return """
                trustDomain: cluster.local
                pathNormalization: {normalization: DECODE_AND_MERGE_SLASHES}
                extensionProviders:
                - name: %s
                  envoyExtAuthzGrpc: {service: authz.%s.svc.cluster.local, port: 9191, failOpen: false}
                """.formatted(provider, shop);
    }

    /** What the dialect says must be so. */
    List<Problem> plan() {
        return dialect()
                .write(new ModelCompiler(Kinds.installed())
                        .compile(List.of(orders()), dialect().world())
                        .model())
                .prerequisites();
    }

    IstioDialect dialect() {
        return istio().domain("example.com").ingress(gateway());
    }

    private IngressGateway gateway() {
        return IngressGateway.standard()
                .at(edge, "gateway")
                .selectedBy("istio", "edge")
                .https(443, "orders-tls");
    }

    Definition orders() {
        return Api.expose("orders")
                .inNamespace(shop)
                .withOAuth2(oauth2("https://id.example")
                        .audience("orders")
                        .scope("/orders/**", "orders.read")
                        .scope("/orders/{id}/invoice", "orders.invoice"))
                .withAuthorizer(extAuthz("grpc://authz." + shop + ":9191"))
                .split("v1", 90, "v2", 10)
                .define();
    }

    Preflight preflight() {
        return Preflight.preflight().rootNamespace(root);
    }

    PreflightReport check(KubernetesClient client) {
        return check(client, preflight());
    }

    PreflightReport check(KubernetesClient client, Preflight preflight) {
        return ClusterTarget.cluster(client)
                .inventory(shop)
                .preflight(preflight)
                .check(dialect(), List.of(orders()));
    }

    void labelled(String name, String value) {
        put(
                "/api/v1/namespaces/" + shop,
                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"" + shop
                        + "\", \"labels\": {\"" + name + "\": \"" + value + "\"}}}");
    }

    void mesh(String text) {
        mesh("istio", text);
    }

    void mesh(String name, String text) {
        put(
                "/api/v1/namespaces/" + root + "/configmaps/" + name,
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + "}\ndata:\n  mesh: |\n" + text.indent(4));
    }

    /** Its webhook is for no namespace, so that it disturbs nobody. */
    void injector(String revision, String tag) {
        String name = "injector-" + root + "-" + tag;
        put("/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/" + name, """
                {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration",
                 "metadata": {"name": "%s", "labels": {"app": "sidecar-injector", "istio.io/rev": "%s", "istio.io/tag": "%s"}},
                 "webhooks": [{"name": "sidecar-injector.istio.io", "sideEffects": "None", "admissionReviewVersions": ["v1"],
                   "clientConfig": {"service": {"name": "istiod", "namespace": "%s", "path": "/inject"}},
                   "namespaceSelector": {"matchLabels": {"nobody": "has-this"}}}]}
                """.formatted(
                        name, revision, tag, root));
    }

    void istiod(String revision, String version) {
        put("/apis/apps/v1/namespaces/" + root + "/deployments/istiod-" + revision, """
                {"apiVersion": "apps/v1", "kind": "Deployment",
                 "metadata": {"name": "istiod-%s", "labels": {"app": "istiod", "istio.io/rev": "%s"}},
                 "spec": {"replicas": 0, "selector": {"matchLabels": {"app": "istiod"}}, "template": {
                   "metadata": {"labels": {"app": "istiod"}},
                   "spec": {"containers": [{"name": "discovery", "image": "registry.example/pilot:%s"}]}}}}
                """.formatted(
                        revision, revision, version));
    }

    void workload(String name, String version) {
        pod(
                shop,
                name,
                Map.of("app", "orders", "version", version),
                "orders",
                "istio-proxy",
                "registry.example/orders:1");
    }

    void pod(
            String namespace, String name, Map<String, String> labels, String account, String container, String image) {
        String all = labels.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\": \"" + each.getValue() + "\"")
                .collect(Collectors.joining(", "));
        delete("/api/v1/namespaces/" + namespace + "/pods/" + name + "?gracePeriodSeconds=0");
        put("/api/v1/namespaces/" + namespace + "/pods/" + name, """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s", "labels": {%s}},
                 "spec": {"serviceAccountName": "%s", "containers": [{"name": "%s", "image": "%s"}]}}
                """.formatted(name, all, account, container, image));
    }

    /** With more fields of its specification, or of its port. */
    void service(String more) {
        delete("/api/v1/namespaces/" + shop + "/services/orders");
        String port = more.contains("\"appProtocol\"") || more.contains("\"name\"") ? "" : "\"name\": \"http\", ";
        put("/api/v1/namespaces/" + shop + "/services/orders", """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "orders"}, "spec": {"selector": {"app": "orders"},
                 %s "ports": [{%s "port": 80}]}}
                """.formatted(
                        port.isEmpty() ? "" : more, port.isEmpty() ? more : port));
    }

    void certificate(String names) {
        Certificates made = Certificates.named("orders", names);
        secret("kubernetes.io/tls", made.pem(), made.key());
    }

    void secret(String type, String certificate, String key) {
        delete("/api/v1/namespaces/" + edge + "/secrets/orders-tls");
        put("/api/v1/namespaces/" + edge + "/secrets/orders-tls", """
                {"apiVersion": "v1", "kind": "Secret", "type": "%s", "metadata": {"name": "orders-tls"},
                 "data": {"tls.crt": "%s", "tls.key": "%s"}}
                """.formatted(
                        type, base64(certificate), base64(key)));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    void put(String path, String document) {
        api.apply(path, document);
    }

    void delete(String path) {
        Answer answer = api.ask("DELETE", path);
        if (answer.status() != 404 && !answer.succeeded()) {
            throw new IllegalStateException(answer.body());
        }
    }
}
