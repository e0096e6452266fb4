package dev.lintel.mesh.front;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.model.ApiModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pods of a front: nobody's rights, nothing to write but a small folder for the JVM, probes, and limits.
 *
 * @param api which is served
 * @param image what runs
 * @param config the name of the ConfigMap
 * @param digest of what it says, so that pods are replaced when it changes
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Kubernetes, Pod Security Standards,
 *     Restricted</a>
 */
record FrontPod(ApiModel api, String image, String config, String digest) {
    private static final int PORT = 8080;
    private static final int PROBES = 8081;
    private static final int NOBODY = 65_532;
    private static final String FILES = "/etc/lintel/front";

    Map<String, Object> servicePort() {
        return map("name", "http", "protocol", "TCP", "port", api.service().port(), "targetPort", PORT, "appProtocol", "http");
    }

    /** Without a count of replicas, which the autoscaler owns. New pods are ready before old ones go. */
    Map<String, Object> deployment() {
        Map<String, String> labels = new LinkedHashMap<>(api.service().labels());
        labels.put("sidecar.istio.io/inject", "true");
        return map(
                "selector",
                map("matchLabels", api.service().labels()),
                "strategy",
                map("type", "RollingUpdate", "rollingUpdate", map("maxUnavailable", 0, "maxSurge", 1)),
                "template",
                map(
                        "metadata",
                        map("labels", labels, "annotations", map("lintel.dev/front-files", digest)),
                        "spec",
                        pod()));
    }

    private Map<String, Object> pod() {
        Map<String, Object> empty = new LinkedHashMap<>();
        empty.put("name", "tmp");
        empty.put("emptyDir", map("sizeLimit", "16Mi"));
        return map(
                "serviceAccountName",
                api.name(),
                "automountServiceAccountToken",
                false,
                "terminationGracePeriodSeconds",
                30,
                "securityContext",
                map(
                        "runAsNonRoot",
                        true,
                        "runAsUser",
                        NOBODY,
                        "runAsGroup",
                        NOBODY,
                        "seccompProfile",
                        map("type", "RuntimeDefault")),
                "containers",
                List.of(container()),
                "volumes",
                List.of(map("name", "files", "configMap", map("name", config)), empty));
    }

    private Map<String, Object> container() {
        return map(
                "name",
                "front",
                "image",
                image,
                "args",
                List.of(
                        "graph",
                        "serve",
                        "--front",
                        FILES,
                        "--port",
                        String.valueOf(PORT),
                        "--probes",
                        String.valueOf(PROBES)),
                "ports",
                List.of(
                        map("name", "http", "containerPort", PORT, "protocol", "TCP"),
                        map("name", "probes", "containerPort", PROBES, "protocol", "TCP")),
                "env",
                List.of(map("name", "JAVA_TOOL_OPTIONS", "value", "-XX:MaxRAMPercentage=70 -XX:-UsePerfData")),
                "startupProbe",
                probe("/ready", 2, 60),
                "readinessProbe",
                probe("/ready", 5, 2),
                "livenessProbe",
                probe("/live", 10, 3),
                "resources",
                map("requests", map("cpu", "100m", "memory", "256Mi"), "limits", map("memory", "512Mi")),
                "securityContext",
                map(
                        "allowPrivilegeEscalation",
                        false,
                        "readOnlyRootFilesystem",
                        true,
                        "capabilities",
                        map("drop", List.of("ALL"))),
                "volumeMounts",
                List.of(
                        map("name", "files", "mountPath", FILES, "readOnly", true),
                        map("name", "tmp", "mountPath", "/tmp")));
    }

    private static Map<String, Object> probe(String path, int seconds, int failures) {
        return map(
                "httpGet",
                map("path", path, "port", "probes"),
                "periodSeconds",
                seconds,
                "timeoutSeconds",
                2,
                "failureThreshold",
                failures);
    }
}
