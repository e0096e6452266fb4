package dev.lintel.auth.opa.rego;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Request;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import java.util.List;

/** What the evaluator answers to what a policy decides: without guards, chance, and other authorizers. */
final class Expected {
    static final int ALLOWED = 200;

    private final Evaluator evaluator;

    Expected(MeshModel model) {
        evaluator = Evaluator.of(
                new MeshModel(model.apis().stream().map(Expected::bare).toList()));
    }

    private static ApiModel bare(ApiModel api) {
        Entry entry = api.entry();
        Service service = api.service();
        return new ApiModel(
                api.name(),
                api.namespace(),
                new Entry(
                        entry.hosts(),
                        entry.access(),
                        List.of(new Route(Match.any(), null, Origin.unknown())),
                        List.of(),
                        entry.headers(),
                        entry.pathParameters(),
                        entry.paths(),
                        null,
                        null),
                new Service(
                        service.name(),
                        service.port(),
                        service.labels(),
                        List.of(),
                        null,
                        null,
                        null,
                        dev.lintel.core.model.Traffic.NONE,
                        service.callers()),
                List.of(),
                api.origin(),
                api.front());
    }

    Decision decide(Request request) {
        return evaluator.decide(request, bound -> 0);
    }

    /** The status of a refusal; 200 for what goes on. */
    int status(Request request) {
        return decide(request) instanceof Decision.Refuse refused ? refused.status() : ALLOWED;
    }
}
