package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Problem;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.capability.Capability;
import dev.lintel.mesh.capability.Feature;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Whatever the table of capabilities refuses is a problem, so that neither says something else. Each cause is told once. */
final class NotSupported {
    /** What Istio's own dialect refuses in its words, which is refused here anyway. */
    private static final Map<String, Feature> SAID_BY_ISTIO = Map.of(
            "istio.authorizer", Feature.OPA,
            "istio.login", Feature.LOGIN,
            "istio.sticky-header", Feature.STICKY_HEADER,
            "istio.sticky-claim", Feature.STICKY_CLAIM,
            "istio.choice-token", Feature.CHOICE_TOKEN,
            "istio.choice-workload", Feature.CHOICE_WORKLOAD,
            "istio.health", Feature.HEALTH_CHECK,
            "istio.guard", Feature.RATE_LIMIT,
            "istio.elsewhere-credential", Feature.CREDENTIALS);

    private final GatewayApiDialect dialect;
    private final List<Uses.Use> refused = new ArrayList<>();
    private final Map<Feature, String> instead = new EnumMap<>(Feature.class);

    NotSupported(GatewayApiDialect dialect, MeshModel model) {
        this.dialect = dialect;
        dialect.capabilities().stream()
                .filter(capability -> capability.support() == Capability.Support.REFUSED)
                .forEach(capability -> instead.put(capability.feature(), capability.how()));
        Uses.of(model).stream()
                .filter(use -> instead.containsKey(use.feature()))
                .forEach(this::add);
    }

    /** Parts of one policy that have the same way out are one problem, that of the first: it is refused as a whole. */
    private void add(Uses.Use use) {
        boolean said = refused.stream()
                .anyMatch(one -> one.about().equals(use.about())
                        && one.feature() != use.feature()
                        && one.feature().kind().equals(use.feature().kind())
                        && hint(one).equals(hint(use)));
        if (!said) {
            refused.add(use);
        }
    }

    private String hint(Uses.Use use) {
        return instead.getOrDefault(use.feature(), "");
    }

    List<Problem> problems() {
        return refused.stream()
                .map(use -> new Problem(
                        "gateway-api.not-supported",
                        use.about(),
                        dialect.extension().words() + " has no words for this: " + use.what(),
                        hint(use),
                        use.origin()))
                .toList();
    }

    /** Whether a problem of Istio's own dialect says again what is refused here. */
    boolean says(Problem problem) {
        Feature feature = SAID_BY_ISTIO.get(problem.code());
        return refused.stream()
                .anyMatch(use -> use.feature() == feature && use.about().equals(problem.path()));
    }
}
