package dev.lintel.mesh.target;

import dev.lintel.mesh.Manifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gateways of Istio, and which proxies serve them. */
final class ProxyGateways {
    private static final String WORD = "the gateway ";

    private final Map<String, Map<?, ?>> selectors = new HashMap<>();

    ProxyGateways(List<Manifest> theirs, List<Manifest> ours) {
        for (List<Manifest> some : List.of(theirs, ours)) {
            some.stream()
                    .filter(one ->
                            one.kind().equals("Gateway") && one.apiVersion().startsWith("networking.istio.io/"))
                    .forEach(one -> selectors.put(
                            WORD + one.namespace() + "/" + one.name(),
                            SpecParts.map(one.spec().get("selector"))));
        }
    }

    /** Whether the same proxies may serve two gateways that are known; not if labels tell their pods apart, or one is the mesh. */
    boolean mayBeSame(String one, String other) {
        if (!selectors.containsKey(one) || !selectors.containsKey(other)) {
            return false;
        }
        Map<?, ?> some = selectors.getOrDefault(one, Map.of());
        Map<?, ?> others = selectors.getOrDefault(other, Map.of());
        return some.entrySet().stream()
                .allMatch(label -> !others.containsKey(label.getKey())
                        || Objects.equals(others.get(label.getKey()), label.getValue()));
    }
}
