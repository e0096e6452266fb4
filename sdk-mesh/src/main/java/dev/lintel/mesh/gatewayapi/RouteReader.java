package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Problem;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.RetryRule;
import dev.lintel.mesh.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the rules of HTTPRoutes into what they do. */
final class RouteReader {
    private final String namespace;
    private final Function<String, Map<String, Object>> answers;
    private final BiPredicate<String, String> permits;
    private final List<Problem> problems;
    private final Set<String> backends = new LinkedHashSet<>();
    private final Set<String> authorities = new LinkedHashSet<>();
    private final Set<Optional<RetryRule>> retries = new LinkedHashSet<>();

    /**
     * A reader.
     *
     * @param namespace whose services may be destinations
     * @param answers what an HTTPRouteFilter of this name answers, empty if there is none
     * @param permits whether a service of another namespace may be a destination
     */
    RouteReader(
            String namespace,
            Function<String, Map<String, Object>> answers,
            BiPredicate<String, String> permits,
            List<Problem> problems) {
        this.namespace = namespace;
        this.answers = answers;
        this.permits = permits;
        this.problems = problems;
    }

    /** The Backends to which its rules lead. */
    Set<String> backends() {
        return backends;
    }

    /** By what name its rules call a service; empty for that by which they were called. */
    Set<String> authorities() {
        return authorities;
    }

    /** When its rules try again. */
    Set<Optional<RetryRule>> retries() {
        return retries;
    }

    /** The matches of one route; what is asked at its rules comes from policies. */
    List<SeenMatch> read(
            Manifest route,
            Part spec,
            Map<String, Object> shared,
            Function<@Nullable String, @Nullable SeenAccess> access) {
        List<SeenMatch> matches = new ArrayList<>();
        boolean rules = false;
        boolean grpc = route.kind().equals(Meta.GRPC_ROUTE);
        for (Part rule : spec.parts("rules")) {
            String name = rule.text("name");
            List<Part> asked = rule.parts("matches");
            if (grpc && rule.has("timeouts")) {
                rule.problem("has time-outs, which a GRPCRoute does not know");
            }
            SeenRule seen = rule(rule, shared, access.apply(name));
            if (asked.isEmpty()) {
                matches.add(new SeenMatch("PathPrefix", "/", Asked.NOTHING, seen));
            }
            for (Part match : asked) {
                SeenRule known = known(match, seen);
                if (known != null) {
                    matches.addAll(grpc ? grpc(match, known) : List.of(match(match, known)));
                }
            }
            rules = true;
            rule.end();
        }
        if (!rules) {
            problems.add(Part.unread(route.id(), "has no rules"));
        }
        return matches;
    }

    /**
     * What happens to whatever a match takes. One that asks for a header by an expression is left out, unless its rule asks
     * for a token: then whatever it may take is denied, since what it takes is not known.
     */
    private static @Nullable SeenRule known(Part match, SeenRule rule) {
        List<Part> unknown = new ArrayList<>();
        boolean cookie = false;
        for (Part header : match.peeks("headers")) {
            boolean exact = header.peek("type", "Exact").equals("Exact");
            boolean first = !cookie && "cookie".equalsIgnoreCase(header.peek("name", ""));
            cookie |= !exact && first;
            if (!exact && !first) {
                unknown.add(header);
            }
        }
        SeenAccess access = rule.access();
        unknown.forEach(header -> header.problem("asks for something else than one exact value; "
                + (access == null
                        ? "the match is left out"
                        : "whatever the rest of the match takes is read as denied")));
        if (unknown.isEmpty()) {
            return rule;
        }
        return access == null
                ? null
                : new SeenRule(
                        rule.action(),
                        rule.replaced(),
                        rule.prefix(),
                        new SeenAccess(access.issuers(), access.audiences(), Requirement.DENIED, access.authorizer()));
    }

    private static List<SeenMatch> grpc(Part match, SeenRule rule) {
        List<SeenMatch> seen = Grpc.read(match, rule, asked(match, null, Map.of()));
        match.end();
        return seen;
    }

