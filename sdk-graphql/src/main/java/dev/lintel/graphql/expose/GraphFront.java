package dev.lintel.graphql.expose;

import dev.lintel.core.front.Front;
import dev.lintel.core.front.FrontAnswer;
import dev.lintel.core.front.FrontContext;
import dev.lintel.core.front.FrontRequest;
import dev.lintel.graphql.execute.FieldGuard;
import dev.lintel.graphql.execute.GraphCaller;
import dev.lintel.graphql.execute.GraphEngine;
import dev.lintel.graphql.http.GraphHttp;
import dev.lintel.graphql.http.GraphSession;
import dev.lintel.graphql.http.HttpSettings;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.graphql.upstream.UpstreamRequest;

/** Serves one graph: over HTTP, with the rules of its fields, and with the tokens of its services. */
final class GraphFront implements Front {
    private final GraphEngine engine;
    private final Services services;
    private final GraphHttp http;

    private GraphFront(Blueprint blueprint, Services services, FrontContext context) {
        this.services = services;
        this.engine = GraphEngine.of(blueprint.graph(), GraphFront::nobody)
                .limits(blueprint.limits())
                .executor(context.executor())
                .guard(new Guard(blueprint.rules()));
        HttpSettings settings = settings(blueprint);
        this.http = GraphHttp.of(
                this::session,
                blueprint.graphiql() ? settings.explorer(blueprint.path() + "/explorer") : settings,
                context.executor(),
                context::after);
    }

    static GraphFront of(Blueprint blueprint, FrontContext context) {
        return new GraphFront(blueprint, Services.of(blueprint, context), context);
    }

    private static UpstreamAnswer nobody(UpstreamRequest request) {
        throw new IllegalStateException("a request has the ways to the services that are its caller's");
    }

    private static HttpSettings settings(Blueprint blueprint) {
        HttpSettings settings = HttpSettings.DEFAULT.path(blueprint.path());
        GraphDocuments documents = blueprint.documents();
        return documents.only() ? settings.onlyTrusted(documents.trusted()) : settings.trusted(documents.trusted());
    }

    private GraphSession session(FrontRequest request) {
        GraphCaller caller = GraphSession.callerOf(request);
        return new GraphSession(engine.upstream(services.asCalledBy(request)), caller);
    }

    @Override
    public FrontAnswer answer(FrontRequest request) {
        return http.answer(request);
    }

    @Override
    public void close() {
        services.close();
    }

    /** The rules as the engine asks for them. */
    private record Guard(FieldRules rules) implements FieldGuard {
        @Override
        public Verdict check(String type, String field, GraphCaller caller) {
            return rules.decide(type, field, caller.authenticated(), caller.scopes())
                    .verdict();
        }

        @Override
        public boolean introspection(GraphCaller caller) {
            return rules.introspection(caller.authenticated(), caller.scopes()).allowed();
        }
    }
}
