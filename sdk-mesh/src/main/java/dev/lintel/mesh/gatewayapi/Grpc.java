package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How paths of gRPC are said: by service and method. A path of one segment and what is below is a service, one of two is a
 * method.
 *
 * @see <a href="https://gateway-api.sigs.k8s.io/reference/spec/#grpcmethodmatch">Gateway API, GRPCMethodMatch</a>
 */
final class Grpc {
    static final String POST = "POST";

    private static final Pattern SERVICE = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*(\\.[A-Za-z_][A-Za-z_0-9]*)*+");
    private static final Pattern METHOD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

    private Grpc() {}

    static boolean speaks(ApiModel api) {
        return api.service().grpc() != null;
    }

    /** The kind of an API's routes. */
    static String kind(ApiModel api) {
        return speaks(api) ? Meta.GRPC_ROUTE : Meta.HTTP_ROUTE;
    }

    /** Whether a pattern is everything, a service or a method. */
    static boolean isSayable(PathPattern path) {
        List<String> segments = path.segments();
        return switch (segments.size()) {
            case 0 -> path.subtree();
            case 1 -> path.subtree() && SERVICE.matcher(segments.get(0)).matches();
            case 2 ->
                !path.subtree()
                        && SERVICE.matcher(segments.get(0)).matches()
                        && METHOD.matcher(segments.get(1)).matches();
            default -> false;
        };
    }

    /** A pattern in the fields of a match; empty for everything. */
    static Map<String, Object> form(PathPattern path) {
        List<String> segments = path.segments();
        return segments.isEmpty()
                ? Map.of()
                : map(
                        "type",
                        "Exact",
                        "service",
                        segments.get(0),
                        "method",
                        segments.size() < 2 ? null : segments.get(1));
    }

    /** The same API as its callers meet it, who use no other method than POST: nothing is told apart by methods. */
    static ApiModel posting(ApiModel api) {
        Entry entry = api.entry();
        Map<Match, Route> routes = new LinkedHashMap<>();
        for (Route route : entry.routes()) {
            if (route.match().endpoint().allows(POST)) {
                Match match = new Match(
                        new Endpoint(List.of(), route.match().endpoint().path()),
                        route.match().headers(),
                        route.match().query());
                routes.putIfAbsent(match, new Route(match, route.version(), route.answer(), route.origin()));
            }
        }
        Map<PathPattern, AccessRule> rules = new LinkedHashMap<>();
        for (AccessRule rule : entry.access().rules()) {
            PathPattern path = rule.endpoint().path();
            if (rule.endpoint().allows(POST)) {
                Endpoint endpoint = new Endpoint(List.of(), path);
                rules.putIfAbsent(path, new AccessRule(endpoint, rule.requirement(), rule.origin()));
            }
        }
        Access access =
                new Access(entry.access().issuers(), entry.access().audiences(), new ArrayList<>(rules.values()));
        Entry posting = new Entry(
                entry.hosts(),
                access,
                new ArrayList<>(routes.values()),
                entry.rewrites(),
                entry.headers(),
                entry.pathParameters(),
                entry.paths(),
                entry.authorizer(),
                entry.login());
        return new ApiModel(
                api.name(), api.namespace(), posting, api.service(), api.guards(), api.origin(), api.front());
    }

    /** The matches that a GRPCRoute's match stands for; a slash at the end of a method's path means nothing to gRPC. */
    static List<SeenMatch> read(Part match, SeenRule rule, Asked asked) {
        if (!match.has("method")) {
            return List.of(new SeenMatch("PathPrefix", "/", asked, rule));
        }
        Part method = match.part("method");
        method.only("type", "Exact");
        String service = method.text("service", "");
        String name = method.text("method", "");
        method.end();
        if (service.isEmpty()) {
            method.problem("asks for a method of any service, whose meaning is up to the implementation");
        }
        String path = "/" + service;
        return name.isEmpty()
                ? List.of(new SeenMatch("PathPrefix", path, asked, rule))
                : List.of(
                        new SeenMatch("Exact", path + "/" + name, asked, rule),
                        new SeenMatch("Exact", path + "/" + name + "/", asked, rule));
    }
}
