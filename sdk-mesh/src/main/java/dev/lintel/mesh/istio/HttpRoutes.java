package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.TimeoutRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes steps as the {@code http} list of a VirtualService. */
final class HttpRoutes {
    private final ApiModel api;
    private final Destinations destinations;
    private final List<Map<String, Object>> routes = new ArrayList<>();
    private final Taken taken;

    HttpRoutes(ApiModel api) {
        this(api, new Taken());
    }

    /** Behind routes of the same host that have taken some matches. */
    HttpRoutes(ApiModel api, Taken taken) {
        this.api = api;
        this.destinations = new Destinations(api);
        this.taken = taken;
    }

    /** For requests that enter by an exposed host. */
    List<Object> entry(List<RoutePlan.Step> steps) {
        List<Object> all = new ArrayList<>();
        if (AccessPlan.isNeeded(api)) {
            all.add(Hygiene.of(api).route());
        }
        all.addAll(of(steps));
        return all;
    }

    /** For some of the requests that enter by an exposed host. */
    List<Map<String, Object>> of(List<RoutePlan.Step> steps) {
        for (RoutePlan.Step step : steps) {
            if (step.route() == null) {
                add(
                        matches(Forms.uris(step.path()), MethodSet.ALL, Match.any(), null),
                        map("directResponse", map("status", 403)));
            } else if (step.route().answer() != null) {
                Match match = step.route().match();
                add(
                        matches(Forms.uris(step.path()), MethodSet.of(match.endpoint()), match, null),
                        Answers.write(step.route().answer()));
            } else {
                Match match = step.route().match();
                for (Part part : parts(step.path(), step.rewrite())) {
                    add(part, match, destinations.of(step.route().version()), headers(sent()));
                }
            }
        }
        return routes;
    }

    /** For calls from inside. */
    List<Object> mesh() {
        add(new Part(List.of(), Map.of()), Match.any(), destinations.of(null), Map.of());
        return List.copyOf(routes);
    }

    /** Some forms of a pattern that are rewritten alike. */
    private record Part(List<Map<String, Object>> uris, Map<String, Object> rewrite) {}

