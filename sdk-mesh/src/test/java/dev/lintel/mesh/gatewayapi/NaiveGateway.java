package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides a request by going through the objects as the specification of Gateway API says, one by one, without any of the
 * readers: listeners, all matches in their order of precedence, policies, filters, backends.
 *
 * @see <a href="https://gateway-api.sigs.k8s.io/reference/spec/#httprouterule">Gateway API, HTTPRouteRule</a>
 */
final class NaiveGateway {
    private final Collection<Manifest> objects;
    private final Extension extension;
    private final boolean methodIsHeader;
    private final NaiveAccess access;

    /**
     * A gateway.
     *
     * @param methodIsHeader whether a method counts as one of the headers, as Envoy Gateway sorts
     * @param labels of the workloads of each service, by its namespace and name
     */
    NaiveGateway(
            Collection<Manifest> objects,
            GatewayApiDialect dialect,
            boolean methodIsHeader,
            Map<String, Map<String, String>> labels) {
        this.objects = objects;
        this.extension = dialect.extension();
        this.methodIsHeader = methodIsHeader;
        this.access = new NaiveAccess(objects, dialect, labels);
    }

    /** A match with the rule and the route in which it stands. */
    private record Candidate(
            Manifest route, Map<String, Object> rule, Map<String, Object> match, String path, int kind) {
        int count(String name) {
            return Tree.maps(match, name).size();
        }

        int method() {
            return match.get("method") instanceof String ? 1 : 0;
        }
    }

    /** What may come of a request, each with its share of a hundred. */
    Map<String, Integer> decide(RequestValue request) {
        Candidate best = candidates(request).stream().min(order()).orElse(null);
        if (best == null) {
            return Map.of("answered 404", 100);
        }
        if (extension == Extension.ENVOY_GATEWAY && !access.passes(best.route(), best.rule(), request)) {
            return Map.of("refused", 100);
        }
        String path = request.path();
        for (Map<String, Object> filter : Tree.maps(best.rule(), "filters")) {
            switch (Tree.text(filter, "type", "")) {
                case "RequestRedirect" -> {
                    return Map.of(
                            "answered " + Tree.map(filter, "requestRedirect").getOrDefault("statusCode", 302), 100);
                }
                case "ExtensionRef" -> {
                    return Map.of("answered " + status(best.route(), Tree.map(filter, "extensionRef")), 100);
                }
                case "URLRewrite" -> path = rewritten(best, path, Tree.map(Tree.map(filter, "urlRewrite"), "path"));
                default -> {}
            }
        }
        return shares(best, path, request);
    }

    private Map<String, Integer> shares(Candidate best, String path, RequestValue request) {
        List<Map<String, Object>> backends = Tree.maps(best.rule(), "backendRefs");
        int sum = backends.stream().mapToInt(NaiveGateway::weight).sum();
        Map<String, Integer> shares = new TreeMap<>();
        for (Map<String, Object> backend : backends) {
            String service = Tree.text(backend, "name", "");
            boolean passes = extension != Extension.ISTIO
                    || access.passesWorkload(best.route().namespace(), service, path, request);
            boolean remembered = Tree.maps(backend, "filters").stream()
                    .anyMatch(filter -> String.valueOf(filter).contains("Set-Cookie"));
            String words = passes ? "to " + service + " " + path + (remembered ? " remembered" : "") : "refused";
            if (weight(backend) > 0) {
                shares.merge(words, 100 * weight(backend) / sum, Integer::sum);
            }
        }
        return shares;
    }

    private static int weight(Map<String, Object> backend) {
        return backend.get("weight") instanceof Integer weight ? weight : 1;
    }

    private Object status(Manifest route, Map<String, Object> reference) {
        for (Manifest object : objects) {
            if (object.kind().equals("HTTPRouteFilter")
                    && object.namespace().equals(route.namespace())
                    && object.name().equals(reference.get("name"))) {
                return Tree.map(object.spec(), "directResponse").getOrDefault("statusCode", 200);
            }
        }
        return 500;
    }

    private static String rewritten(Candidate best, String path, Map<String, Object> rewrite) {
        if (rewrite.isEmpty()) {
            return path;
        }
        if (rewrite.get("type").equals("ReplaceFullPath")) {
            return Tree.text(rewrite, "replaceFullPath", "/");
        }
        String rest = path.substring(best.path().equals("/") ? 0 : best.path().length());
        String to = Tree.text(rewrite, "replacePrefixMatch", "/").replaceAll("/$", "");
        return (to + rest).isEmpty() ? "/" : to + rest;
    }

