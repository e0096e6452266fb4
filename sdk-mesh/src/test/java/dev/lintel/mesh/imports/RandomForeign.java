package dev.lintel.mesh.imports;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.evaluate.Token;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Objects such as people write, and requests that come near to what they say. */
final class RandomForeign {
    static final String HOST = "web.shop.example.com";
    private static final List<String> PATHS = List.of("/a", "/a/b", "/b", "/foo", "/foo/a");
    private static final List<String> SERVICES = List.of("orders", "billing");

    private final Random random;

    RandomForeign(long seed) {
        this.random = new Random(seed);
    }

    List<Manifest> objects() {
        List<Manifest> objects = new ArrayList<>();
        objects.add(object(
                "networking.istio.io/v1",
                "Gateway",
                "shop",
                "gw",
                map(
                        "selector", map("istio", "ingressgateway"),
                        "servers",
                                List.of(map(
                                        "port",
                                        map("number", 80, "name", "http", "protocol", "HTTP"),
                                        "hosts",
                                        List.of("shop/*"))))));
        for (String service : SERVICES) {
            objects.add(object(
                    "v1",
                    "Service",
                    "shop",
                    service,
                    map("selector", map("app", service), "ports", List.of(map("port", 8080)))));
        }
        objects.add(virtualService("web", routes()));
        if (random.nextInt(3) == 0) {
            objects.add(virtualService("more", List.of(route())));
        }
        if (random.nextInt(3) == 0) {
            delegate(objects);
        }
        boolean gateway = random.nextInt(3) == 0;
        boolean root = !gateway && random.nextBoolean();
        Map<String, Object> tokens =
                map("jwtRules", List.of(map("issuer", "https://id.example", "forwardOriginalToken", true)));
        Map<String, Object> read = map("selector", gateway ? ingress() : null);
        read.putAll(tokens);
        objects.add(object(
                "security.istio.io/v1",
                "RequestAuthentication",
                gateway || root ? "istio-system" : "shop",
                "jwt",
                read));
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Map<String, Object> labels = map("matchLabels", map("app", pick(SERVICES)));
            boolean here = !gateway && !(root && random.nextInt(4) != 0);
            // In the root namespace: at the gateway, at workloads anywhere, or everywhere.
            Map<String, Object> selector = gateway ? ingress() : random.nextBoolean() ? null : labels;
            Map<String, Object> spec = map("selector", selector, "action", random.nextInt(3) == 0 ? "DENY" : "ALLOW");
            spec.put("rules", rules());
            objects.add(object(
                    "security.istio.io/v1",
                    "AuthorizationPolicy",
                    here ? "shop" : "istio-system",
                    "policy-" + i,
                    spec));
        }
        return objects;
    }

    private Map<String, Object> ingress() {
        return map(
                "matchLabels",
                random.nextInt(3) == 0 ? map("app", "istio-ingressgateway") : map("istio", "ingressgateway"));
    }

    private Manifest virtualService(String name, List<Map<String, Object>> routes) {
        Map<String, Object> spec = map("hosts", List.of(HOST), "gateways", List.of("gw"), "exportTo", exportTo());
        spec.put("http", routes);
        return object("networking.istio.io/v1beta1", "VirtualService", "shop", name, spec);
    }

    private @org.jspecify.annotations.Nullable List<String> exportTo() {
        return random.nextInt(3) != 0
                ? null
                : pick(List.of(
                        List.of("*"), List.of("."), List.of("shop"), List.of(".", "istio-system"), List.of("other")));
    }

    /** A part of the routes that another object says, in this namespace or another one. */
    private void delegate(List<Manifest> objects) {
        String namespace = pick(List.of("shop", "teams"));
        String path = pick(PATHS);
        List<Map<String, Object>> parts = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            String host = pick(SERVICES) + ".shop.svc.cluster.local";
            Map<String, Object> part = map("route", List.of(map("destination", map("host", host))));
            if (random.nextBoolean()) {
                String below = path + pick(List.of("/a", "/b", "/x"));
                part.put("match", List.of(map("uri", map("exact", below)), map("uri", map("prefix", below + "/"))));
            }
            parts.add(part);
        }
        Map<String, Object> spec = map("exportTo", exportTo());
        spec.put("http", parts);
        objects.add(object("networking.istio.io/v1", "VirtualService", namespace, "part", spec));
        Map<String, Object> root = map(
                "match",
                List.of(map("uri", map("prefix", path + "/")), map("uri", map("exact", path))),
                "delegate",
                map("name", "part", "namespace", namespace));
        objects.add(virtualService("root", List.of(root)));
    }

    private Map<String, Object> route() {
        Map<String, Object> route = map("match", matches());
        route.putAll(to(pick(SERVICES)));
        return route;
    }

    private List<Map<String, Object>> routes() {
        List<Map<String, Object>> routes = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Map<String, Object> route = map("match", matches());
            if (random.nextInt(8) == 0) {
                route.put("directResponse", map("status", 503));
            } else {
                route.putAll(to(pick(SERVICES)));
            }
            routes.add(route);
        }
        if (random.nextInt(3) != 0) {
            routes.add(to(pick(SERVICES)));
        }
        return routes;
    }

    private static Map<String, Object> to(String service) {
        return map("route", List.of(map("destination", map("host", service))));
    }

    private List<Map<String, Object>> matches() {
        String path = pick(PATHS);
        Map<String, Object> more = map(
                "method", random.nextInt(5) == 0 ? map("exact", pick(List.of("GET", "POST"))) : null,
                "headers", random.nextInt(6) == 0 ? map("x-beta", map("exact", "1")) : null);
        List<Map<String, Object>> matches = new ArrayList<>();
        matches.add(map("uri", map("exact", path)));
        matches.add(map("uri", random.nextInt(3) == 0 ? map("exact", path + "/") : map("prefix", path + "/")));
        matches.forEach(match -> match.putAll(more));
        return matches;
    }

    private List<Map<String, Object>> rules() {
        List<Map<String, Object>> rules = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Map<String, Object> source = switch (random.nextInt(5)) {
                case 0 -> map("requestPrincipals", List.of("*"));
                case 1 -> map("requestPrincipals", List.of("https://id.example/*"));
                case 2 -> map("notRequestPrincipals", List.of("*"));
                default -> map();
            };
            Map<String, Object> operation = map(
                    "paths", random.nextBoolean() ? paths() : null,
                    "notPaths", random.nextInt(5) == 0 ? paths() : null,
                    "methods", random.nextInt(3) == 0 ? List.of(pick(List.of("GET", "POST"))) : null);
            Map<String, Object> when = random.nextInt(4) != 0
                    ? map()
                    : random.nextBoolean()
                            ? map("key", "request.auth.claims[scope]", "values", List.of("read"))
                            : map(
                                    "key",
                                    "request.auth.claims[role]",
                                    pick(List.of("values", "notValues")),
                                    List.of("clerk"));
            rules.add(map(
                    "from", source.isEmpty() ? null : List.of(map("source", source)),
                    "to", operation.isEmpty() ? null : List.of(map("operation", operation)),
                    "when", when.isEmpty() ? null : List.of(when)));
        }
        return rules;
    }

    private List<String> paths() {
        String path = pick(PATHS);
        return List.of(path, path + "/", path + "/*");
    }

    NaiveMesh.Asked request() {
        StringBuilder path = new StringBuilder();
        int depth = random.nextInt(4);
        for (int i = 0; i < depth; i++) {
            path.append('/').append(pick(List.of("a", "b", "foo", "foobar", "x")));
        }
        path.append(depth == 0 || random.nextInt(4) == 0 ? "/" : "");
        Token token = random.nextInt(3) == 0
                ? new Token.None()
                : new Token.Verified(
                        "https://id.example",
                        "alice",
                        List.of(),
                        random.nextBoolean() ? List.of("read") : List.of(),
                        Map.of("role", pick(List.of("clerk", "guest"))));
        return new NaiveMesh.Asked(
                HOST,
                pick(List.of("GET", "POST", "PUT", "HEAD")),
                path.toString(),
                random.nextInt(3) == 0 ? Map.of("x-beta", "1") : Map.of(),
                token);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static Manifest object(
            String version, String kind, String namespace, String name, Map<String, Object> spec) {
        return new Manifest(version, kind, namespace, name, Map.of(), Map.of(), spec);
    }
}
