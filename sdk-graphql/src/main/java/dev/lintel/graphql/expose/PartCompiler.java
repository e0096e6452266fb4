package dev.lintel.graphql.expose;

import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/**
 * What is said about a graph beside its services is read together with them; alone it says nothing.
 *
 * @param <P> the record
 */
abstract class PartCompiler<P extends GraphPolicy> implements PolicyCompiler<P> {
    private final Class<P> policy;
    private final String kind;

    PartCompiler(Class<P> policy, String kind) {
        this.policy = policy;
        this.kind = kind;
    }

    @Override
    public final Class<P> policy() {
        return policy;
    }

    @Override
    public final String kind() {
        return kind;
    }

    @Override
    public final Phase phase() {
        return Phase.DOCUMENT;
    }

    @Override
    public final void compile(P said, ApiDraft draft) {
        if (draft.said().stream().noneMatch(each -> each.policy() instanceof GraphSource)) {
            draft.problem(
                    "graphql.none",
                    "is said about an API that is no graph",
                    "say which services it has: Api.graphql(…).from(openApi(…))");
        }
    }
}