    private static SeenMatch match(Part match, SeenRule rule) {
        Part path = match.part("path");
        String type = path.text("type", "PathPrefix");
        String value = path.text("value", "/");
        path.end();
        if (type.equals("PathPrefix") && value.length() > 1 && value.endsWith("/")) {
            value = value.substring(0, value.length() - 1);
        }
        Map<String, String> query = new LinkedHashMap<>();
        for (Part parameter : match.parts("queryParams")) {
            parameter.only("type", "Exact");
            query.putIfAbsent(parameter.text("name", ""), parameter.text("value", ""));
            parameter.end();
        }
        Asked asked = asked(match, match.text("method"), query);
        match.end();
        return new SeenMatch(type, value, asked, rule);
    }

    private static Asked asked(Part match, @Nullable String method, Map<String, String> query) {
        Map<String, String> headers = new LinkedHashMap<>();
        String cookie = null;
        for (Part header : match.parts("headers")) {
            String name = header.text("name", "").toLowerCase(Locale.ROOT);
            String form = header.text("type", "Exact");
            String text = header.text("value", "");
            header.end();
            if (form.equals("Exact")) {
                headers.putIfAbsent(name, text);
            } else if (name.equals("cookie") && cookie == null) {
                cookie = text;
            }
        }
        return new Asked(method, headers, cookie, query);
    }

    private SeenRule rule(Part rule, Map<String, Object> shared, @Nullable SeenAccess access) {
        Map<String, Object> action = new LinkedHashMap<>();
        List<Object> mirrors = new ArrayList<>();
        Map<String, Object> headers = new LinkedHashMap<>();
        String replaced = null;
        String authority = "";
        boolean prefix = false;
        for (Part filter : rule.parts("filters")) {
            String type = filter.text("type", "");
            switch (type) {
                case "RequestHeaderModifier" -> headers.put("request", headers(filter.part("requestHeaderModifier")));
                case "ResponseHeaderModifier" ->
                    headers.put("response", headers(filter.part("responseHeaderModifier")));
                case "RequestMirror" -> mirrors.add(mirror(filter.part("requestMirror")));
                case "RequestRedirect" -> action.put("redirect", redirect(filter.part("requestRedirect")));
                case "ExtensionRef" -> action.putAll(answer(filter.part("extensionRef")));
                case "URLRewrite" -> {
                    Part rewrite = filter.part("urlRewrite");
                    Part path = rewrite.part("path");
                    prefix = path.text("type", "").equals("ReplacePrefixMatch");
                    replaced = path.text(prefix ? "replacePrefixMatch" : "replaceFullPath");
                    authority = rewrite.text("hostname", "");
                    path.end();
                    rewrite.end();
                }
                default -> filter.problem("a filter of type '" + type + "' is not known");
            }
            filter.end();
        }
        List<Object> destinations = destinations(rule, action);
        boolean answered = action.containsKey("redirect") || action.containsKey("directResponse");
        if (answered == !destinations.isEmpty()) {
            rule.problem("neither goes somewhere nor is answered");
        }
        if (!answered) {
            authorities.add(authority);
            action.putAll(map("rewrite", authority.isEmpty() ? Map.of() : map("authority", authority)));
            action.put("route", destinations);
            action.putAll(shared);
            Part timeouts = rule.part("timeouts");
            String request = timeouts.text("request");
            action.putAll(map(
                    "timeout",
                    request == null || isNothing(request) ? null : seconds(rule, request),
                    "mirrors",
                    mirrors,
                    "headers",
                    headers));
            action.put("retries", map("attempts", 0));
            retries.add(rule.has("retry") ? Optional.of(StandardRetries.read(rule, timeouts)) : Optional.empty());
            if (isNothing(timeouts.peek("backendRequest", ""))) {
                String unusedText = timeouts.text("backendRequest");
            }
            timeouts.end();
        }
        return new SeenRule(action, replaced, prefix, access);
    }

    /** A time-out of nothing is none (GEP-1742). */
    static boolean isNothing(String text) {
        return Durations.read(text).filter(Duration::isZero).isPresent();
    }

    private static String seconds(Part rule, String text) {
        if (Durations.read(text).isEmpty()) {
            rule.problem("timeouts.request is no duration: " + text);
        }
        return Durations.seconds(Durations.read(text).orElse(Duration.ZERO));
    }

    private static Map<String, Object> headers(Part modifier) {
        Map<String, Object> headers =
                map("set", modifier.named("set"), "add", modifier.named("add"), "remove", modifier.texts("remove"));
        modifier.end();
        return headers;
    }

