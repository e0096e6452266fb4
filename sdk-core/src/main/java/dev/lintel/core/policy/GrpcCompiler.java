package dev.lintel.core.policy;

import dev.lintel.core.model.GrpcRule;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link Grpc} its meaning. */
public final class GrpcCompiler implements PolicyCompiler<Grpc> {
    /** For the service loader. */
    public GrpcCompiler() {}

    @Override
    public Class<Grpc> policy() {
        return Grpc.class;
    }

    @Override
    public String kind() {
        return Grpc.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.ROUTE;
    }

    @Override
    public void compile(Grpc policy, ApiDraft draft) {
        draft.grpc(new GrpcRule(draft.origin()));
    }
}
