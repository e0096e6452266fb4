package dev.lintel.benchmarks.opa;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.AuthorizerRule.Protocol;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import dev.lintel.sdk.Api;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says an authorizer to the model directly. */
public record Asks(AuthorizerRule rule) implements Policy {
    private static final String KIND = "benchmark.asks/v1";

    @Override
    public String kind() {
        return KIND;
    }

    static AuthorizerRule rule(Protocol protocol, URI at) {
        return new AuthorizerRule(
                protocol, at, "envoy/authz/allow", Duration.ofSeconds(20), false, 403, null, Origin.unknown());
    }

    static ApiDefinition orders(@Nullable AuthorizerRule rule) {
        var orders = Api.expose("orders").inNamespace("shop");
        return rule == null ? orders.define() : orders.with(new Asks(rule)).define();
    }

    /** Gives it its meaning. */
    public static final class Compiler implements PolicyCompiler<Asks> {
        /** For the service loader. */
        public Compiler() {}

        @Override
        public Class<Asks> policy() {
            return Asks.class;
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Phase phase() {
            return Phase.SECURITY;
        }

        @Override
        public void compile(Asks policy, ApiDraft draft) {
            draft.authorizer(policy.rule());
        }
    }
}
