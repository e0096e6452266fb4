package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.GrpcRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Random models of APIs that speak gRPC, made from other random models: what GRPCRoutes cannot say is left out. */
final class GrpcModels {
    private GrpcModels() {}

    /** APIs that share a host have services and methods of their own; one that is left without any is left out. */
    static MeshModel of(MeshModel model) {
        return OwnPaths.of(model, GrpcModels::path, GrpcModels::api);
    }

    /** A call of gRPC made from another request. */
    static RequestValue call(RequestValue request) {
        List<String> segments = new ArrayList<>();
        for (String segment : request.path().split("/", -1)) {
            if (!segment.isEmpty() && segments.size() < 2) {
                segments.add(word(segment));
            }
        }
        while (segments.size() < 2) {
            segments.add("Get");
        }
        String path = "/" + String.join("/", segments);
        return new RequestValue(request.via(), "POST", request.host(), path, null, request.headers(), request.token());
    }

    private static String word(String segment) {
        return segment.replaceAll("[^A-Za-z]", "x");
    }

    private static ApiModel api(ApiModel api, List<PathPattern> paths) {
        Entry entry = api.entry();
        List<Route> routes = new ArrayList<>();
        for (Route route : entry.routes()) {
            Match match =
                    new Match(endpoint(route.match().endpoint()), route.match().headers(), Map.of());
            if (route.answer() == null
                    && routes.stream().noneMatch(r -> r.match().rivals(match))) {
                routes.add(new Route(match, route.version(), null, route.origin()));
            }
        }
        routes.sort(Comparator.comparing(Route::match, Precedence.ORDER));
        List<AccessRule> rules = new ArrayList<>();
        for (AccessRule rule : entry.access().rules()) {
            Endpoint endpoint = endpoint(rule.endpoint());
            if (rules.stream().noneMatch(one -> one.endpoint().rivals(endpoint))) {
                rules.add(new AccessRule(endpoint, rule.requirement(), rule.origin()));
            }
        }
        rules.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        Access access = new Access(entry.access().issuers(), entry.access().audiences(), rules);
        Entry adapted = new Entry(
                entry.hosts(), access, routes, List.of(), entry.headers(), entry.pathParameters(), paths, null, null);
        Service service = api.service();
        Service grpc = new Service(
                service.name(),
                service.port(),
                service.labels(),
                service.versions(),
                service.split(),
                service.retry(),
                null,
                service.traffic(),
                service.callers(),
                new GrpcRule(Origin.unknown()));
        return new ApiModel(api.name(), api.namespace(), adapted, grpc, api.guards(), api.origin());
    }

    /** A method for each path of two segments, a service for each of one. */
    private static Endpoint endpoint(Endpoint endpoint) {
        return new Endpoint(endpoint.methods().isEmpty() ? List.of() : List.of("POST"), path(endpoint.path()));
    }

    private static PathPattern path(PathPattern path) {
        List<String> segments =
                path.segments().stream().limit(2).map(GrpcModels::word).toList();
        return new PathPattern(segments, segments.size() < 2);
    }
}
