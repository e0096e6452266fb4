package dev.lintel.mesh.imports;

import dev.lintel.core.evaluate.Token;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
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
        if (refused(request, request.path(), policy -> policy.namespace().equals("istio-system"), "")) {
            return "answered 403";
        }
        for (Manifest object : objects) {
            if (!object.kind().equals("VirtualService")
                    || !texts(object.spec(), "hosts").contains(request.host())) {
                continue;
            }
            for (Map<String, Object> http : maps(object.spec(), "http")) {
                List<Map<String, Object>> matches = maps(http, "match");
                for (Map<String, Object> match : matches.isEmpty() ? List.of(Map.<String, Object>of()) : matches) {
                    if (matches(match, request)) {
                        return routed(http, match, request);
                    }
                }
            }
        }
        return "answered 404";
    }

    private String routed(Map<String, Object> http, Map<String, Object> match, Asked request) {
        if (http.containsKey("directResponse")) {
            return "answered " + map(http, "directResponse").get("status");
        }
        String service =
                String.valueOf(map(maps(http, "route").get(0), "destination").get("host"));
        String path = request.path();
        Object to = map(http, "rewrite").get("uri");
        if (to != null) {
            Map<String, Object> uri = map(match, "uri");
            String replaced = String.valueOf(uri.getOrDefault("exact", uri.getOrDefault("prefix", "/")));
            path = to + path.substring(replaced.length());
        }
        boolean refused = refused(
                request, path, policy -> policy.namespace().equals("shop") && selects(policy, service), GATEWAY);
        return refused ? "answered 403" : "to " + service + " " + path;
    }

    private static boolean selects(Manifest policy, String service) {
        Map<String, Object> labels = map(map(policy.spec(), "selector"), "matchLabels");
        return labels.isEmpty() || labels.equals(Map.of("app", service));
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

    private boolean refused(Asked request, String path, Predicate<Manifest> about, String principal) {
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
