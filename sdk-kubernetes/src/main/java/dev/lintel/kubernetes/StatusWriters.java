package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.at;
import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;
import static dev.lintel.kubernetes.Nodes.text;

import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which controllers of a cluster write a status, by what they themselves have written: a definition alone does not say that
 * anybody is there. Asked once each, when it is needed, for one apply.
 */
final class StatusWriters {
    private static final String CLASSES = "/apis/gateway.networking.k8s.io/v1/gatewayclasses";
    /** The object of Kyma's module, whose operator looks at rules too. */
    private static final String KYMA = "/apis/operator.kyma-project.io/v1alpha1/apigateways";

    private static final String ENVOY = "gateway.envoyproxy.io/";

    private final Transport transport;
    private final Json json;
    private final Map<String, List<?>> lists = new HashMap<>();
    private final Map<String, Boolean> gateways = new HashMap<>();

    StatusWriters(Transport transport, Json json) {
        this.transport = transport;
        this.json = json;
    }

    /**
     * Who is going to answer for an object.
     *
     * @param written as the apiserver has answered the write
     * @return empty if nobody is known to; the gateways of a route, as {@code namespace/name}
     */
    Optional<Set<String>> of(LiveObject written) {
        Map<?, ?> spec = at(written.whole(), "spec");
        return switch (written.kind().kind()) {
            case "Gateway" -> isGatewayApi(written) ? one(accepted(text(spec.get("gatewayClassName")))) : told(written);
            case "HTTPRoute", "GRPCRoute" -> Optional.of(parents(written, spec)).filter(each -> !each.isEmpty());
            case "SecurityPolicy", "BackendTrafficPolicy" -> one(isEnvoy());
            case "APIRule" ->
                one(!text(at(written.whole(), "status").get("state")).isEmpty() || isKyma());
            default -> told(written);
        };
    }

    private static boolean isGatewayApi(LiveObject written) {
        return written.kind().apiVersion().startsWith("gateway.networking.k8s.io/");
    }

    private static Optional<Set<String>> one(boolean there) {
        return there ? Optional.of(Set.of()) : Optional.empty();
    }

    /** Istio tells of some kinds in some versions: where it has, it will again. */
    private static Optional<Set<String>> told(LiveObject written) {
        return one(list(at(written.whole(), "status").get("conditions")).stream()
                .anyMatch(each -> "Reconciled".equals(map(each).get("type"))));
    }

    private Set<String> parents(LiveObject route, Map<?, ?> spec) {
        Set<String> parents = new LinkedHashSet<>();
        for (Object each : list(spec.get("parentRefs"))) {
            Map<?, ?> ref = map(each);
            String namespace = text(ref.get("namespace"));
            String name = text(ref.get("name"));
            String in = namespace.isEmpty() ? route.namespace() : namespace;
            boolean gateway = ref.get("kind") == null || "Gateway".equals(ref.get("kind"));
            if (gateway && gateways.computeIfAbsent(in + "/" + name, key -> isAnswered(in, name))) {
                parents.add(in + "/" + name);
            }
        }
        return parents;
    }

    private boolean isAnswered(String namespace, String name) {
        Reply reply = transport.send(
                Call.get("/apis/gateway.networking.k8s.io/v1/namespaces/%s/gateways/%s".formatted(namespace, name)));
        return reply.succeeded()
                && accepted(text(at(map(json.read(reply.body())), "spec").get("gatewayClassName")));
    }

    private boolean accepted(String className) {
        return classes().stream()
                .anyMatch(each -> className.equals(at(map(each), "metadata").get("name")) && isAccepted(each));
    }

    private boolean isEnvoy() {
        return classes().stream()
                .anyMatch(each -> isAccepted(each)
                        && text(at(map(each), "spec").get("controllerName")).startsWith(ENVOY));
    }

    private boolean isKyma() {
        return all(KYMA).stream()
                .anyMatch(each -> !text(at(map(each), "status").get("state")).isEmpty());
    }

    private static boolean isAccepted(Object gatewayClass) {
        return list(at(map(gatewayClass), "status").get("conditions")).stream()
                .map(Nodes::map)
                .anyMatch(each -> "Accepted".equals(each.get("type")) && "True".equals(each.get("status")));
    }

    private List<?> classes() {
        return all(CLASSES);
    }

    /** What may not be read is not known to be there. */
    private List<?> all(String path) {
        return lists.computeIfAbsent(path, each -> {
            Reply reply = transport.send(Call.get(each + "?limit=500"));
            return reply.succeeded() ? list(map(json.read(reply.body())).get("items")) : List.of();
        });
    }
}
