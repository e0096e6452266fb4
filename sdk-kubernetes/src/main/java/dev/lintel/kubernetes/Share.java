package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;
import static dev.lintel.kubernetes.Nodes.text;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
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
        Map<String, List<Manifest>> rules =
                routes.stream().anyMatch(each -> each.kind().equals("VirtualService")) ? rules(all) : Map.of();
        for (Manifest route : routes) {
            switch (route.kind()) {
                case "VirtualService" -> subsets(route, rules, shares);
                case "HTTPRoute", "GRPCRoute" -> backends(route, shares);
                default -> {}
            }
        }
        return shares;
    }

    /** What defines subsets, by the Service that it is about: looked through once, not for each destination. */
    private static Map<String, List<Manifest>> rules(Collection<Manifest> all) {
        Map<String, List<Manifest>> rules = new LinkedHashMap<>();
        for (Manifest each : all) {
            if (each.kind().equals("DestinationRule")) {
                String[] host = text(each.spec().get("host")).split("\\.", -1);
                String service = (host.length > 1 ? host[1] : each.namespace()) + "/" + host[0];
                rules.computeIfAbsent(service, s -> new ArrayList<>()).add(each);
            }
        }
        return rules;
    }

    private static void subsets(Manifest route, Map<String, List<Manifest>> rules, Set<Share> shares) {
        for (Object rule : list(route.spec().get("http"))) {
            for (Object each : list(map(rule).get("route"))) {
                Map<?, ?> destination = map(map(each).get("destination"));
                String subset = text(destination.get("subset"));
                String[] host = text(destination.get("host")).split("\\.", -1);
                if (!subset.isEmpty() && isChosen(map(each))) {
                    String namespace = host.length > 1 ? host[1] : route.namespace();
                    Map<String, String> labels =
                            labels(rules.getOrDefault(namespace + "/" + host[0], List.of()), subset);
                    if (!labels.isEmpty()) {
                        shares.add(new Share(
                                "subset " + subset + " of " + namespace + "/" + host[0], namespace, host[0], labels));
                    }
                }
            }
        }
    }

    private static Map<String, String> labels(List<Manifest> rules, String subset) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Manifest each : rules) {
            list(each.spec().get("subsets")).stream()
                    .map(Nodes::map)
                    .filter(one -> Objects.equals(subset, one.get("name")))
                    .forEach(one -> map(one.get("labels")).forEach((key, value) -> labels.put(text(key), text(value))));
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
