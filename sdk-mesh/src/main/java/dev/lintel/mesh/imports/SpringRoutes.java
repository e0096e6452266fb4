package dev.lintel.mesh.imports;

import static dev.lintel.mesh.Trees.map;
import static dev.lintel.mesh.imports.Java.list;
import static dev.lintel.mesh.imports.Java.part;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.World;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.YamlTrees;
import dev.lintel.mesh.istio.IstioDialect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the routes of Spring Cloud Gateway: by their order, then as they are listed, the first one that matches. They are
 * put as the routes of a mesh, which are asked in the same way, and read as those are.
 *
 * @see <a href="https://docs.spring.io/spring-cloud-gateway/reference/spring-cloud-gateway-server-webflux/configuration.html">Spring
 *     Cloud Gateway, configuring route predicates and filters</a>
 */
final class SpringRoutes {
    private final String namespace;
    private final String usualHost;
    private final List<Problem> problems = new ArrayList<>();
    private final SpringPlaces places;
    private int document;

    private SpringRoutes(String text, String namespace, World world) {
        this.places = new SpringPlaces(text);
        this.namespace = namespace;
        this.usualHost = "gateway." + namespace + "." + world.domain();
    }

    static Dialect.Read read(String text, String namespace, World world) {
        SpringRoutes routes = new SpringRoutes(text, namespace, world);
        List<Manifest> manifests = new ArrayList<>();
        Set<String> kinds = new TreeSet<>();
        for (Object document : YamlTrees.read(text)) {
            if (document instanceof Map<?, ?> map && map.get("kind") instanceof String kind) {
                kinds.add(kind);
            }
            manifests.addAll(routes.manifests(Map.of("document", document)));
            routes.document++;
        }
        if (manifests.isEmpty() && routes.problems.isEmpty()) {
            throw new IllegalArgumentException("holds no routes: neither spring.cloud.gateway.routes nor"
                    + " those of spring.cloud.gateway.server.webflux, server.webmvc or mvc"
                    + (kinds.isEmpty()
                            ? ""
                            : ", but objects of a cluster: " + String.join(", ", kinds) + "; "
                                    + OtherDialects.importOf(kinds) + " reads them by yaml(...)"));
        }
        Dialect.Read read = IstioDialect.istio().domain(world.domain()).read(manifests);
        List<Problem> all = new ArrayList<>(routes.problems);
        // What is said about the mesh in which the routes were put is not about them.
        read.problems().stream()
                .filter(problem -> !problem.code().equals("istio.unread-inside"))
                .map(routes.places::named)
                .forEach(all::add);
        return new Dialect.Read(routes.places.named(read.model()), all);
    }

    private List<Manifest> manifests(Map<String, Object> whole) {
        Map<String, Object> gateway = part(part(part(part(whole, "document"), "spring"), "cloud"), "gateway");
        Map<String, Object> server = part(gateway, "server");
        List<SpringRoute> routes = new ArrayList<>();
        read("spring.cloud.gateway", gateway, false, routes);
        read("spring.cloud.gateway.server.webflux", part(server, "webflux"), false, routes);
        // The server for servlets asks its routes as they are listed, and has no filters for all of them.
        List<SpringRoute> servlets = new ArrayList<>();
        read("spring.cloud.gateway.mvc", part(gateway, "mvc"), true, servlets);
        read("spring.cloud.gateway.server.webmvc", part(server, "webmvc"), true, servlets);
        if (!servlets.isEmpty() && !routes.isEmpty()) {
            problem("spring.cloud.gateway", "has routes of both servers; those of webflux are asked first here");
        }
        routes.sort(Comparator.comparingInt(SpringRoute::order));
        routes.addAll(servlets);
        return routes.isEmpty() ? List.of() : virtualServices(routes);
    }

    private void read(String prefix, Map<String, Object> at, boolean servlets, List<SpringRoute> into) {
        List<SpringStep> usual = List.of();
        if (at.containsKey("default-filters") && !servlets) {
            Object filters = new SpringPlaceholders(at.get("default-filters"), what -> problem("default-filters", what))
                    .resolved(at.get("default-filters"));
            usual = steps("default-filters", filters);
        }
        if (at.get("routes") != null && !(at.get("routes") instanceof List<?>)) {
            problem(prefix, "routes is no list");
        }
        int number = 0;
        for (Object each : list(at, "routes")) {
            String place = "routes[" + number + "]";
            number++;
            if (!(each instanceof Map<?, ?> said)) {
                problem(prefix, place + " is no map");
                continue;
            }
            String id = "route " + (said.get("id") == null ? place : said.get("id"));
            places.route(id, document, prefix + "." + place, part(Map.of("route", said), "route"));
            Map<String, Object> route = part(
                    Map.of("route", new SpringPlaceholders(said, what -> problem(id, what)).resolved(said)), "route");
            List<SpringStep> filters = interleaved(usual, steps(id, route.get("filters")));
            into.add(new SpringRoute(id, route, steps(id, route.get("predicates")), filters, this::problem));
            if (servlets && route.containsKey("order")) {
                problem(id, "order is not looked at by the server for servlets, which asks routes as they are listed");
            }
        }
        for (String other : at.keySet()) {
            boolean known = other.equals("routes")
                    || other.equals("default-filters") && !servlets
                    || prefix.equals("spring.cloud.gateway")
                            && List.of("server", "mvc").contains(other);
            if (!known) {
                problem(prefix, other + " is not read");
            }
        }
    }

