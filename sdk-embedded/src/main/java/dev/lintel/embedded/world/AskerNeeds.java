package dev.lintel.embedded.world;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.AuthorizerRule.Protocol;
import dev.lintel.embedded.authorizer.AskerProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Whether the gateway can ask the authorizers that are said. */
final class AskerNeeds {
    private AskerNeeds() {}

    /** What is missing, with the artifact that brings it. */
    static List<Problem> missing(ApiModel api) {
        List<Problem> problems = new ArrayList<>(1);
        AuthorizerRule rule = api.entry().authorizer();
        if (rule != null && rule.protocol() != Protocol.OPA_REST && !isInstalled(rule.protocol())) {
            problems.add(new Problem(
                    "authorizer.protocol",
                    api.id(),
                    "the gateway cannot ask " + rule.describe() + ": nothing on the class path speaks gRPC to it",
                    "add the dependency dev.lintel:lintel-sdk-extauthz, or ask OPA by its REST API",
                    rule.origin()));
        }
        return problems;
    }

    private static boolean isInstalled(Protocol protocol) {
        return ServiceLoader.load(AskerProvider.class, AskerProvider.class.getClassLoader()).stream()
                .anyMatch(provider -> provider.get().protocol() == protocol);
    }
}
