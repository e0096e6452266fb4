package dev.lintel.core.engine;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The rules of host names: a namespace binds only hosts below its own label, so that two namespaces never share one, and no
 * path of a host is claimed twice.
 */
final class Hosts {
    private Hosts() {}

    /**
     * What is wrong with a host that an API asks for, if anything. Below the world's own domain a host is exactly {@code
     * name.namespace.domain}, because {@code *.billing.domain} would also match {@code x.shop.billing.domain}.
     */
    static Optional<Problem> foreign(String id, String namespace, String host, Optional<World> world, Origin origin) {
        if (World.isInside(host)) {
            return Optional.of(new Problem(
                    "host.inside",
                    id + " entry.host/v1",
                    "host '" + host + "' is a name under which services are called from inside",
                    "expose it below a domain of your own, for example {name}." + namespace + ".example.com",
                    origin));
        }
        String[] labels = host.split("\\.", 3);
        boolean own = labels.length == 3 && labels[1].equals(namespace);
        boolean elsewhere = world.isEmpty() || !host.endsWith("." + world.get().domain());
        if (own && (elsewhere || labels[2].equals(world.get().domain()))) {
            return Optional.empty();
        }
        String domain = world.map(World::domain).orElse("example.com");
        return Optional.of(new Problem(
                "host.foreign",
                id + " entry.host/v1",
                "host '" + host + "' is not below the namespace's own label '" + namespace + "'",
                "a namespace can bind only {name}." + namespace + ".{domain}, for example " + labels[0] + "."
                        + namespace + "." + domain,
                origin));
    }

    /** One host belongs to one API, or to several that have different paths of it. */
    static List<Problem> collisions(MeshModel model) {
        List<Problem> problems = new ArrayList<>();
        Map<String, List<ApiModel>> owners = new HashMap<>();
        for (ApiModel api : model.apis()) {
            for (String host : api.entry().hosts()) {
                List<ApiModel> others = owners.computeIfAbsent(host, h -> new ArrayList<>(1));
                for (ApiModel other : others) {
                    collision(host, api, other).ifPresent(problems::add);
                    cookie(host, api, other).ifPresent(problems::add);
                }
                others.add(api);
            }
        }
        return problems;
    }

    private static Optional<Problem> collision(String host, ApiModel api, ApiModel other) {
        List<PathPattern> own = api.entry().paths();
        List<PathPattern> theirs = other.entry().paths();
        String message = "claims the host '" + host + "', which " + other.id() + " claims";
        String hint = "give one of them another host by atHost(…), or each some of its paths by atPaths(…)";
        if (own.isEmpty() != theirs.isEmpty()) {
            message = own.isEmpty()
                    ? "claims the host '" + host + "' with all its paths, of which " + other.id() + " claims "
                            + list(theirs)
                    : "claims the paths " + list(own) + " of the host '" + host + "', all paths of which " + other.id()
                            + " claims";
        } else if (!own.isEmpty()) {
            List<String> common = new ArrayList<>();
            for (PathPattern one : own) {
                theirs.forEach(two -> one.intersect(two)
                        .ifPresent(both -> common.add("'" + both + "' ('" + one + "' here, '" + two + "' there)")));
            }
            if (common.isEmpty()) {
                return Optional.empty();
            }
            message = "claims paths of the host '" + host + "' that " + other.id() + " claims, "
                    + String.join(" and ", common);
            hint = "give one of them other paths by atPaths(…), or another host by atHost(…)";
        }
        return Optional.of(
                new Problem("host.twice", api.id(), message + other.origin().after(" at "), hint, api.origin()));
    }

    /** A browser sends the cookies of a host to all of its paths, so that one login would take the other's for its own. */
    private static Optional<Problem> cookie(String host, ApiModel api, ApiModel other) {
        LoginRule login = api.entry().login();
        LoginRule theirs = other.entry().login();
        if (login == null || theirs == null || !login.cookie().equals(theirs.cookie())) {
            return Optional.empty();
        }
        return Optional.of(new Problem(
                "login.cookie",
                api.id(),
                "keeps its sessions at the host '" + host + "' in the cookie '" + login.cookie() + "', as " + other.id()
                        + " does" + theirs.origin().after(" at "),
                "give one of them another cookie, or another host",
                login.origin()));
    }

    private static String list(List<PathPattern> paths) {
        return paths.stream().map(path -> "'" + path + "'").collect(Collectors.joining(", "));
    }
}