    private static List<Part> parts(PathPattern path, @Nullable Rewrite rewrite) {
        List<Map<String, Object>> uris = Forms.uris(path);
        if (rewrite == null) {
            return List.of(new Part(uris, Map.of()));
        }
        if (Forms.hasTemplate(path)) {
            String below = slash(rewrite.to());
            String from = "^" + Forms.quote(slash(Forms.node(rewrite.from(), "")));
            return List.of(new Part(uris, map("uriRegexRewrite", map("match", from, "rewrite", below))));
        }
        String node = Forms.node(path, "");
        String to = rewrite.apply(node.isEmpty() ? "/" : node);
        if (!rewrite.from().subtree()) {
            return List.of(new Part(uris, map("uri", to)));
        }
        if (uris.isEmpty()) {
            return List.of(new Part(List.of(map("prefix", "/")), map("uri", slash(rewrite.to()))));
        }
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(uris.subList(0, 1), map("uri", to)));
        if (uris.size() > 1) {
            parts.add(new Part(uris.subList(1, 2), map("uri", slash(to))));
        }
        return parts;
    }

    private static String slash(String node) {
        return node.endsWith("/") ? node : node + "/";
    }

    private void add(Part part, Match match, List<Destinations.Target> targets, Map<String, Object> headers) {
        TimeoutRule timeout = api.service().timeout();
        for (Retries.Share retries : Retries.of(api.service(), MethodSet.of(match.endpoint()))) {
            for (Destinations.Target target : targets) {
                add(
                        matches(part.uris(), retries.methods(), match, target),
                        map(
                                "rewrite",
                                rewrite(part.rewrite()),
                                "route",
                                target.destinations(),
                                "delegate",
                                target.delegate(),
                                "timeout",
                                timeout == null ? null : Retries.seconds(timeout.total()),
                                "retries",
                                retries.policy(),
                                "fault",
                                Faults.write(api.service().traffic().fault()),
                                "mirrors",
                                destinations.mirrors(),
                                "headers",
                                headers));
            }
        }
    }

    /** What is changed; a service elsewhere does not get what callers prove themselves with here. */
    private HeaderChanges sent() {
        HeaderChanges said = api.entry().headers();
        MoreHeaders more = said.more();
        if (!FarAccess.keepsTokens(api) || more.removeFromRequest().contains(FarSides.AUTHORIZATION)) {
            return said;
        }
        List<String> removed = new ArrayList<>(more.removeFromRequest());
        removed.add(FarSides.AUTHORIZATION);
        return new HeaderChanges(
                said.request(),
                said.response(),
                new MoreHeaders(more.addToRequest(), more.addToResponse(), removed, more.removeFromResponse()));
    }

    /** A service elsewhere is called by its own name. */
    private Map<String, Object> rewrite(Map<String, Object> path) {
        Elsewhere elsewhere = api.service().traffic().elsewhere();
        Map<String, Object> rewrite = new LinkedHashMap<>(path);
        if (elsewhere != null) {
            rewrite.put("authority", elsewhere.authority());
        }
        return rewrite;
    }

    /** Adds a rule without the matches that an earlier rule has taken. */
    private void add(List<Map<String, Object>> matches, Map<String, Object> action) {
        List<Map<String, Object>> left = new ArrayList<>();
        for (Map<String, Object> match : matches) {
            if (taken.add(match)) {
                left.add(match);
            }
        }
        if (!left.isEmpty()) {
            Map<String, Object> rule = map("match", left.contains(Map.of()) ? null : left);
            rule.putAll(action);
            routes.add(rule);
        }
    }

    /** None where a route and a choice ask for two values of one header. */
    private static List<Map<String, Object>> matches(
            List<Map<String, Object>> uris, MethodSet methods, Match match, Destinations.@Nullable Target target) {
        List<Map<String, Object>> matches = new ArrayList<>();
        Map<String, Object> headers = new LinkedHashMap<>();
        match.headers().forEach((name, value) -> headers.put(name, map("exact", value)));
        if (target != null && target.header() != null) {
            Object other = headers.put(target.header(), target.matched());
            if (other != null && !other.equals(target.matched())) {
                return List.of();
            }
        }
        Map<String, Object> query = new LinkedHashMap<>();
        match.query().forEach((name, value) -> query.put(name, map("exact", value)));
        List<Map<String, Object>> paths = uris.isEmpty() ? List.of(Map.of()) : uris;
        for (Map<String, Object> uri : paths) {
            Map<String, Object> one =
                    map("uri", uri, "method", method(methods), "headers", headers, "queryParams", query);
            matches.add(one);
        }
        return matches;
    }

    private static @Nullable Object method(MethodSet methods) {
        if (methods.isAll()) {
            return null;
        }
        return methods.names().size() == 1
                ? map("exact", methods.names().first())
                : map("regex", "^(" + String.join("|", methods.names()) + ")$");
    }

    /** Envoy removes first, then sets, then adds, as the model does. */
    private static Map<String, Object> headers(HeaderChanges changes) {
        MoreHeaders more = changes.more();
        return map(
                "request",
                map(
                        "set",
                        escaped(changes.request()),
                        "add",
                        escaped(more.addToRequest()),
                        "remove",
                        more.removeFromRequest()),
                "response",
                map(
                        "set",
                        escaped(changes.response()),
                        "add",
                        escaped(more.addToResponse()),
                        "remove",
                        more.removeFromResponse()));
    }

    /** Envoy takes a percent sign in a header's value for the beginning of a command. */
    private static Map<String, Object> escaped(Map<String, String> headers) {
        Map<String, Object> escaped = new LinkedHashMap<>();
        headers.forEach((name, value) -> escaped.put(name, value.replace("%", "%%")));
        return escaped;
    }
}
