package dev.lintel.mesh.target;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.target.ObjectsOfOthers.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Policies of Envoy Gateway of others for routes of ours: of two of one kind for one route the older counts, whatever it lets
 * through.
 *
 * @see <a href="https://gateway.envoyproxy.io/docs/api/extension_types/#securitypolicy">Envoy Gateway, SecurityPolicy</a>
 */
final class AttachedPolicies {
    private static final Set<String> KINDS = Set.of("SecurityPolicy", "BackendTrafficPolicy", "EnvoyExtensionPolicy");
    private static final Set<String> ROUTES = Set.of("HTTPRoute", "GRPCRoute");

    private final List<Manifest> routes;

    AttachedPolicies(List<Manifest> ours) {
        this.routes = ours.stream().filter(one -> ROUTES.contains(one.kind())).toList();
    }

    /** What one object does; messages begin after its name. */
    Optional<Found> of(Manifest their) {
        if (!KINDS.contains(their.kind())) {
            return Optional.empty();
        }
        List<Map<?, ?>> targets = new ArrayList<>(SpecParts.maps(their.spec().get("targetRefs")));
        targets.add(SpecParts.map(their.spec().get("targetRef")));
        List<Map<?, ?>> selectors = SpecParts.maps(their.spec().get("targetSelectors"));
        return routes.stream()
                .filter(route -> route.namespace().equals(their.namespace()))
                .filter(route -> targets.stream().anyMatch(target -> isNamed(route, target))
                        || selectors.stream().anyMatch(selector -> isSelected(route, selector)))
                .findFirst()
                .map(route -> new Found(
                        "taken",
                        their,
                        "spec",
                        "is for " + route.id() + ", which is ours: of two such policies for a route the older counts",
                        "say by the definition what it says, or take it away"));
    }

    private static boolean isNamed(Manifest route, Map<?, ?> target) {
        return route.kind().equals(target.get("kind")) && route.name().equals(target.get("name"));
    }

    private static boolean isSelected(Manifest route, Map<?, ?> selector) {
        // By expressions it may be anything.
        return route.kind().equals(selector.get("kind"))
                && route.labels()
                        .entrySet()
                        .containsAll(SpecParts.map(selector.get("matchLabels")).entrySet());
    }
}
