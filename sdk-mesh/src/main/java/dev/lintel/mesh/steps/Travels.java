package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Trees;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How calls by routes travel where that is said beside them: a BackendTrafficPolicy names whole routes, so that of both one is
 * new for a moment and the other one old. Tries, limits and faults that are meant for some routes are those of others then.
 *
 * @see <a href="https://gateway.envoyproxy.io/docs/api/extension_types/#backendtrafficpolicyspec">Envoy Gateway,
 *     BackendTrafficPolicySpec</a>
 */
final class Travels {
    private static final String KIND = "BackendTrafficPolicy";
    private static final String TARGETS = "targetRefs";

    private Travels() {}

    /** Whether a policy changes together with a route that it names and that is there on both sides. */
    static boolean isMixed(Passage policy, Collection<Passage> all) {
        return policy.any().kind().equals(KIND)
                && policy.isChanged()
                && !Objects.equals(said(policy.before()), said(policy.after()))
                && all.stream()
                        .anyMatch(route -> route.role() == Role.LEADS
                                && route.isChanged()
                                && route.sides().size() == 2
                                && isNamed(route, policy));
    }

    private static boolean isNamed(Passage route, Passage policy) {
        return route.any().namespace().equals(policy.any().namespace())
                && policy.sides().stream()
                        .flatMap(side -> SpecTree.maps(side.spec(), TARGETS).stream())
                        .anyMatch(target -> route.any().kind().equals(target.get("kind"))
                                && route.any().name().equals(target.get("name")));
    }

    /** What is said about calls; nothing where there is no policy. */
    private static Map<String, Object> said(@Nullable Manifest policy) {
        Map<String, Object> said = policy == null ? new LinkedHashMap<>() : Trees.copy(policy.spec());
        said.remove(TARGETS);
        return said;
    }
}
