package dev.lintel.mesh.imports;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Version;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model as the definition that would say it, in the stored form: maps and lists as they stand in YAML. Policies of other
 * modules are known here by their kinds alone.
 */
final class StoredPolicies {
    /** The methods of RFC 9110 and RFC 5789, without those that follow another. */
    private static final List<String> METHODS =
            List.of("CONNECT", "DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT", "TRACE");

    private final ApiModel api;
    private final Unsaid lost;
    private final List<Map<String, Object>> policies = new ArrayList<>();

    /**
     * The stored form of one API.
     *
     * @param lost takes what a definition cannot say
     */
    StoredPolicies(ApiModel api, Unsaid lost) {
        this.api = api;
        this.lost = lost;
    }

    Map<String, Object> definition(String usualHost) {
        Service service = api.service();
        entry(usualHost);
        if (!service.labels().equals(Map.of("app", service.name()))) {
            say("service.workload-selector/v1", "labels", new TreeMap<>(service.labels()));
        }
        if (service.grpc() != null) {
            say("service.grpc/v1");
        }
        service.versions().forEach(this::version);
        policies.addAll(new AccessPolicy(lost).of(api));
        callers(service.callers());
        api.entry().routes().forEach(this::route);
        api.entry().rewrites().forEach(this::rewrite);
        headers(api.entry().headers());
        new StoredTraffic(policies, lost).service(service);
        api.guards().forEach(guard -> lost.add("a rule of kind " + guard.kind() + ": " + guard.describe()));
        String port = service.port() == 80 ? "" : ":" + service.port();
        return map(
                "kind", "Api/v1", "service", service.name() + port, "namespace", api.namespace(), "policies", policies);
    }

    private void say(String kind, @Nullable Object... fields) {
        Map<String, Object> policy = map("kind", kind);
        policy.putAll(map(fields));
        policies.add(policy);
    }

    private void entry(String usualHost) {
        Entry entry = api.entry();
        if (!entry.hosts().equals(List.of(usualHost))) {
            entry.hosts().forEach(host -> say("entry.host/v1", "host", host));
        }
        if (!entry.paths().isEmpty()) {
            say(
                    "entry.paths/v1",
                    "paths",
                    entry.paths().stream().map(PathPattern::toString).toList());
        }
        if (entry.pathParameters()) {
            say("entry.path-parameters/v1");
        }
        if (entry.authorizer() != null) {
            lost.add("who is asked about every request: " + entry.authorizer().describe());
        }
        if (entry.login() != null) {
            lost.add("how people log in at " + entry.login().issuer());
        }
    }

    private void version(Version version) {
        if (!version.equals(Version.labelled(version.name()))) {
            say(
                    "traffic.version/v1",
                    "name",
                    version.name(),
                    "labels",
                    new TreeMap<>(version.labels()),
                    "service",
                    version.service());
        }
    }

    private void callers(List<CallerRule> rules) {
        for (CallerRule rule : rules) {
            List<String> workloads = new ArrayList<>();
            List<String> namespaces = new ArrayList<>();
            rule.anyOf().forEach(peer -> {
                String text = peer.toString();
                if (text.startsWith("*.")) {
                    namespaces.add(text.substring(2));
                } else {
                    workloads.add(text);
                }
            });
            boolean everywhere = rule.endpoint().equals(Endpoint.any());
            say(
                    "auth.callers/v1",
                    "workloads",
                    workloads,
                    "namespaces",
                    namespaces,
                    "everybody",
                    rule.everybody() ? true : null,
                    "endpoints",
                    everywhere ? List.of() : List.of(rule.endpoint().toString()),
                    "entering",
                    rule.entering() && !rule.everybody() ? true : null);
        }
    }

    private static Map<String, Object> match(Match match) {
        return map("endpoint", match.endpoint().toString(), "headers", match.headers(), "query", match.query());
    }

