package dev.lintel.mesh.target;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whom objects of ours are for, so that an object for other labels, or for all, is seen to be for them too. */
final class Selected {
    private static final Set<String> ACCESS =
            Set.of("AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication");

    private final List<Manifest> pods = new ArrayList<>();

    private Selected() {}

    /**
     * A Pod for each that is said, and one for each version of it.
     *
     * @param ours objects that are to be there
     */
    static List<Manifest> by(List<Manifest> ours) {
        Map<String, List<Manifest>> rules = new HashMap<>();
        ours.stream()
                .filter(one -> one.kind().equals("DestinationRule"))
                .forEach(one ->
                        rules.computeIfAbsent(api(one), a -> new ArrayList<>()).add(one));
        Selected selected = new Selected();
        for (Manifest one : ours) {
            Map<String, String> labels = labels(one);
            if (!labels.isEmpty()) {
                selected.add(one, labels);
                rules.getOrDefault(api(one), List.of()).forEach(rule -> selected.versions(one, labels, rule));
            }
        }
        return selected.pods;
    }

    private static String api(Manifest one) {
        return one.namespace() + "/" + one.labels().getOrDefault(Manifest.API, "");
    }

    private void versions(Manifest one, Map<String, String> labels, Manifest rule) {
        if (rule.spec().get("subsets") instanceof List<?> subsets) {
            for (Object subset : subsets) {
                if (subset instanceof Map<?, ?> version && version.get("labels") instanceof Map<?, ?> more) {
                    Map<String, String> all = new LinkedHashMap<>(labels);
                    more.forEach((name, value) -> all.put(String.valueOf(name), String.valueOf(value)));
                    add(one, all);
                }
            }
        }
    }

    private void add(Manifest one, Map<String, String> labels) {
        pods.add(new Manifest("v1", "Pod", one.namespace(), "selected-" + pods.size(), labels, Map.of(), Map.of()));
    }

    private static Map<String, String> labels(Manifest one) {
        Object said = one.spec().get("selector");
        Object match = ACCESS.contains(one.kind()) && said instanceof Map<?, ?> selector
                ? selector.get("matchLabels")
                : one.kind().equals("Gateway") ? said : null;
        Map<String, String> labels = new LinkedHashMap<>();
        if (match instanceof Map<?, ?> wanted) {
            wanted.forEach((name, value) -> labels.put(String.valueOf(name), String.valueOf(value)));
        }
        return labels;
    }
}
