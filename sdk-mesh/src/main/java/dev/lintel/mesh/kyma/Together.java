package dev.lintel.mesh.kyma;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.Map;
import java.util.Set;

/**
 * What is said of all APIs together, in whichever way each of them is written: what leaves, from every namespace of the
 * model, and which tokens are good at the gateway. Said of some APIs only, it would let everything out of the namespaces of
 * the others, and would refuse their tokens.
 */
final class Together {
    private static final Set<String> NEEDED =
            Set.of("istio.several-authorizers", "istio.gateway-tokens", "istio.labels-together");
    private static final String EGRESS = "istio.egress";

    private Together() {}

    /** Whether an object of Istio's is about no single API, or about the tokens and the callers that the gateway judges. */
    static boolean isSaid(KymaDialect dialect, Manifest manifest) {
        return !manifest.labels().containsKey(Manifest.API)
                || manifest.spec().get("selector") instanceof Map<?, ?> selector
                        && dialect.istio().ingress().labels().equals(selector.get("matchLabels"))
                        && !"CUSTOM".equals(manifest.spec().get("action"));
    }

    static boolean isNeeded(Problem prerequisite) {
        return NEEDED.contains(prerequisite.code()) || prerequisite.code().startsWith(EGRESS);
    }
}
