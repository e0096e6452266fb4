package dev.lintel.mesh.imports;

import static dev.lintel.mesh.Trees.map;
import static dev.lintel.mesh.imports.Java.list;
import static dev.lintel.mesh.imports.Java.part;
import static dev.lintel.mesh.imports.Java.parts;

import dev.lintel.core.Origin;
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

    private SpringRoutes(String namespace, World world) {
        this.namespace = namespace;
        this.usualHost = "gateway." + namespace + "." + world.domain();
    }

    static Dialect.Read read(String text, String namespace, World world) {
        SpringRoutes routes = new SpringRoutes(namespace, world);
        List<Manifest> manifests = new ArrayList<>();
        for (Object document : YamlTrees.read(text)) {
            manifests.addAll(routes.manifests(Map.of("document", document)));
        }
        if (manifests.isEmpty() && routes.problems.isEmpty()) {
            throw new IllegalArgumentException("holds no routes: neither spring.cloud.gateway.routes nor"
                    + " spring.cloud.gateway.server.webflux.routes");
        }
        Dialect.Read read = IstioDialect.istio().domain(world.domain()).read(manifests);
        List<Problem> all = new ArrayList<>(routes.problems);
        // What is said about the mesh in which the routes were put is not about them.
        read.problems().stream()
                .filter(problem -> !problem.code().equals("istio.unread-inside"))
                .forEach(all::add);
        return new Dialect.Read(read.model(), all);
    }

    private List<Manifest> manifests(Map<String, Object> whole) {
        Map<String, Object> gateway = part(part(part(part(whole, "document"), "spring"), "cloud"), "gateway");
        Map<String, Object> newer = part(part(gateway, "server"), "webflux");
        List<SpringRoute> routes = new ArrayList<>();
        for (Map<String, Object> at : List.of(gateway, newer)) {
            List<SpringStep> usual = steps("default-filters", list(at, "default-filters"));
            int number = 0;
            for (Map<String, Object> route : parts(at, "routes")) {
                String id = "route " + route.getOrDefault("id", "routes[" + number + "]");
                number++;
                List<SpringStep> filters = new ArrayList<>(usual);
                filters.addAll(steps(id, list(route, "filters")));
                routes.add(new SpringRoute(id, route, steps(id, list(route, "predicates")), filters, this::problem));
            }
            for (String other : at.keySet()) {
                if (!List.of("routes", "default-filters", "server").contains(other)) {
                    problem("spring.cloud.gateway", other + " is not read");
                }
            }
        }
        routes.sort(Comparator.comparingInt(SpringRoute::order));
        return routes.isEmpty() ? List.of() : virtualServices(routes);
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
                    }
                });
            }
        }
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

    private List<SpringStep> steps(String id, List<?> said) {
        List<SpringStep> steps = new ArrayList<>();
        for (Object one : said) {
            SpringStep step = SpringStep.read(one);
            if (step.name().isEmpty()) {
                problem(id, "has a predicate or filter without a name: " + one);
            } else {
                steps.add(step);
            }
        }
        return steps;
    }

    private void problem(String id, String message) {
        problems.add(new Problem(
                "spring.unread",
                id,
                message,
                "say it by hand; what it means for requests is not carried over",
                Origin.unknown()));
    }
}
