package dev.lintel.testbed;

import dev.lintel.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Istio's control plane, and its webhook in front of everything of Istio's. */
final class Istiod {
    private static final String HOOK = "istiod-testbed";
    private static final String HOOKS = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/" + HOOK;
    private static final String MESH = """
            trustDomain: cluster.local
            rootNamespace: istio-system
            enableTracing: false
            enablePrometheusMerge: false
            ingressControllerMode: "OFF"
            outboundTrafficPolicy: {mode: REGISTRY_ONLY}
            defaultProviders: {}
            """;
    /** What the definitions take and the webhook alone refuses. */
    private static final String REFUSED = """
            {"apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy", "metadata": {"name": "probe"},
             "spec": {"action": "ALLOW", "provider": {"name": "p"}, "rules": [{}]}}
            """;

    /** Envoy as its own project builds it lacks the filters that Istio adds to it. */
    private static final Map<String, String> UPSTREAM_ENVOY = Map.of(
            "PILOT_ENABLE_ALPN_FILTER", "false",
            "PILOT_ENABLE_METADATA_EXCHANGE", "false",
            "PILOT_DISABLE_MX_ALPN", "true",
            "PILOT_ENABLE_TELEMETRY_LABEL", "false");

    private static final String PROBE =
            "/apis/security.istio.io/v1/namespaces/istio-system/authorizationpolicies/probe?fieldManager=testbed&dryRun=All";

    private Istiod() {}

    /**
     * Where it listens.
     *
     * @param ports for what nobody asks for
     * @param monitoring where it tells of itself
     * @param xds how it serves proxies, if there are any
     */
    record Ways(Ports ports, int monitoring, Optional<Xds> xds) {}

    /** Starts it; it waits by itself for definitions that are not there yet. */
    static Spawned start(Programs programs, Path folder, Path kubeconfig, ApiClient api, Ways ways) {
        Ports ports = ways.ports();
        Optional<Xds> xds = ways.xds();
        api.apply(
                "/api/v1/namespaces/istio-system",
                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"istio-system\"}}");
        int hook = ports.next();
        api.apply(HOOKS, """
            {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingWebhookConfiguration",
             "metadata": {"name": "%s", "labels": {"istio.io/rev": "default"}},
             "webhooks": [{"name": "validation.istio.io", "clientConfig": {"url": "https://127.0.0.1:%d/validate"},
              "failurePolicy": "Fail", "sideEffects": "None", "admissionReviewVersions": ["v1"],
              "objectSelector": {"matchExpressions": [{"key": "%s", "operator": "DoesNotExist"}]},
              "rules": [{"operations": ["CREATE", "UPDATE"], "apiVersions": ["*"], "resources": ["*"], "apiGroups":
               ["security.istio.io", "networking.istio.io", "telemetry.istio.io", "extensions.istio.io"]}]}]}
            """.formatted(HOOK, hook, Cluster.UNHOOKED));
        Path mesh = folder.resolve("mesh.yaml");
        int http = ports.next();
        try {
            Files.writeString(mesh, MESH + xds.map(Xds::meshConfig).orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Spawned.start(
                "istiod",
                folder,
                environment(folder, xds),
                List.of(
                        programs.program("pilot-discovery").toString(),
                        "discovery",
                        "--kubeconfig=" + kubeconfig,
                        "--registries=Kubernetes",
                        "--meshConfig=" + mesh,
                        "--httpAddr=127.0.0.1:" + http,
                        "--monitoringAddr=127.0.0.1:" + ways.monitoring(),
                        "--httpsAddr=127.0.0.1:" + hook,
                        "--grpcAddr=127.0.0.1:" + ports.next(),
                        "--secureGRPCAddr=" + xds.map(Xds::discovery).orElseGet(() -> "127.0.0.1:" + ports.next()),
                        "--ctrlz_port=0",
                        "--log_output_level=default:info"));
    }

    /** Waits until its webhook is in force, which takes the definitions. */
    static void await(Spawned istiod, ApiClient api) {
        Waiting.until("istiod's webhook", istiod, () -> refuses(api));
    }

    private static Map<String, String> environment(Path folder, Optional<Xds> xds) {
        Map<String, String> all = new HashMap<>(xds.isPresent() ? UPSTREAM_ENVOY : Map.of());
        all.putAll(Map.ofEntries(
                Map.entry("HOME", folder.toString()),
                Map.entry("REVISION", "default"),
                Map.entry("POD_NAMESPACE", "istio-system"),
                Map.entry("POD_NAME", "istiod-0"),
                Map.entry("CLUSTER_ID", "Kubernetes"),
                Map.entry("PILOT_CERT_PROVIDER", "istiod"),
                Map.entry(
                        "ISTIOD_CUSTOM_HOST",
                        "127.0.0.1,localhost" + xds.map(x -> "," + x.address()).orElse("")),
                Map.entry("VALIDATION_WEBHOOK_CONFIG_NAME", HOOK),
                Map.entry("INJECT_ENABLED", "false"),
                Map.entry("ENABLE_LEADER_ELECTION", "false"),
                Map.entry("PILOT_DEBOUNCE_AFTER", "10ms"),
                Map.entry("CLOUD_PLATFORM", "none")));
        return all;
    }

    /** A webhook that is configured and not in force fails everything, or lets it pass: only its own words count. */
    private static boolean refuses(ApiClient api) {
        return api.send("PATCH", PROBE, "application/apply-patch+yaml", REFUSED)
                .body()
                .contains("admission webhook \\\"validation.istio.io\\\" denied");
    }
}
