package dev.lintel.mesh.kyma;

import dev.lintel.core.model.Issuer;
import java.util.List;

/**
 * An APIRule, as far as it has a meaning for us.
 *
 * @param name its name
 * @param namespace where it lives
 * @param host the one host
 * @param gateway the gateway, as {@code namespace/name}
 * @param issuers whose tokens are accepted
 * @param audiences of which a token must name one wherever one is needed; empty for none
 * @param rules in their order
 */
record ApiRule(
        String name,
        String namespace,
        String host,
        String gateway,
        List<Issuer> issuers,
        List<String> audiences,
        List<Rule> rules) {
    static final String GROUP = "gateway.kyma-project.io/";
    static final String KIND = "APIRule";
    /** What is written. */
    static final String VERSION = GROUP + "v2";

    /** Keeps the lists unchangeable. */
    ApiRule {
        issuers = List.copyOf(issuers);
        audiences = List.copyOf(audiences);
        rules = List.copyOf(rules);
    }
}
