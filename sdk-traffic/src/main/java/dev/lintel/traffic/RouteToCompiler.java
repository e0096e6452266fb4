package dev.lintel.traffic;

import dev.lintel.core.model.Route;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;

/** Gives {@link RouteTo} its meaning. */
public final class RouteToCompiler implements PolicyCompiler<RouteTo> {
    /** For the service loader. */
    public RouteToCompiler() {}

    @Override
    public Class<RouteTo> policy() {
        return RouteTo.class;
    }

    @Override
    public String kind() {
        return RouteTo.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.ROUTE;
    }

    @Override
    public void compile(RouteTo policy, ApiDraft draft) {
        draft.route(new Route(policy.match(), policy.version(), draft.origin()));
    }
}
