package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;
import static dev.lintel.kubernetes.Nodes.text;

import dev.lintel.mesh.Manifest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A part of a Service to which a route sends a share of its requests: they fail if nobody is there.
 *
 * @param what the part, for people: {@code subset v2 of shop/orders}
 * @param namespace that of the Service
 * @param service its name
 * @param labels those of the pods that are meant; empty for all pods of the Service
 */
record Share(String what, String namespace, String service, Map<String, String> labels) {
    /**
     * All shares of some routes.
     *
     * @param routes which are about to be written; other objects have none
     * @param all objects among which subsets are defined
     */
    static Set<Share> of(Collection<Manifest> routes, Collection<Manifest> all) {
        Set<Share> shares = new LinkedHashSet<>();
        for (Manifest route : routes) {
            switch (route.kind()) {
                case "VirtualService" -> subsets(route, all, shares);
                case "HTTPRoute", "GRPCRoute" -> backends(route, shares);
                default -> {}
            }
        }
        return shares;
    }

    private static void subsets(Manifest route, Collection<Manifest> all, Set<Share> shares) {
        for (Object rule : list(route.spec().get("http"))) {
            for (Object each : list(map(rule).get("route"))) {
                Map<?, ?> destination = map(map(each).get("destination"));
                String subset = text(destination.get("subset"));
                String[] host = text(destination.get("host")).split("\\.", -1);
                if (!subset.isEmpty() && isChosen(map(each))) {
                    String namespace = host.length > 1 ? host[1] : route.namespace();
                    Map<String, String> labels = labels(namespace, host[0], subset, all);
                    if (!labels.isEmpty()) {
                        shares.add(new Share(
                                "subset " + subset + " of " + namespace + "/" + host[0], namespace, host[0], labels));
                    }
                }
            }
        }
    }

    private static Map<String, String> labels(
            String namespace, String service, String subset, Collection<Manifest> all) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Manifest each : all) {
            String[] host = text(each.spec().get("host")).split("\\.", -1);
            if (each.kind().equals("DestinationRule")
                    && host[0].equals(service)
                    && namespace.equals(host.length > 1 ? host[1] : each.namespace())) {
                list(each.spec().get("subsets")).stream()
                        .map(Nodes::map)
                        .filter(one -> Objects.equals(subset, one.get("name")))
                        .forEach(one ->
                                map(one.get("labels")).forEach((key, value) -> labels.put(text(key), text(value))));
            }
        }
        return labels;
    }

    /** Gateway API has no subsets: a version is a Service of its own. Where there is one alone there is no choice. */
    private static void backends(Manifest route, Set<Share> shares) {
        for (Object rule : list(route.spec().get("rules"))) {
            List<?> refs = list(map(rule).get("backendRefs"));
            for (Object each : refs.size() > 1 ? refs : List.of()) {
                Map<?, ?> ref = map(each);
                String kind = text(ref.get("kind"));
                if ((kind.isEmpty() || kind.equals("Service")) && isChosen(ref)) {
                    String in = text(ref.get("namespace"));
                    String namespace = in.isEmpty() ? route.namespace() : in;
                    String name = text(ref.get("name"));
                    shares.add(new Share("Service " + namespace + "/" + name, namespace, name, Map.of()));
                }
            }
        }
    }

    /** Who gets no requests may be empty. */
    private static boolean isChosen(Map<?, ?> destination) {
        return !(destination.get("weight") instanceof Number weight) || weight.longValue() > 0;
    }
}
