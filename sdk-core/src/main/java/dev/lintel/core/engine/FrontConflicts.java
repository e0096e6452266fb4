package dev.lintel.core.engine;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.GrpcRule;
import dev.lintel.core.model.Route;
import java.util.ArrayList;
import java.util.List;

/** What cannot be said about an API that Lintel serves itself: it has no versions, it is nowhere else, and speaks no gRPC. */
final class FrontConflicts {
    private final ApiModel api;
    private final FrontRule front;
    private final List<Problem> problems = new ArrayList<>();

    private FrontConflicts(ApiModel api, FrontRule front) {
        this.api = api;
        this.front = front;
    }

    static List<Problem> problems(ApiModel api) {
        FrontRule front = api.front();
        return front == null ? List.of() : new FrontConflicts(api, front).problems();
    }

    private List<Problem> problems() {
        if (api.service().traffic().elsewhere() != null) {
            add(
                    "its service is said to be elsewhere",
                    "leave that out, or say it of the services that are called: " + front.services(),
                    front.origin());
        }
        if (!api.service().versions().isEmpty()) {
            add(
                    "version '" + api.service().versions().get(0).name() + "' of its service is named",
                    "name versions of the services that are called, by Api.expose(…): " + front.services(),
                    api.entry().routes().stream()
                            .filter(route -> route.version() != null)
                            .map(Route::origin)
                            .findFirst()
                            .orElse(front.origin()));
        }
        GrpcRule grpc = api.service().grpc();
        if (grpc != null) {
            add("its service is said to speak gRPC", "leave grpc() out", grpc.origin());
        }
        return problems;
    }

    private void add(String what, String hint, Origin origin) {
        problems.add(new Problem(
                "front.service",
                api.id() + " " + front.kind(),
                "is served by Lintel itself, but " + what,
                hint,
                origin));
    }
}
