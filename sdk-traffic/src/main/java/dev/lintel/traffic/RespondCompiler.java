package dev.lintel.traffic;

import dev.lintel.core.model.Answer;
import dev.lintel.core.model.Route;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link Respond} its meaning. */
public final class RespondCompiler implements PolicyCompiler<Respond> {
    /** For the service loader. */
    public RespondCompiler() {}

    @Override
    public Class<Respond> policy() {
        return Respond.class;
    }

    @Override
    public String kind() {
        return Respond.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.ROUTE;
    }

    @Override
    public void compile(Respond policy, ApiDraft draft) {
        Answer answer = new Answer.Direct(policy.status(), policy.contentType(), policy.body());
        draft.route(new Route(policy.match(), null, answer, draft.origin()));
    }
}
