package dev.lintel.core.engine;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.LoginRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an API that has only some paths of its hosts says about others. Such a rule would never be asked, and whoever wrote
 * it believes that it is.
 */
final class OwnPaths {
    private final ApiModel api;
    private final List<PathPattern> paths;
    private final List<Problem> problems = new ArrayList<>();

    OwnPaths(ApiModel api) {
        this.api = api;
        this.paths = api.entry().paths();
    }

    List<Problem> problems() {
        if (paths.isEmpty()) {
            return problems;
        }
        api.entry().access().rules().forEach(rule -> outside("access to", rule.endpoint(), rule.origin()));
        api.entry().routes().forEach(route -> outside("the route", route.match().endpoint(), route.origin()));
        api.entry()
                .rewrites()
                .forEach(rewrite ->
                        outside("the rewrite of", new Endpoint(List.of(), rewrite.from()), rewrite.origin()));
        LoginRule login = api.entry().login();
        if (login != null) {
            PathPattern own = PathPattern.parse(login.prefix() + "/**");
            if (paths.stream().noneMatch(path -> path.covers(own))) {
                problems.add(new Problem(
                        "paths.login",
                        api.id(),
                        "the login's own endpoints '" + own + "' are not among the API's paths " + said(),
                        "say atPaths(…) with '" + own + "' too, or a prefix of the login below one of them",
                        login.origin()));
            }
        }
        return problems;
    }

    private void outside(String what, Endpoint endpoint, Origin origin) {
        if (paths.stream().noneMatch(path -> path.intersect(endpoint.path()).isPresent())) {
            problems.add(new Problem(
                    "paths.outside",
                    api.id(),
                    what + " '" + endpoint + "' is never asked, because the API has only the paths " + said(),
                    "leave it out, or say atPaths(…) with that path too",
                    origin));
        }
    }

    private String said() {
        return paths.stream().map(path -> "'" + path + "'").collect(Collectors.joining(", "));
    }
}
