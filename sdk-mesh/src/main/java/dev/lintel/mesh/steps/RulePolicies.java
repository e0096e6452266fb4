package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final String SECTION = "sectionName";

    private RulePolicies() {}

    /**
     * What is in force of a policy while routes change; null if it is not there. Of two for one rule the older counts, so
     * that a new one comes when those before it have gone from that rule; the one for the whole route refuses until then, on
     * the routes of both sides.
     */
    static @Nullable Manifest meanwhile(Passage policy, Collection<Passage> all) {
        Manifest before = policy.before();
        Manifest after = policy.after();
        if (!isMoved(policy, all)) {
            return before != null && after != null && isLosing(policy) ? before : policy.any();
        }
        if (before == null) {
            return isForWhole(policy.any()) ? policy.any() : null;
        }
        Set<Object> targets = new LinkedHashSet<>(SpecTree.maps(before.spec(), TARGETS));
        if (after != null && isForWhole(before) && isForWhole(after)) {
            targets.addAll(SpecTree.maps(after.spec(), TARGETS));
        }
        return before.withSpec(
                Trees.map(TARGETS, List.copyOf(targets), "authorization", Trees.map("defaultAction", "Deny")));
    }

    static boolean isForWhole(Manifest policy) {
        return SpecTree.maps(policy.spec(), TARGETS).stream().noneMatch(target -> target.containsKey(SECTION));
    }

    /** Whether some requests are refused until a policy has changed that both sides let through. */
    static boolean isGap(Passage policy, Collection<Passage> all) {
        if (!policy.any().kind().equals(KIND)
                || !policy.isChanged()
                || policy.before() == null && !isForWhole(policy.any())) {
            return false;
        }
        return isMoved(policy, all) || isLosing(policy) && all.stream().anyMatch(other -> isTaking(other, policy));
    }

    /** Whether a policy is no more for a rule that it was for. */
    private static boolean isLosing(Passage policy) {
        return policy.sides().size() == 2 && !lost(policy).isEmpty();
    }

    /** Whether another policy takes a rule of this one over, and cannot do it before as it has to give one away itself. */
    private static boolean isTaking(Passage other, Passage policy) {
        return other.any().kind().equals(KIND)
                && !other.equals(policy)
                && isLosing(other)
                && SpecTree.maps(other.any().spec(), TARGETS).stream().anyMatch(lost(policy)::contains);
    }

    private static List<Map<String, Object>> lost(Passage policy) {
        List<Map<String, Object>> lost =
                new ArrayList<>(SpecTree.maps(policy.sides().get(0).spec(), TARGETS));
        lost.removeAll(SpecTree.maps(policy.any().spec(), TARGETS));
        return lost;
    }

    /**
     * Whether a route changes for which a policy is on either side. One that only goes keeps its policy to the end, and one
     * that only comes has its own before it leads anybody.
     */
    private static boolean isMoved(Passage policy, Collection<Passage> all) {
        List<Passage> routes = all.stream()
                .filter(route -> route.role() == Role.LEADS)
                .filter(route -> policy.sides().stream().anyMatch(side -> isFor(side, route.any())))
                .filter(Passage::isChanged)
                .toList();
        return routes.stream().anyMatch(route -> route.sides().size() == 2)
                || policy.sides().size() == 2
                        && routes.stream().anyMatch(route -> route.before() == null)
                        && routes.stream().anyMatch(route -> route.after() == null);
    }

    private static boolean isFor(Manifest policy, Manifest route) {
        List<Map<String, Object>> targets = SpecTree.maps(policy.spec(), TARGETS);
        return policy.namespace().equals(route.namespace())
                && targets.stream()
                        .anyMatch(target -> route.kind().equals(target.get("kind"))
                                && route.name().equals(target.get("name")));
    }
}