    /** The smaller comes first; regular expressions are where the implementation has them. */
    private Comparator<Candidate> order() {
        Comparator<Candidate> byPath = Comparator.comparingInt(Candidate::kind)
                .thenComparingInt(one -> -one.path().length());
        Comparator<Candidate> more = methodIsHeader
                ? byPath.thenComparingInt(one -> -one.count("headers") - one.method())
                : byPath.thenComparingInt(one -> -one.method()).thenComparingInt(one -> -one.count("headers"));
        return more.thenComparingInt(one -> -one.count("queryParams"))
                .thenComparing(
                        one -> one.route().namespace() + "/" + one.route().name());
    }

    private List<Candidate> candidates(RequestValue request) {
        List<Candidate> all = new ArrayList<>();
        for (Manifest route : objects) {
            if (!route.kind().endsWith("Route") || !serves(route, request.host())) {
                continue;
            }
            boolean grpc = route.kind().equals("GRPCRoute");
            for (Map<String, Object> rule : Tree.maps(route.spec(), "rules")) {
                List<Map<String, Object>> matches = Tree.maps(rule, "matches");
                for (Map<String, Object> match : matches.isEmpty() ? List.of(Map.<String, Object>of()) : matches) {
                    Candidate candidate = grpc ? grpc(route, rule, match) : http(route, rule, match);
                    if (matches(candidate, request)) {
                        all.add(candidate);
                    }
                }
            }
        }
        return all;
    }

    private Candidate http(Manifest route, Map<String, Object> rule, Map<String, Object> match) {
        Map<String, Object> path = Tree.map(match, "path");
        String type = Tree.text(path, "type", "PathPrefix");
        int expression = extension == Extension.ENVOY_GATEWAY ? 1 : 3;
        int kind = type.equals("Exact") ? 0 : type.equals("PathPrefix") ? 2 : expression;
        return new Candidate(route, rule, match, Tree.text(path, "value", "/"), kind);
    }

    private static Candidate grpc(Manifest route, Map<String, Object> rule, Map<String, Object> match) {
        Map<String, Object> method = Tree.map(match, "method");
        String service = Tree.text(method, "service", "");
        String name = Tree.text(method, "method", "");
        boolean exact = !name.isEmpty();
        String path = service.isEmpty() ? "/" : "/" + service + (exact ? "/" + name : "");
        return new Candidate(route, rule, match, path, exact ? 0 : 2);
    }

    private boolean matches(Candidate one, RequestValue request) {
        String path = request.path();
        boolean here = switch (one.kind()) {
            case 0 -> path.equals(one.path());
            case 2 -> one.path().equals("/") || path.equals(one.path()) || path.startsWith(one.path() + "/");
            default -> Pattern.matches(one.path(), path);
        };
        return here
                && (one.method() == 0 || request.method().equals(one.match().get("method")))
                && Tree.maps(one.match(), "headers").stream()
                        .allMatch(header -> asked(
                                header,
                                request.headers()
                                        .get(Tree.text(header, "name", "").toLowerCase(Locale.ROOT))))
                && Tree.maps(one.match(), "queryParams").stream()
                        .allMatch(asked -> asked(asked, parameter(request.query(), Tree.text(asked, "name", ""))));
    }

    private static boolean asked(Map<String, Object> asked, @Nullable String value) {
        String wanted = Tree.text(asked, "value", "");
        return value != null
                && (Tree.text(asked, "type", "Exact").equals("Exact")
                        ? value.equals(wanted)
                        : Pattern.matches(wanted, value));
    }

    private static @Nullable String parameter(@Nullable String query, String name) {
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }

    /** By an exact host name, through a listener that is for it, its kind and its namespace. */
    private boolean serves(Manifest route, String host) {
        return Tree.texts(route.spec(), "hostnames").contains(host)
                && Tree.maps(route.spec(), "parentRefs").stream()
                        .anyMatch(parent -> objects.stream()
                                .filter(object -> object.kind().equals("Gateway")
                                        && object.name().equals(parent.get("name"))
                                        && object.namespace().equals(parent.get("namespace")))
                                .flatMap(gateway -> Tree.maps(gateway.spec(), "listeners").stream())
                                .filter(listener ->
                                        Tree.text(parent, "sectionName", "").equals(listener.get("name")))
                                .anyMatch(listener -> host.endsWith(Tree.text(listener, "hostname", "*")
                                                .substring(1))
                                        && String.valueOf(listener.get("allowedRoutes"))
                                                .contains(route.namespace())
                                        && String.valueOf(listener.get("allowedRoutes"))
                                                .contains(route.kind())));
    }
}