    /** The filters for all routes and those of one are sorted by their places in their lists. */
    private static List<SpringStep> interleaved(List<SpringStep> usual, List<SpringStep> own) {
        List<SpringStep> all = new ArrayList<>();
        for (int i = 0; i < Math.max(usual.size(), own.size()); i++) {
            if (i < usual.size()) {
                all.add(usual.get(i));
            }
            if (i < own.size()) {
                all.add(own.get(i));
            }
        }
        return all;
    }

    /** One object for each host; a route without a host is for all of them. */
    private List<Manifest> virtualServices(List<SpringRoute> routes) {
        Map<String, List<Map<String, Object>>> hosts = new LinkedHashMap<>();
        routes.forEach(route -> route.hosts().forEach(host -> hosts.put(host, new ArrayList<>())));
        boolean everywhere = routes.stream().anyMatch(route -> route.hosts().isEmpty());
        if (everywhere) {
            hosts.putIfAbsent(usualHost, new ArrayList<>());
            problem(
                    "spring.cloud.gateway",
                    "routes without a Host take every host; read as '" + usualHost + "'"
                            + (hosts.size() > 1 ? " and those that others name" : ""));
        }
        Map<String, List<String>> from = new LinkedHashMap<>();
        Map<String, SpringRoute> weighted = new LinkedHashMap<>();
        for (SpringRoute route : routes) {
            SpringRoute first = route.group().isEmpty() ? route : weighted.putIfAbsent(route.group(), route);
            if (first != null && first != route) {
                if (!first.addShare(route)) {
                    problem(
                            route.id(),
                            "shares the group '" + route.group() + "' with " + first.id()
                                    + ", but its other predicates or filters are not the same; it is left out");
                }
            }
        }
        for (SpringRoute route : routes) {
            boolean shared = !route.group().isEmpty() && weighted.get(route.group()) != route;
            if (!shared && route.isUnderstood()) {
                hosts.forEach((host, rules) -> {
                    if (route.hosts().isEmpty() || route.hosts().contains(host)) {
                        rules.addAll(route.rules());
                        List<String> ids = from.computeIfAbsent(host, h -> new ArrayList<>());
                        while (ids.size() < rules.size()) {
                            ids.add(route.id());
                        }
                    }
                });
            }
        }
        from.forEach((host, ids) -> places.put("VirtualService " + namespace + "/" + host, ids));
        List<Manifest> manifests = new ArrayList<>();
        manifests.add(object(
                "Gateway",
                "spring",
                map(
                        "selector", map("istio", "ingressgateway"),
                        "servers",
                                List.of(map(
                                        "hosts", List.of("*"),
                                        "port", map("number", 80, "name", "http", "protocol", "HTTP"))))));
        hosts.forEach((host, rules) -> manifests.add(object(
                "VirtualService", host, map("hosts", List.of(host), "gateways", List.of("spring"), "http", rules))));
        return manifests;
    }

    private Manifest object(String kind, String name, Map<String, Object> spec) {
        return new Manifest("networking.istio.io/v1", kind, namespace, name, Map.of(), Map.of(), spec);
    }

    /** What is no predicate or filter stays one without a name, which nobody knows. */
    private List<SpringStep> steps(String id, @Nullable Object said) {
        if (said != null && !(said instanceof List<?>)) {
            problem(id, "has predicates or filters that are no list: " + said);
            return List.of(SpringStep.read(List.of(said)));
        }
        List<SpringStep> steps = new ArrayList<>();
        for (Object one : said instanceof List<?> list ? list : List.of()) {
            SpringStep step = SpringStep.read(one);
            if (step.name().isEmpty()) {
                problem(id, "has a predicate or filter without a name: " + one);
            }
            steps.add(step);
        }
        return steps;
    }

    private void problem(String id, String message) {
        problems.add(places.problem(id, message));
    }
}
