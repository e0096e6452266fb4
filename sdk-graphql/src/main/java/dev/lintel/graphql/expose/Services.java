package dev.lintel.graphql.expose;

import dev.lintel.core.front.FrontContext;
import dev.lintel.core.front.FrontRequest;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.upstream.Upstream;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.graphql.upstream.UpstreamCode;
import dev.lintel.graphql.upstream.UpstreamException;
import dev.lintel.graphql.upstream.UpstreamProblem;
import dev.lintel.graphql.upstream.UpstreamRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The services of a graph, each called with what the caller may send it. */
final class Services implements AutoCloseable {
    private final Map<String, Service> byName;

    private Services(Map<String, Service> byName) {
        this.byName = byName;
    }

    static Services of(Blueprint blueprint, FrontContext context) {
        Map<String, Service> byName = new LinkedHashMap<>();
        for (GraphSource source : blueprint.sources()) {
            SortedSet<String> headers = new TreeSet<>();
            for (Operation operation : blueprint.graph().model().operations()) {
                if (BlueprintReader.source(operation, blueprint.sources()).equals(source)) {
                    headers.addAll(operation.security().headers());
                }
            }
            String name = byName.isEmpty() ? "" : source.service().name();
            byName.put(name, new Service(source, headers, context, TokenKeeper.of(source.tokens(), context)));
        }
        return new Services(byName);
    }

    /** The ways to them that the request of one caller goes. */
    Upstream asCalledBy(FrontRequest caller) {
        return new Ways(byName, caller);
    }

    private record Ways(Map<String, Service> byName, FrontRequest caller) implements Upstream {
        @Override
        public UpstreamAnswer call(UpstreamRequest request) throws UpstreamException {
            throw new UpstreamException(UpstreamProblem.of(UpstreamCode.UPSTREAM_UNAVAILABLE), false, null);
        }

        @Override
        public Upstream service(String name) {
            Service service = byName.get(name);
            return service == null ? this : request -> service.call(request, caller);
        }
    }

    @Override
    public void close() {
        byName.values().forEach(Service::close);
    }
}
