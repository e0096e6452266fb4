package dev.lintel.mesh.imports;

import dev.lintel.core.evaluate.Token;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Decides a request by going through the objects as a mesh would, one by one, without any of the readers: policies at the
 * gateway, the first route that matches, policies at the workload.
 */
final class NaiveMesh {
    private static final String GATEWAY = "cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account";

    private final Collection<Manifest> objects;

    NaiveMesh(Collection<Manifest> objects) {
        this.objects = objects;
    }

    /** A request. */
    record Asked(String host, String method, String path, Map<String, String> headers, Token token) {}

    String decide(Asked request) {
        if (refused(request, request.path(), NaiveMesh::isGateways, "")) {
            return "answered 403";
        }
        for (Taken taken : routes(request.host())) {
            for (Map<String, Object> match : taken.matches()) {
                if (matches(match, request)) {
                    return routed(taken.http(), match, request);
                }
            }
        }
        return "answered 404";
    }

    /** A route with all of its conditions, of which one must hold. */
    private record Taken(Map<String, Object> http, List<Map<String, Object>> matches) {
        boolean isWhole() {
            return matches.contains(Map.<String, Object>of());
        }
    }

    /** All routes for a host of what the gateway sees; those that take everything are the last. */
    private List<Taken> routes(String host) {
        List<Taken> routes = new ArrayList<>();
        for (Manifest object : objects) {
            boolean routing = object.kind().equals("VirtualService")
                    && texts(object.spec(), "hosts").contains(host)
                    && seen(object, "istio-system");
            for (Map<String, Object> http : routing ? maps(object.spec(), "http") : List.<Map<String, Object>>of()) {
                if (http.containsKey("delegate")) {
                    delegated(object, http, routes);
                } else {
                    routes.add(new Taken(http, conditions(http)));
                }
            }
        }
        routes.sort(Comparator.comparing(Taken::isWhole));
        return routes;
    }

    private void delegated(Manifest root, Map<String, Object> outer, List<Taken> into) {
        Map<String, Object> named = map(outer, "delegate");
        for (Manifest object : objects) {
            boolean meant = object.kind().equals("VirtualService")
                    && object.name().equals(named.get("name"))
                    && object.namespace().equals(named.getOrDefault("namespace", root.namespace()))
                    && seen(object, root.namespace());
            for (Map<String, Object> inner : meant ? maps(object.spec(), "http") : List.<Map<String, Object>>of()) {
                List<Map<String, Object>> both = new ArrayList<>();
                boolean clash = false;
                for (Map<String, Object> leaf : conditions(inner)) {
                    int before = both.size();
                    for (Map<String, Object> wide : conditions(outer)) {
                        if (isNarrower(leaf, wide)) {
                            Map<String, Object> one = new TreeMap<>(wide);
                            one.putAll(leaf);
                            Map<String, Object> headers = map(wide, "headers");
                            headers.putAll(map(leaf, "headers"));
                            one.put("headers", headers);
                            both.add(one.equals(Map.of("headers", Map.of())) ? Map.of() : one);
                        }
                    }
                    clash |= both.size() == before;
                }
                if (!clash) {
                    into.add(new Taken(inner, both));
                }
            }
        }
    }

    private static List<Map<String, Object>> conditions(Map<String, Object> http) {
        List<Map<String, Object>> matches = maps(http, "match");
        return matches.isEmpty() ? List.of(Map.of()) : matches;
    }

    /** Whether what a delegate asks for is among what the route that names it lets to it. */
    private static boolean isNarrower(Map<String, Object> leaf, Map<String, Object> wide) {
        Map<String, Object> uri = map(leaf, "uri");
        Map<String, Object> outer = map(wide, "uri");
        boolean path = uri.isEmpty()
                || outer.isEmpty()
                || uri.equals(outer)
                || outer.containsKey("prefix")
                        && String.valueOf(uri.values().iterator().next())
                                .startsWith(String.valueOf(outer.get("prefix")));
        boolean method = map(leaf, "method").isEmpty()
                || map(wide, "method").isEmpty()
                || map(leaf, "method").equals(map(wide, "method"));
        return path && method;
    }

    private static boolean seen(Manifest object, String namespace) {
        List<String> to = texts(object.spec(), "exportTo");
        return to.isEmpty()
                || to.contains("*")
                || to.contains(namespace)
                || to.contains(".") && object.namespace().equals(namespace);
    }

    private static boolean isGateways(Manifest policy) {
        Map<String, Object> labels = map(map(policy.spec(), "selector"), "matchLabels");
        return policy.namespace().equals("istio-system")
                && (labels.isEmpty()
                        || labels.equals(Map.of("istio", "ingressgateway"))
                        || labels.equals(Map.of("app", "istio-ingressgateway")));
    }

    private String routed(Map<String, Object> http, Map<String, Object> match, Asked request) {
        if (http.containsKey("directResponse")) {
            return "answered " + map(http, "directResponse").get("status");
        }
        String host =
                String.valueOf(map(maps(http, "route").get(0), "destination").get("host"));
        String service = host.replaceFirst("[.].*", "");
        String path = request.path();
        Object to = map(http, "rewrite").get("uri");
        if (to != null) {
            Map<String, Object> uri = map(match, "uri");
            String replaced = String.valueOf(uri.getOrDefault("exact", uri.getOrDefault("prefix", "/")));
            path = to + path.substring(replaced.length());
        }
        boolean refused = refused(request, path, policy -> isAbout(policy, service), GATEWAY);
        return refused ? "answered 403" : "to " + service + " " + path;
    }

