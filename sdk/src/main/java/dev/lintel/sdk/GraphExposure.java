package dev.lintel.sdk;

import dev.lintel.auth.AuthVerbs;
import dev.lintel.auth.caller.CallerVerbs;
import dev.lintel.auth.opa.OpaVerbs;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Origin;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.fluent.Chain;
import dev.lintel.core.policy.EntryVerbs;
import dev.lintel.graphql.expose.GraphSource;
import dev.lintel.graphql.expose.GraphVerbs;
import dev.lintel.traffic.TrafficVerbs;
import dev.lintel.traffic.limit.LimitVerbs;
import java.util.List;

/** A graph while it is being defined, with the verbs of every module. */
public final class GraphExposure extends Chain<GraphExposure>
        implements EntryVerbs<GraphExposure>,
                AuthVerbs<GraphExposure>,
                CallerVerbs<GraphExposure>,
                OpaVerbs<GraphExposure>,
                TrafficVerbs<GraphExposure>,
                LimitVerbs<GraphExposure>,
                GraphVerbs<GraphExposure> {
    GraphExposure(ServiceRef name, String namespace, Origin origin, GraphSource source, Origin line) {
        super(new ApiDefinition(name, namespace, List.of(new Said(source, line)), origin));
    }

    private GraphExposure(ApiDefinition said) {
        super(said);
    }

    @Override
    protected GraphExposure chain(ApiDefinition said) {
        return new GraphExposure(said);
    }
}
