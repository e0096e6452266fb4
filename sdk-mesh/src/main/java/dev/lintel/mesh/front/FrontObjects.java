package dev.lintel.mesh.front;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Peer;
import dev.lintel.core.Problem;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ObjectNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Writes what runs a front: first what fences it in, then who it is, what it is told, how it is found, and the proxy itself.
 * Who may call it is said by policies of the mesh, as for any API.
 */
public final class FrontObjects {
    static final String NAMESPACE = "kubernetes.io/metadata.name";
    private static final String DNS = "kube-system";

    private final MeshModel model;
    private final ApiModel api;
    private final FrontRule rule;
    private final FrontSite site;

    /**
     * Of one API.
     *
     * @param model all APIs, among which are those that are called
     * @param api which is a front
     * @param rule what it serves
     * @param site where it runs
     */
    public FrontObjects(MeshModel model, ApiModel api, FrontRule rule, FrontSite site) {
        this.model = model;
        this.api = api;
        this.rule = rule;
        this.site = site;
    }

    /**
     * What stands against it.
     *
     * @return empty if it can run
     */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(FrontConfig.problems(api, rule));
        if (site.image().isEmpty()) {
            problems.add(problem(
                    "front.image",
                    "is served by a proxy of its own, but which image runs it is not said",
                    "build one of the runnable jar and name it: frontImage(\"registry.example/lintel:1\"), or serve the API"
                            + " by an embedded gateway"));
        }
        if (!rule.secrets().isEmpty()) {
            problems.add(problem(
                    "front.secrets",
                    "needs the secrets " + rule.secrets() + ", and a proxy in a mesh is given none",
                    "have services take the token of the caller (forwardToken()) or none, or serve the API by an embedded"
                            + " gateway"));
        }
        for (ServiceRef service : rule.services()) {
            called(service).ifPresent(other -> {
                if (other.service().traffic().elsewhere() != null) {
                    problems.add(problem(
                            "front.elsewhere",
                            "calls '" + service + "', which is outside of the cluster; a NetworkPolicy cannot name it",
                            "call a service of the namespace, or serve the API by an embedded gateway"));
                }
                boolean asked = other.service().callers().stream().anyMatch(caller -> !caller.everybody());
                if (asked
                        && other.service().callers().stream()
                                .noneMatch(caller -> caller.lists(api.namespace(), api.name()))) {
                    problems.add(problem(
                            "front.kept-out",
                            "calls '" + service + "', which lets "
                                    + other.service().callers().get(0).describe() + " call",
                            "let '" + api.id() + "' call there as well"));
                }
            });
        }
        return problems;
    }

    /**
     * What must be so.
     *
     * @return for each service of which nothing is said here, how its workloads are known
     */
    public List<Problem> prerequisites() {
        List<Problem> needs = new ArrayList<>();
        for (ServiceRef service : rule.services()) {
            if (called(service).isEmpty()) {
                needs.add(problem(
                        "front.labels",
                        "may call the workloads with the label app=" + service.name()
                                + " alone; nothing is said about '" + service + "' here",
                        "see that the workloads of '" + service + "' carry it, or expose them by a definition that says"
                                + " which labels they carry"));
            }
        }
        return needs;
    }

    private Problem problem(String code, String message, String hint) {
        return new Problem(code, api.id(), message, hint, rule.origin());
    }

    private Optional<ApiModel> called(ServiceRef service) {
        return model.apis().stream()
                .filter(each -> each.namespace().equals(api.namespace())
                        && each.service().name().equals(service.name()))
                .findFirst();
    }

    /**
     * The objects, in the order in which they are made.
     *
     * @return all of them carry {@link Manifest#FRONT}
     */
    public List<Manifest> write() {
        Map<String, Object> config = FrontConfig.write(api, rule);
        String said = FrontRuleText.write(api.id(), rule) + rule.files();
        FrontPod pod = new FrontPod(api, site.image(), name(), ObjectNames.hash(said));
        Map<String, Object> scaled = map(
                "apiVersion",
                "apps/v1",
                "kind",
                "Deployment",
                "name",
                api.service().name());
        return List.of(
                object("networking.k8s.io/v1", "NetworkPolicy", name(), fence()),
                object("v1", "ServiceAccount", api.name(), map("automountServiceAccountToken", false)),
                object("v1", "ConfigMap", name(), config),
                object(
                        "v1",
                        "Service",
                        api.service().name(),
                        map("selector", api.service().labels(), "ports", List.of(pod.servicePort()))),
                object("apps/v1", "Deployment", api.service().name(), pod.deployment()),
                object(
                        "policy/v1",
                        "PodDisruptionBudget",
                        name(),
                        map(
                                "maxUnavailable",
                                1,
                                "selector",
                                map("matchLabels", api.service().labels()))),
                object(
                        "autoscaling/v2",
                        "HorizontalPodAutoscaler",
                        name(),
                        map(
                                "scaleTargetRef",
                                scaled,
                                "minReplicas",
                                2,
                                "maxReplicas",
                                10,
                                "metrics",
                                List.of(map(
                                        "type",
                                        "Resource",
                                        "resource",
                                        map(
                                                "name",
                                                "cpu",
                                                "target",
                                                map("type", "Utilization", "averageUtilization", 70)))))));
    }

    private String name() {
        return ObjectNames.fitting(api.name(), "-front");
    }

    /** The gateway and those who are let in by name come in; the services, names and the control plane are reached, and nothing else. */
    private Map<String, Object> fence() {
        List<Object> from = new ArrayList<>();
        from.add(map("namespaceSelector", named(site.gatewayNamespace()), "podSelector", labels(site.gatewayLabels())));
        TreeSet<String> callers = new TreeSet<>();
        api.service()
                .callers()
                .forEach(caller -> caller.anyOf().stream()
                        .filter(peer -> !(peer.namespace().equals(api.namespace())
                                && api.name().equals(peer.name())))
                        .map(Peer::namespace)
                        .forEach(callers::add));
        callers.forEach(namespace -> from.add(map("namespaceSelector", named(namespace))));
        List<Object> to = new ArrayList<>();
        for (ServiceRef service : rule.services()) {
            to.add(map(
                    "podSelector",
                    labels(called(service)
                            .map(each -> each.service().labels())
                            .orElse(Map.of("app", service.name())))));
        }
        List<Object> egress = new ArrayList<>();
        egress.add(map(
                "to",
                List.of(map("namespaceSelector", named(DNS))),
                "ports",
                List.of(map("protocol", "UDP", "port", 53), map("protocol", "TCP", "port", 53))));
        egress.add(map("to", List.of(map("namespaceSelector", named(site.controlPlane())))));
        if (!to.isEmpty()) {
            egress.add(map("to", to));
        }
        return map(
                "podSelector",
                labels(api.service().labels()),
                "policyTypes",
                List.of("Ingress", "Egress"),
                "ingress",
                List.of(map("from", from)),
                "egress",
                egress);
    }

    private static Map<String, Object> named(String namespace) {
        return map("matchLabels", map(NAMESPACE, namespace));
    }

    private static Map<String, Object> labels(Map<String, String> labels) {
        return map("matchLabels", labels);
    }

    private Manifest object(String apiVersion, String kind, String name, Map<String, Object> fields) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Manifest.MANAGED_BY, Manifest.LINTEL);
        labels.put(Manifest.API, api.name());
        return new Manifest(
                apiVersion, kind, api.namespace(), name, labels, Map.of(Manifest.FRONT, rule.kind()), fields);
    }
}
