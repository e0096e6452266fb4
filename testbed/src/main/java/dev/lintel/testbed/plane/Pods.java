package dev.lintel.testbed.plane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.testbed.ApiClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tells the apiserver of workloads as a kubelet would: as Pods that run and are ready. */
final class Pods {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NODE = "node0";

    private final ApiClient api;

    Pods(ApiClient api) {
        this.api = api;
    }

    void add(Workload workload, String address) {
        api.apply(
                "/api/v1/nodes/" + NODE,
                json(Map.of("apiVersion", "v1", "kind", "Node", "metadata", Map.of("name", NODE))));
        Map<String, String> labels = new TreeMap<>(workload.labels());
        // What the injector puts on a Pod: clients in the mesh speak mutual TLS to it.
        labels.put("security.istio.io/tlsMode", workload.sidecar() ? "istio" : "disabled");
        Map<String, Object> app =
                Map.of("name", "app", "image", "testbed/app", "ports", List.of(Map.of("containerPort", Workload.PORT)));
        Map<String, Object> proxy = Map.of("name", "istio-proxy", "image", "testbed/proxy");
        api.apply(
                path(workload),
                json(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Pod",
                        "metadata",
                        Map.of("name", workload.name(), "labels", labels),
                        "spec",
                        Map.of(
                                "serviceAccountName",
                                workload.account(),
                                "nodeName",
                                NODE,
                                "containers",
                                workload.sidecar() ? List.of(app, proxy) : List.of(app)))));
        api.apply(
                path(workload) + "/status",
                json(Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Pod",
                        "metadata",
                        Map.of("name", workload.name()),
                        "status",
                        Map.of(
                                "phase",
                                "Running",
                                "podIP",
                                address,
                                "podIPs",
                                List.of(Map.of("ip", address)),
                                "conditions",
                                List.of(Map.of("type", "Ready", "status", "True"))))));
    }

    void remove(Workload workload) {
        var unusedAnswer = api.ask("DELETE", path(workload) + "?gracePeriodSeconds=0");
    }

    private static String path(Workload workload) {
        return "/api/v1/namespaces/" + workload.namespace() + "/pods/" + workload.name();
    }

    private static String json(Map<String, Object> document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
