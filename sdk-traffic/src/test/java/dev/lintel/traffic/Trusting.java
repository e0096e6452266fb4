package dev.lintel.traffic;

import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import java.util.List;

/** Asks for a token everywhere, as a policy of another module does. */
public record Trusting() implements Policy {
    @Override
    public String kind() {
        return "test.trusting/v1";
    }

    /** Found by the service loader of the tests. */
    public static final class Compiler implements PolicyCompiler<Trusting> {
        @Override
        public Class<Trusting> policy() {
            return Trusting.class;
        }

        @Override
        public String kind() {
            return "test.trusting/v1";
        }

        @Override
        public Phase phase() {
            return Phase.SECURITY;
        }

        @Override
        public void compile(Trusting policy, ApiDraft draft) {
            Issuer issuer = new Issuer("https://id.example", null, List.of("RS256"), Origin.unknown());
            AccessRule rule = new AccessRule(Endpoint.any(), Requirement.TOKEN, Origin.unknown());
            draft.access(new Access(List.of(issuer), List.of(), List.of(rule)));
        }
    }
}