    private Map<String, Object> mirror(Part mirror) {
        Map<String, Object> destination = destination(mirror.part("backendRef"), true);
        Integer percent = mirror.number("percent");
        mirror.end();
        int share = percent == null ? 100 : percent;
        return map("destination", destination, "percentage", map("value", share));
    }

    private static Map<String, Object> redirect(Part redirect) {
        Part path = redirect.part("path");
        boolean prefix = path.text("type", "ReplaceFullPath").equals("ReplacePrefixMatch");
        String to = path.text(prefix ? "replacePrefixMatch" : "replaceFullPath");
        if (prefix) {
            to = to == null || to.isEmpty() ? "/" : to;
            path.problem(
                    "ReplacePrefixMatch keeps what is below the path, and a redirect of the model leads to one path: read"
                            + " as if everything were redirected to '" + to + "'");
        }
        Integer status = redirect.number("statusCode");
        Map<String, Object> read = map(
                "uri",
                to,
                "authority",
                redirect.text("hostname"),
                "port",
                redirect.number("port"),
                "scheme",
                redirect.text("scheme"),
                "redirectCode",
                status == null ? 302 : status);
        path.end();
        redirect.end();
        return read;
    }

    private Map<String, Object> answer(Part reference) {
        reference.only("group", Meta.ENVOY_GROUP);
        reference.only("kind", Meta.ROUTE_FILTER);
        String name = reference.text("name", "");
        reference.end();
        Map<String, Object> answer = answers.apply(name);
        if (answer.isEmpty()) {
            reference.problem("there is no answer '" + name + "'");
        }
        return answer;
    }

    /** A destination that may not be referred to answers its share with 500, as a rule of which none gets a share does. */
    private List<Object> destinations(Part rule, Map<String, Object> action) {
        List<Object> all = new ArrayList<>();
        boolean refused = false;
        List<Part> references = rule.parts("backendRefs");
        for (Part reference : references) {
            Integer weight = reference.number("weight");
            Map<String, Object> headers = new LinkedHashMap<>();
            for (Part filter : reference.parts("filters")) {
                filter.only("type", "ResponseHeaderModifier");
                headers.put("response", headers(filter.part("responseHeaderModifier")));
                filter.end();
            }
            boolean permitted = isPermitted(reference);
            Map<String, Object> destination = destination(reference, permitted);
            if (!permitted) {
                refused |= weight == null || weight > 0;
            } else if (weight == null || weight > 0) {
                all.add(map(
                        "destination",
                        destination,
                        "weight",
                        references.size() == 1 ? null : weight == null ? 1 : weight,
                        "headers",
                        headers));
            }
        }
        if (refused && !all.isEmpty()) {
            rule.problem(
                    "sends a share to a service of another namespace without a ReferenceGrant, which is answered 500");
        } else if (all.isEmpty() && !references.isEmpty()) {
            action.put("directResponse", map("status", 500, "body", map("string", "")));
        }
        return all;
    }

    private boolean isPermitted(Part reference) {
        String place = reference.peek("namespace", namespace);
        return place.equals(namespace) || permits.test(place, reference.peek("name", ""));
    }

    private Map<String, Object> destination(Part reference, boolean permitted) {
        String kind = reference.text("kind", "Service");
        reference.only(
                "group",
                switch (kind) {
                    case Meta.BACKEND -> Meta.ENVOY_GROUP;
                    case Meta.HOSTNAME -> Meta.ISTIO_GROUP;
                    default -> "";
                });
        if (kind.equals(Meta.HOSTNAME)) {
            Map<String, Object> port = map("number", reference.number("port"));
            String host = reference.text("name", "");
            reference.end();
            return map("host", host, "port", port);
        }
        if (!kind.equals(Meta.BACKEND) && !kind.equals("Service")) {
            reference.problem("goes to a " + kind);
        }
        String place = reference.text("namespace", namespace);
        if (permitted && !place.equals(namespace)) {
            reference.problem("goes to the namespace '" + place + "'");
        }
        Integer port = reference.number("port");
        String name = reference.text("name", "");
        reference.end();
        if (kind.equals(Meta.BACKEND)) {
            backends.add(place + "/" + name);
            port = 80;
        }
        return map("host", name + "." + place + ".svc.cluster.local", "port", map("number", port));
    }
}
