package dev.lintel.mesh.istio;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which paths of its hosts belong to an API that was read from objects of anybody: those at which there is something. */
final class ForeignPaths {
    private ForeignPaths() {}

    /** The same API with its paths, where it answers 404 everywhere else. */
    static ApiModel of(ApiModel api) {
        Entry entry = api.entry();
        Optional<Route> rest = entry.routes().stream()
                .filter(route -> route.match().equals(Match.any()))
                .findFirst();
        if (rest.isEmpty() || !isNothing(rest.get())) {
            return api;
        }
        List<PathPattern> paths = new ArrayList<>();
        for (Route route : entry.routes()) {
            PathPattern path = route.match().endpoint().path();
            if (!isNothing(route) && !paths.contains(path)) {
                paths.add(path);
            }
        }
        paths.removeIf(path -> paths.stream().anyMatch(other -> !other.equals(path) && other.covers(path)));
        if (paths.isEmpty() || paths.contains(PathPattern.ANY)) {
            return api;
        }
        List<Route> routes = new ArrayList<>();
        for (Route route : entry.routes()) {
            boolean inside = paths.stream()
                    .anyMatch(path -> path.covers(route.match().endpoint().path()));
            if (inside) {
                routes.add(route);
            }
        }
        routes.add(new Route(Match.any(), null, rest.get().origin()));
        return new ApiModel(
                api.name(),
                api.namespace(),
                new Entry(
                        entry.hosts(),
                        access(entry.access(), paths),
                        routes,
                        entry.rewrites(),
                        entry.headers(),
                        entry.pathParameters(),
                        paths,
                        entry.authorizer(),
                        entry.login()),
                api.service(),
                api.guards(),
                api.origin());
    }

    /** The same rules; what is said about every path is said about those of the API alone. */
    private static Access access(Access access, List<PathPattern> paths) {
        if (!access.isRestricted()) {
            return access;
        }
        List<AccessRule> rules = new ArrayList<>();
        for (AccessRule rule : access.rules()) {
            if (!rule.endpoint().path().equals(PathPattern.ANY)) {
                rules.add(rule);
                continue;
            }
            for (PathPattern path : paths) {
                Endpoint endpoint = new Endpoint(rule.endpoint().methods(), path);
                boolean said = access.rules().stream()
                        .anyMatch(other -> other.endpoint().path().equals(path));
                if (!said) {
                    rules.add(new AccessRule(endpoint, rule.requirement(), rule.origin()));
                }
            }
        }
        return new Access(access.issuers(), access.audiences(), rules);
    }

    private static boolean isNothing(Route route) {
        return route.answer() instanceof Answer.Direct direct
                && direct.status() == 404
                && direct.body().isEmpty();
    }
}
