package dev.lintel.traffic;

import dev.lintel.core.model.Answer;
import dev.lintel.core.model.Route;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link RedirectTo} its meaning. */
public final class RedirectToCompiler implements PolicyCompiler<RedirectTo> {
    /** For the service loader. */
    public RedirectToCompiler() {}

    @Override
    public Class<RedirectTo> policy() {
        return RedirectTo.class;
    }

    @Override
    public String kind() {
        return RedirectTo.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.ROUTE;
    }

    @Override
    public void compile(RedirectTo policy, ApiDraft draft) {
        Redirect to = policy.to();
        Answer answer = new Answer.Redirect(to.status(), to.scheme(), to.host(), to.port(), to.path());
        draft.route(new Route(policy.match(), null, answer, draft.origin()));
    }
}
