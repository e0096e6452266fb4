package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * The same APIs with their paths; what no route of a host reaches is left out.
     *
     * @param unread the objects of which something was not understood, which may be why no route reaches an API
     */
    static List<ApiModel> of(List<ApiModel> apis, Set<String> unread, List<Problem> problems) {
        Map<ApiModel, List<PathPattern>> paths = new LinkedHashMap<>();
        for (ApiModel api : apis) {
            if (api.entry().routes().stream().anyMatch(ForeignPaths::goesOn)) {
                paths.put(api, paths(api.entry().routes()));
            } else if (unread.stream().anyMatch(object -> isOf(object, api))
                    || problems.stream().anyMatch(problem -> problem.message().endsWith("the route is left out"))) {
                problems.add(Fields.unread(
                        "API " + api.id(),
                        "has no route that could be read, for what is told of them; it is left out"));
            } else {
                problems.add(Fields.travels("API " + api.id(), "is reached by no request; it is left out"));
            }
        }
        boolean answers = apis.stream()
                .flatMap(api -> api.entry().routes().stream())
                .anyMatch(route -> route.answer() != null && !isAbsent(route));
        if (answers && paths.size() < apis.size()) {
            problems.add(Fields.unread("VirtualServices", "answer requests where no service is reached"));
        }
        paths.forEach((api, own) -> unowned(api, paths).forEach(own::add));
        List<ApiModel> read = new ArrayList<>();
        paths.forEach((api, own) -> read.add(new ForeignPaths(api, problems).read(needed(own, others(api, paths)))));
        return read;
    }

    private static boolean isOf(String object, ApiModel api) {
        String routes = Meta.VIRTUAL_SERVICE + " " + api.namespace() + "/" + api.name();
        return object.equals(routes + "-entry") || object.equals(routes + "-mesh");
    }

    /** What is answered where no API of the host is; the first of them has it. */
    private static List<PathPattern> unowned(ApiModel api, Map<ApiModel, List<PathPattern>> all) {
        List<PathPattern> unowned = new ArrayList<>();
        for (Route route : api.entry().routes()) {
            PathPattern path = route.match().endpoint().path();
            boolean owned = all.entrySet().stream()
                    .filter(one ->
                            one.getKey().entry().hosts().equals(api.entry().hosts()))
                    .anyMatch(one -> one.getValue().stream().anyMatch(wide -> wide.covers(path)));
            if (route.answer() != null && !isAbsent(route) && !owned) {
                unowned.add(path);
            }
        }
        return unowned;
    }

    private ApiModel read(List<PathPattern> own) {
        Entry entry = api.entry();
        List<Route> all = entry.routes();
        boolean shared = all.stream().anyMatch(ForeignPaths::isElsewhere);
        boolean whole = own.contains(PathPattern.ANY);
        List<PathPattern> paths = whole && !shared ? List.of() : own;
        tell(paths);
        List<Route> routes = new ArrayList<>();
        for (Route route : all) {
            boolean last = route.match().equals(Match.any());
            if (!isElsewhere(route)
                    && (whole || !last)
                    && within(paths, route.match().endpoint().path())) {
                routes.add(route);
            }
        }
        if (routes.stream().noneMatch(route -> route.match().equals(Match.any()))) {
            routes.add(new Route(Match.any(), null, api.origin()));
        }
        Access access = access(entry.access(), paths, all);
        if (access.issuers().isEmpty() && access.isRestricted() && isPlain(access, routes)) {
            routes = answered(access, routes);
            access = Access.OPEN;
        }
        return with(access, needed(routes), paths);
    }

    /** What a model cannot say of paths and methods. */
    private void tell(List<PathPattern> paths) {
        List<Route> all = api.entry().routes();
        boolean split = all.stream()
                .filter(ForeignPaths::isElsewhere)
                .anyMatch(route -> !isWhole(route)
                                && within(paths, route.match().endpoint().path())
                        || all.stream()
                                .anyMatch(own -> !isAbsent(own)
                                        && own.match()
                                                .endpoint()
                                                .path()
                                                .equals(route.match().endpoint().path())));
        if (split) {
            problems.add(Fields.unread(
                    "API " + api.id(), "shares one path with another service by method, header or parameter"));
        }
        boolean head = all.stream()
                .anyMatch(route -> route.match().endpoint().methods().equals(List.of("HEAD"))
                        && all.stream()
                                .anyMatch(other -> !other.match().isEndpointOnly()
                                        && other.match().endpoint().methods().contains("GET")
                                        && other.match()
                                                .endpoint()
                                                .path()
                                                .equals(route.match().endpoint().path())));
        if (head) {
            problems.add(Fields.unread(
                    "API " + api.id(), "tells HEAD from GET where headers or parameters are asked for as well"));
        }
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
        return new ApiModel(
                api.name(), api.namespace(), changed, api.service(), api.guards(), api.origin(), api.front());
    }

    /** The paths at which requests go on to the service. */
    private static List<PathPattern> paths(List<Route> routes) {
        Set<PathPattern> found = new LinkedHashSet<>();
        routes.stream()
                .filter(ForeignPaths::goesOn)
                .forEach(route -> found.add(route.match().endpoint().path()));
        return new ArrayList<>(found);
    }

    /** The paths at the same hosts that go to other APIs. */
    private static List<PathPattern> others(ApiModel api, Map<ApiModel, List<PathPattern>> all) {
        return all.entrySet().stream()
                .filter(one -> !one.getKey().equals(api))
                .filter(one -> one.getKey().entry().hosts().stream()
                        .anyMatch(api.entry().hosts()::contains))
                .flatMap(one -> one.getValue().stream())
                .toList();
    }

    /** Without paths that wider ones of the API have as well, unless another API has a path that lies between them. */
    private static List<PathPattern> needed(List<PathPattern> found, List<PathPattern> others) {
        List<PathPattern> wideFirst = new ArrayList<>(new LinkedHashSet<>(found));
        wideFirst.sort(Precedence.ofPaths().reversed());
        List<PathPattern> kept = new ArrayList<>();
        for (PathPattern path : wideFirst) {
            boolean had = kept.stream()
                    .anyMatch(wide -> wide.covers(path)
                            && others.stream()
                                    .allMatch(other -> other.covers(wide)
                                            || path.covers(other)
                                            || other.intersect(path).isEmpty()));
            if (!had) {
                kept.add(path);
            }
        }
        List<PathPattern> paths = new ArrayList<>(new LinkedHashSet<>(found));
        paths.retainAll(kept);
        return paths;
    }

    private static boolean goesOn(Route route) {
        return route.answer() == null;
    }

    private static boolean within(List<PathPattern> paths, PathPattern path) {
        return paths.isEmpty() || path.equals(PathPattern.ANY) || paths.stream().anyMatch(wide -> wide.covers(path));
    }

    /** The same rules; what is said about wider paths is said about those of the API alone. */
    private static Access access(Access access, List<PathPattern> paths, List<Route> routes) {
        if (!access.isRestricted() || paths.isEmpty() || paths.contains(PathPattern.ANY)) {
            return access;
        }
        List<AccessRule> rules = new ArrayList<>();
        for (AccessRule rule : access.rules()) {
            PathPattern path = rule.endpoint().path();
            boolean absent = routes.stream()
                    .filter(ForeignPaths::isElsewhere)
                    .map(route -> route.match().endpoint().path())
                    .anyMatch(other -> other.covers(path)
                            && paths.stream().noneMatch(own -> other.covers(own) && own.covers(path)));
            if (!path.equals(PathPattern.ANY) && !absent && within(paths, path)) {
                rules.add(rule);
            }
        }
        for (PathPattern own : paths) {
            for (AccessRule rule : governing(access, own)) {
                if (!rule.endpoint().path().equals(own)) {
                    rules.add(new AccessRule(
                            new Endpoint(rule.endpoint().methods(), own), rule.requirement(), rule.origin()));
                }
            }
        }
        return new Access(access.issuers(), access.audiences(), rules);
    }

    /** The rules of the most specific path that has all of a path; each path has rules for every method. */
    private static List<AccessRule> governing(Access access, PathPattern own) {
        Optional<PathPattern> nearest = access.rules().stream()
                .map(rule -> rule.endpoint().path())
                .filter(path -> path.covers(own))
                .min(Precedence.ofPaths());
        return access.rules().stream()
                .filter(rule -> nearest.filter(rule.endpoint().path()::equals).isPresent())
                .toList();
    }

    /** Whether answers can take the place of what is denied: no route says more about the same paths. */
    private static boolean isPlain(Access access, List<Route> routes) {
        return access.rules().stream()
                        .allMatch(rule -> rule.requirement() instanceof Requirement.Public
                                || rule.endpoint().methods().isEmpty()
                                        && routes.stream()
                                                .filter(route -> !route.match().equals(Match.any()))
                                                .allMatch(route -> route.match()
                                                        .endpoint()
                                                        .path()
                                                        .intersect(
                                                                rule.endpoint().path())
                                                        .isEmpty()))
                && access.rules().stream()
                        .allMatch(rule -> rule.endpoint().methods().isEmpty());
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
                    .filter(other -> isWhole(other)
                            || !isWhole(route)
                            || !other.match().endpoint().path().equals(path))
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
