package dev.lintel.extauthz;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.fluent.Chain;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.AuthorizerRule.Body;
import dev.lintel.core.model.AuthorizerRule.Protocol;
import java.net.URI;
import java.time.Duration;

/** A policy that says an authorizer, without a verb for it. */
record Asked(AuthorizerRule rule) implements Policy {
    static final String KIND = "test.asked/v1";
    static final Duration LONG = Duration.ofSeconds(20);

    @Override
    public String kind() {
        return KIND;
    }

    static AuthorizerRule opa(URI at, String decision) {
        return rule(Protocol.OPA_REST, at, decision, LONG, false);
    }

    static AuthorizerRule grpc(URI at) {
        return rule(Protocol.EXT_AUTHZ_GRPC, at, "", LONG, false);
    }

    static AuthorizerRule rule(Protocol protocol, URI at, String decision, Duration timeout, boolean failOpen) {
        return new AuthorizerRule(
                protocol, at, decision, timeout, failOpen, 403, new Body(10_000, false, false), Origin.unknown());
    }

    static ApiDefinition orders(AuthorizerRule rule) {
        return new Orders().with(new Asked(rule)).define();
    }

    private static final class Orders extends Chain<Orders> {
        Orders() {
            super(ServiceRef.service("orders"), "shop");
        }

        private Orders(ApiDefinition said) {
            super(said);
        }

        @Override
        protected Orders chain(ApiDefinition said) {
            return new Orders(said);
        }
    }
}
