package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which paths of its hosts belong to an API that was read from objects of anybody: those at which there is something of
 * it. Where nobody's tokens are read nobody is asked for one, and what is denied is answered 403.
 */
final class ForeignPaths {
    private static final int FORBIDDEN = 403;

    private final ApiModel api;
    private final List<Problem> problems;

    private ForeignPaths(ApiModel api, List<Problem> problems) {
        this.api = api;
        this.problems = problems;
    }

    static ApiModel of(ApiModel api, List<Problem> problems) {
        return new ForeignPaths(api, problems).read();
    }

    private ApiModel read() {
        Entry entry = api.entry();
        List<Route> all = entry.routes();
        boolean shared = all.stream().anyMatch(ForeignPaths::isElsewhere);
        boolean rest = all.stream().anyMatch(route -> route.match().equals(Match.any()) && isAbsent(route));
        List<PathPattern> paths = shared || rest ? paths(all) : List.of();
        if (paths.isEmpty() && (shared || rest)) {
            return api;
        }
        boolean split = all.stream()
                .anyMatch(route -> isElsewhere(route)
                        && !isWhole(route)
                        && paths.stream()
                                .anyMatch(own ->
                                        own.covers(route.match().endpoint().path())));
        if (split) {
            problems.add(Fields.unread(
                    "API " + api.id(), "shares one path with another service by method, header or parameter"));
        }
        List<Route> routes = new ArrayList<>();
        for (Route route : all) {
            boolean last = route.match().equals(Match.any());
            if (!isElsewhere(route)
                    && !(last && isAbsent(route))
                    && within(paths, route.match().endpoint().path())) {
                routes.add(route);
            }
        }
        if (routes.stream().noneMatch(route -> route.match().equals(Match.any()))) {
            routes.add(new Route(Match.any(), null, api.origin()));
        }
        Access access = access(entry.access(), paths, all);
        if (access.issuers().isEmpty() && access.isRestricted()) {
            routes = answered(access, routes);
            access = Access.OPEN;
        }
        return with(access, needed(routes), paths);
    }

    private ApiModel with(Access access, List<Route> routes, List<PathPattern> paths) {
        Entry entry = api.entry();
        Entry changed = new Entry(
                entry.hosts(),
                access,
                routes,
                entry.rewrites(),
                entry.headers(),
                entry.pathParameters(),
                paths,
                entry.authorizer(),
                entry.login());
        return new ApiModel(api.name(), api.namespace(), changed, api.service(), api.guards(), api.origin());
    }

    /** The widest paths at which there is something. */
    private static List<PathPattern> paths(List<Route> routes) {
        Set<PathPattern> found = new LinkedHashSet<>();
        for (Route route : routes) {
            if (!isAbsent(route)) {
                found.add(route.match().endpoint().path());
            }
        }
        List<PathPattern> paths = new ArrayList<>(found);
        paths.removeIf(path -> found.stream().anyMatch(other -> !other.equals(path) && other.covers(path)));
        return paths;
    }

    private static boolean within(List<PathPattern> paths, PathPattern path) {
        return paths.isEmpty() || path.equals(PathPattern.ANY) || paths.stream().anyMatch(wide -> wide.covers(path));
    }

    /** The same rules; what is said about every path is said about those of the API alone. */
    private static Access access(Access access, List<PathPattern> paths, List<Route> routes) {
        if (!access.isRestricted() || paths.isEmpty() || paths.contains(PathPattern.ANY)) {
            return access;
        }
        List<AccessRule> rules = new ArrayList<>();
        for (AccessRule rule : access.rules()) {
            PathPattern path = rule.endpoint().path();
            boolean absent = routes.stream()
                    .anyMatch(route -> isElsewhere(route)
                            && route.match().endpoint().path().covers(path));
            if (!path.equals(PathPattern.ANY)) {
                if (!absent && within(paths, path)) {
                    rules.add(rule);
                }
                continue;
            }
            for (PathPattern own : paths) {
                boolean said = access.rules().stream()
                        .anyMatch(other -> other.endpoint().path().equals(own));
                if (!said) {
                    rules.add(new AccessRule(
                            new Endpoint(rule.endpoint().methods(), own), rule.requirement(), rule.origin()));
                }
            }
        }
        return new Access(access.issuers(), access.audiences(), rules);
    }

    /** The routes with those that answer what the rules deny, in the order of the rules; a narrower rule comes first. */
    private static List<Route> answered(Access access, List<Route> routes) {
        List<Route> answered = new ArrayList<>();
        List<AccessRule> denied = access.rules().stream()
                .filter(rule -> !(rule.requirement() instanceof Requirement.Public))
                .toList();
        for (AccessRule rule : access.rules()) {
            boolean denies = denied.contains(rule);
            boolean spares = denied.stream()
                    .anyMatch(other ->
                            other.endpoint().path().covers(rule.endpoint().path()));
            if (denies || spares) {
                Answer answer = denies ? new Answer.Direct(FORBIDDEN, "", "") : null;
                answered.add(new Route(Match.of(rule.endpoint()), null, answer, rule.origin()));
            }
        }
        answered.addAll(routes);
        return answered;
    }

    /** Without routes to the service that no wider one would take elsewhere. */
    private static List<Route> needed(List<Route> routes) {
        List<Route> needed = new ArrayList<>();
        for (Route route : routes) {
            PathPattern path = route.match().endpoint().path();
            boolean plain = route.version() == null && route.answer() == null;
            boolean narrows = routes.stream()
                    .anyMatch(other -> (other.version() != null || other.answer() != null)
                            && other.match().endpoint().path().covers(path));
            boolean last = route.match().equals(Match.any());
            if (!plain || narrows && !last || last) {
                needed.add(route);
            }
        }
        return needed;
    }

    private static boolean isWhole(Route route) {
        return route.match().isEndpointOnly()
                && route.match().endpoint().methods().isEmpty();
    }

    private static boolean isElsewhere(Route route) {
        return route.answer() instanceof Answer.Direct direct && direct.body().equals(ForeignRoute.ELSEWHERE);
    }

    private static boolean isAbsent(Route route) {
        return isElsewhere(route)
                || route.answer() instanceof Answer.Direct direct
                        && direct.status() == 404
                        && direct.body().isEmpty();
    }
}