    private static boolean isAbout(Manifest policy, String service) {
        Map<String, Object> labels = map(map(policy.spec(), "selector"), "matchLabels");
        return List.of("shop", "istio-system").contains(policy.namespace())
                && (labels.isEmpty() || labels.equals(Map.of("app", service)));
    }

    private static boolean matches(Map<String, Object> match, Asked request) {
        Map<String, Object> uri = map(match, "uri");
        boolean path = uri.isEmpty()
                || request.path().equals(uri.get("exact"))
                || uri.containsKey("prefix") && request.path().startsWith(String.valueOf(uri.get("prefix")));
        Map<String, Object> method = map(match, "method");
        boolean headers = map(match, "headers").entrySet().stream()
                .allMatch(one -> Map.of("exact", request.headers().getOrDefault(one.getKey(), ""))
                        .equals(one.getValue()));
        return path && headers && (method.isEmpty() || request.method().equals(method.get("exact")));
    }

    /** A token is one where somebody reads it. */
    private boolean refused(Asked asked, String path, Predicate<Manifest> about, String principal) {
        boolean reads = objects.stream()
                .anyMatch(object -> object.kind().equals("RequestAuthentication") && about.test(object));
        Asked request = reads
                ? asked
                : new Asked(asked.host(), asked.method(), asked.path(), asked.headers(), new Token.None());
        List<Manifest> policies = objects.stream()
                .filter(object -> object.kind().equals("AuthorizationPolicy"))
                .filter(about)
                .toList();
        List<Manifest> allow = new ArrayList<>();
        for (Manifest policy : policies) {
            boolean met = maps(policy.spec(), "rules").stream().anyMatch(rule -> met(rule, request, path, principal));
            if ("DENY".equals(policy.spec().get("action"))) {
                if (met) {
                    return true;
                }
            } else {
                allow.add(policy);
            }
        }
        return !allow.isEmpty()
                && allow.stream()
                        .noneMatch(policy -> maps(policy.spec(), "rules").stream()
                                .anyMatch(rule -> met(rule, request, path, principal)));
    }

    private static boolean met(Map<String, Object> rule, Asked request, String path, String principal) {
        List<Map<String, Object>> from = maps(rule, "from");
        List<Map<String, Object>> to = maps(rule, "to");
        return (from.isEmpty() || from.stream().anyMatch(one -> source(map(one, "source"), request, principal)))
                && (to.isEmpty() || to.stream().anyMatch(one -> operation(map(one, "operation"), request, path)))
                && maps(rule, "when").stream().allMatch(one -> when(one, request));
    }

    private static boolean source(Map<String, Object> source, Asked request, String principal) {
        String subject = request.token() instanceof Token.Verified token ? token.issuer() + "/" + token.subject() : "";
        return meant(source, "principals", principal)
                && !unmeant(source, "notPrincipals", principal)
                && meant(source, "requestPrincipals", subject)
                && !unmeant(source, "notRequestPrincipals", subject);
    }

    private static boolean operation(Map<String, Object> operation, Asked request, String path) {
        return meant(operation, "paths", path)
                && !unmeant(operation, "notPaths", path)
                && meant(operation, "methods", request.method())
                && !unmeant(operation, "notMethods", request.method())
                && meant(operation, "hosts", request.host());
    }

    private static boolean when(Map<String, Object> when, Asked request) {
        String key = String.valueOf(when.get("key"));
        String name = key.substring(key.indexOf('[') + 1, key.length() - 1);
        List<String> values = new ArrayList<>();
        if (request.token() instanceof Token.Verified token) {
            values.addAll(name.equals("scope") ? token.scopes() : List.of());
            values.add(String.valueOf(token.claims().get(name)));
        }
        return when.containsKey("values")
                ? values.stream().anyMatch(texts(when, "values")::contains)
                : values.stream().noneMatch(texts(when, "notValues")::contains);
    }

    private static boolean meant(Map<String, Object> part, String name, String value) {
        return !part.containsKey(name) || unmeant(part, name, value);
    }

    private static boolean unmeant(Map<String, Object> part, String name, String value) {
        return texts(part, name).stream()
                .anyMatch(pattern -> pattern.equals("*")
                        ? !value.isEmpty()
                        : pattern.endsWith("*")
                                ? value.startsWith(pattern.substring(0, pattern.length() - 1))
                                : pattern.equals(value));
    }

    private static Map<String, Object> map(Map<String, Object> tree, String name) {
        Map<String, Object> map = new TreeMap<>();
        if (tree.get(name) instanceof Map<?, ?> said) {
            said.forEach((key, value) -> map.put(String.valueOf(key), value));
        }
        return map;
    }

    private static List<Map<String, Object>> maps(Map<String, Object> tree, String name) {
        List<Map<String, Object>> maps = new ArrayList<>();
        if (tree.get(name) instanceof List<?> list) {
            list.forEach(one -> maps.add(map(Map.of("one", one), "one")));
        }
        return maps;
    }

    private static List<String> texts(Map<String, Object> tree, String name) {
        List<String> texts = new ArrayList<>();
        if (tree.get(name) instanceof List<?> list) {
            list.forEach(one -> texts.add(String.valueOf(one)));
        }
        return texts;
    }
}
