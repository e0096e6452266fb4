package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Trees;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Policies of Envoy Gateway, which name the rules of routes. A name means one rule before the route changes and another one
 * after, so that a policy that changes together with its route refuses everybody until then.
 *
 * @see <a href="https://gateway.envoyproxy.io/docs/api/extension_types/#securitypolicy">Envoy Gateway, SecurityPolicy</a>
 */
final class RulePolicies {
    static final String KIND = "SecurityPolicy";

    private static final String TARGETS = "targetRefs";

    private RulePolicies() {}

    /**
     * What is in force of a policy while routes change; null if it is not there. Of two for one rule the older counts, so
     * that a new one comes when those before it have gone from that rule; the one for the whole route refuses until then.
     */
    static @Nullable Manifest meanwhile(Passage policy, Collection<Passage> all) {
        if (!policy.isChanged() || !isMoved(policy, all)) {
            return policy.any();
        }
        Manifest before = policy.before();
        if (before == null) {
            return isForWhole(policy.any()) ? policy.after() : null;
        }
        return before.withSpec(
                Trees.map(TARGETS, before.spec().get(TARGETS), "authorization", Trees.map("defaultAction", "Deny")));
    }

    private static boolean isForWhole(Manifest policy) {
        return SpecTree.maps(policy.spec(), TARGETS).stream().noneMatch(target -> target.containsKey("sectionName"));
    }

    /** Whether a route that is there before and after changes together with a policy for it. */
    static boolean isMoved(Passage policy, Collection<Passage> all) {
        return all.stream()
                .filter(route -> route.isChanged() && route.sides().size() == 2)
                .anyMatch(route -> policy.sides().stream().anyMatch(side -> isFor(side, route.any())));
    }

    private static boolean isFor(Manifest policy, Manifest route) {
        List<Map<String, Object>> targets = SpecTree.maps(policy.spec(), TARGETS);
        return policy.namespace().equals(route.namespace())
                && targets.stream()
                        .anyMatch(target -> route.kind().equals(target.get("kind"))
                                && route.name().equals(target.get("name")));
    }
}