    private void route(Route route) {
        if (route.version() != null) {
            say("traffic.route/v1", "match", match(route.match()), "version", route.version());
        } else if (route.answer() instanceof Answer.Redirect to) {
            Map<String, Object> redirect = map(
                    "status",
                    to.status(),
                    "scheme",
                    to.scheme(),
                    "host",
                    to.host(),
                    "port",
                    to.port(),
                    "path",
                    to.path());
            say("traffic.redirect/v1", "match", match(route.match()), "to", redirect);
        } else if (route.answer() instanceof Answer.Direct said) {
            Match match = answered(route.match());
            Map<String, Object> respond = map("match", match(match), "status", said.status());
            if (!said.contentType().isEmpty()) {
                respond.put("contentType", said.contentType());
            }
            if (!said.body().isEmpty()) {
                respond.put("body", said.body());
            }
            Map<String, Object> policy = map("kind", "traffic.respond/v1");
            policy.putAll(respond);
            policies.add(policy);
        } else if (!route.match().equals(Match.any()) && narrows(route) && !isSpared(route)) {
            lost.add("that " + route.match() + " goes to any version, which a wider route sends to one");
        }
    }

    /**
     * What is answered where other methods of the same path go to the service: the methods that are left. {@code HEAD}
     * is answered by itself where {@code GET} is none of them.
     */
    private Match answered(Match match) {
        Set<String> spared = new LinkedHashSet<>();
        for (Route route : api.entry().routes()) {
            Endpoint endpoint = route.match().endpoint();
            if (isPlain(route)
                    && route.match().isEndpointOnly()
                    && endpoint.path().equals(match.endpoint().path())) {
                spared.addAll(endpoint.methods());
            }
        }
        if (spared.isEmpty() || !match.isEndpointOnly()) {
            return match;
        }
        if (!match.endpoint().methods().isEmpty()) {
            return match;
        }
        List<String> left =
                METHODS.stream().filter(method -> !spared.contains(method)).toList();
        lost.add("that " + match + " is answered for methods other than " + METHODS);
        return new Match(new Endpoint(left, match.endpoint().path()), Map.of(), Map.of());
    }

    private static boolean isPlain(Route route) {
        return route.version() == null
                && route.answer() == null
                && !route.match().equals(Match.any());
    }

    /** Whether an answer at the same path leaves out what goes to the service. */
    private boolean isSpared(Route route) {
        return route.match().isEndpointOnly()
                && !route.match().endpoint().methods().isEmpty();
    }

    /** Whether a route to the service takes requests out of a wider one that does something else. */
    private boolean narrows(Route route) {
        return api.entry().routes().stream()
                .filter(other -> !isNarrower(other.match(), route.match()))
                .anyMatch(other -> (other.version() != null || other.answer() != null)
                        && other.match()
                                .endpoint()
                                .path()
                                .covers(route.match().endpoint().path()));
    }

    /** Whether it asks for a method, a header or a parameter at the very path at which another match asks for nothing. */
    private static boolean isNarrower(Match match, Match other) {
        return match.endpoint().path().equals(other.endpoint().path()) && isWhole(other) && !isWhole(match);
    }

    private static boolean isWhole(Match match) {
        return match.isEndpointOnly() && match.endpoint().methods().isEmpty();
    }

    private void rewrite(Rewrite rewrite) {
        String to = rewrite.to();
        String node = to.length() > 1 && to.endsWith("/") ? to.substring(0, to.length() - 1) : to;
        if (!node.equals(to)) {
            lost.add("the slash at the end of '" + to + "', to which " + rewrite.from() + " is rewritten");
        }
        String target = !rewrite.from().subtree() ? node : node.equals("/") ? "/**" : node + "/**";
        say("traffic.rewrite-path/v1", "from", rewrite.from().toString(), "to", target);
    }

    private void headers(HeaderChanges changes) {
        changes.more().removeFromRequest().forEach(name -> header("remove", "request", name, null));
        changes.more().removeFromResponse().forEach(name -> header("remove", "response", name, null));
        changes.request().forEach((name, value) -> header("set", "request", name, value));
        changes.response().forEach((name, value) -> header("set", "response", name, value));
        changes.more().addToRequest().forEach((name, value) -> header("add", "request", name, value));
        changes.more().addToResponse().forEach((name, value) -> header("add", "response", name, value));
    }

    private void header(String how, String message, String name, @Nullable String value) {
        say("traffic." + how + "-header/v1", "message", message, "name", name.toLowerCase(Locale.ROOT), "value", value);
    }
}
