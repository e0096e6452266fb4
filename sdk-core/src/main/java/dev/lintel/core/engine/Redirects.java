package dev.lintel.core.engine;

import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds redirects that send callers in circles, as far as that is certain. */
final class Redirects {
    private final ApiModel api;

    Redirects(ApiModel api) {
        this.api = api;
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        List<Route> told = new ArrayList<>();
        for (Route route : api.entry().routes()) {
            List<Route> circle = circle(route);
            if (!circle.isEmpty() && circle.stream().noneMatch(told::contains)) {
                told.addAll(circle);
                problems.add(problem(circle));
            }
        }
        return problems;
    }

    private Problem problem(List<Route> circle) {
        Route first = circle.get(0);
        StringBuilder text = new StringBuilder("sends callers in circles: ");
        for (int i = 0; i < circle.size(); i++) {
            Route route = circle.get(i);
            Answer.Redirect to = (Answer.Redirect) route.answer();
            text.append(i == 0 ? "'" : ", '").append(route.match()).append("' redirects to '");
            text.append(to == null ? "" : to.path()).append("'");
            text.append(i == 0 ? "" : route.origin().after(" at "));
        }
        return new Problem(
                "redirect.circle",
                api.id(),
                text + ", which is redirected again",
                "redirect to a path that is not redirected itself, or to another host",
                first.origin());
    }

    /** The redirects that lead back to this one; empty if none do. */
    private List<Route> circle(Route start) {
        List<Route> way = new ArrayList<>();
        Optional<Route> at = Optional.of(start);
        while (at.isPresent() && !way.contains(at.get())) {
            way.add(at.get());
            at = next(at.get());
        }
        return at.isPresent() && at.get().equals(start) ? way : List.of();
    }

    /** The route that surely gets a caller who follows this one, if there is such a route. */
    private Optional<Route> next(Route route) {
        if (!(route.answer() instanceof Answer.Redirect to) || to.path() == null || leavesHere(to)) {
            return Optional.empty();
        }
        for (Route candidate : api.entry().routes()) {
            Endpoint endpoint = candidate.match().endpoint();
            if (endpoint.path().matches(to.path()) && methodsMeet(route, to, endpoint)) {
                boolean sure = candidate.match().headers().isEmpty()
                                && candidate.match().query().isEmpty()
                        || candidate.equals(route);
                return sure ? Optional.of(candidate) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private boolean leavesHere(Answer.Redirect to) {
        return to.scheme() != null
                || to.port() != null
                || to.host() != null && !api.entry().hosts().contains(to.host());
    }

    /** After 307 and 308 the method stays; otherwise a caller may come back with GET (RFC 9110, 15.4). */
    private static boolean methodsMeet(Route route, Answer.Redirect to, Endpoint endpoint) {
        if (to.status() != 307 && to.status() != 308) {
            return endpoint.allows("GET");
        }
        List<String> methods = route.match().endpoint().methods();
        return endpoint.methods().isEmpty() || methods.stream().anyMatch(endpoint::allows);
    }
}
