package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Says a list of routes of which the first that matches wins in the order of a model, which asks the more specific route
 * first. Where these differ, what both routes match gets a route of its own.
 */
final class RouteOrder {
    /** More than this is no list that a person would write. */
    private static final int MOST = 4096;

    private RouteOrder() {}

    /**
     * The routes in the order of a model.
     *
     * @param first the first that matches wins
     * @throws IllegalArgumentException if there would be too many
     */
    static List<Route> of(List<Route> first) {
        List<Route> routes = new ArrayList<>(first);
        for (int i = 0; i < routes.size(); i++) {
            for (int j = i + 1; j < routes.size(); j++) {
                Route one = routes.get(i);
                Route other = routes.get(j);
                Optional<Match> both = both(one.match(), other.match());
                boolean told = both.isEmpty()
                        || Objects.equals(one.version(), other.version())
                                && Objects.equals(one.answer(), other.answer())
                        || Precedence.ORDER.compare(one.match(), other.match()) <= 0
                        || isTaken(routes.subList(0, i), both.get());
                if (!told) {
                    if (routes.size() == MOST) {
                        throw new IllegalArgumentException("routes overlap in more than " + MOST + " ways");
                    }
                    routes.add(i, new Route(both.orElseThrow(), one.version(), one.answer(), one.origin()));
                    i = -1;
                    break;
                }
            }
        }
        routes.sort((one, other) -> Precedence.ORDER.compare(one.match(), other.match()));
        return routes;
    }

    /** Whether an earlier route has just these requests, and is asked before whatever is less specific. */
    private static boolean isTaken(List<Route> earlier, Match both) {
        return earlier.stream().map(Route::match).anyMatch(match -> match.equals(both));
    }

    private static Optional<Match> both(Match one, Match other) {
        if (!one.endpoint().path().sameAs(other.endpoint().path())) {
            return Optional.empty();
        }
        Optional<Map<String, String>> headers = both(one.headers(), other.headers());
        Optional<Map<String, String>> query = both(one.query(), other.query());
        List<String> methods = new ArrayList<>(other.endpoint().methods());
        if (!one.endpoint().methods().isEmpty()) {
            List<String> mine = one.endpoint().methods().stream()
                    .filter(other.endpoint()::allows)
                    .toList();
            methods.removeIf(method -> !one.endpoint().allows(method));
            methods = mine.isEmpty() ? methods : new ArrayList<>(mine);
            if (methods.isEmpty()) {
                return Optional.empty();
            }
        }
        if (headers.isEmpty() || query.isEmpty()) {
            return Optional.empty();
        }
        Endpoint endpoint = new Endpoint(methods, one.endpoint().path());
        return Optional.of(new Match(endpoint, headers.get(), query.get()));
    }

    private static Optional<Map<String, String>> both(Map<String, String> one, Map<String, String> other) {
        Map<String, String> both = new LinkedHashMap<>(one);
        both.putAll(other);
        return both.entrySet().containsAll(one.entrySet()) ? Optional.of(both) : Optional.empty();
    }
}
