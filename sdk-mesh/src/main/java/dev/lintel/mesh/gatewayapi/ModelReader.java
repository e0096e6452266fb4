package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.IstioDialect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads objects as an implementation of Gateway API does: the most specific match first, a prefix by whole segments. What
 * they do is said in the words of a mesh's routes, whose reader says what it means; what the extension asks for is read
 * from its own objects.
 */
final class ModelReader {
    private final GatewayApiDialect dialect;
    private final List<Problem> problems = new ArrayList<>();
    private final GrantReader grants;
    private final ListenerReader listeners;
    private final SecurityReader security;
    private final TrafficReader traffic;
    private final BackendReader backends;
    private final Map<String, Map<String, Object>> answers = new LinkedHashMap<>();
    private IstioDialect mesh;

    ModelReader(GatewayApiDialect dialect) {
        this.dialect = dialect;
        this.mesh = dialect.mesh();
        this.grants = new GrantReader(problems);
        this.listeners = new ListenerReader(dialect, grants, problems);
        this.security = new SecurityReader(problems);
        this.traffic = new TrafficReader(problems);
        this.backends = new BackendReader(problems);
    }

    Read read(Collection<Manifest> manifests) {
        List<Manifest> routes = new ArrayList<>();
        List<Manifest> others = new ArrayList<>();
        List<Manifest> parents = new ArrayList<>();
        for (Manifest manifest : manifests) {
            if (manifest.kind().equals(Meta.GATEWAY) && manifest.apiVersion().startsWith(Meta.GROUP)) {
                parents.add(manifest);
            }
            if (!take(manifest, routes)) {
                others.add(manifest);
            }
        }
        routes.sort(Comparator.comparing(Manifest::namespace).thenComparing(Manifest::name));
        Map<String, List<Manifest>> apis = new LinkedHashMap<>();
        routes.forEach(route -> apis.computeIfAbsent(
                        RouteGroup.name(route, dialect) + "." + route.namespace(), id -> new ArrayList<>())
                .add(route));
        ForeignPolicies policies = new ForeignPolicies(dialect, apis, parents, others, problems);
        List<Manifest> left = policies.read(others);
        if (policies.areStrangers()) {
            mesh = dialect.mesh(policies.gateway());
        }
        Map<String, RouteGroup> groups = new LinkedHashMap<>();
        RouteGroup.Sources sources = new RouteGroup.Sources(
                dialect, listeners, grants, security, traffic, backends, answers, policies.areStrangers(), problems);
        for (Manifest route : routes) {
            String name = RouteGroup.name(route, dialect);
            groups.computeIfAbsent(
                            name + "." + route.namespace(), id -> new RouteGroup(name, route.namespace(), sources))
                    .add(route);
        }
        boolean foreign = manifests.stream().noneMatch(ModelReader::isLabelled)
                && groups.values().stream().allMatch(RouteGroup::isAbout);
        if (foreign) {
            groups.values().forEach(RouteGroup::tellApart);
        }
        MeshModel read = dialect.extension() == Extension.ISTIO
                ? mesh(groups, left)
                : new MeshModel(foreign ? apart(groups, left) : alone(groups, left));
        List<ApiModel> models = new ArrayList<>(policies.closed(read.apis(), groups.values()));
        models.replaceAll(this::ordered);
        models.sort(Comparator.comparing(ApiModel::namespace).thenComparing(ApiModel::name));
        return new Read(new MeshModel(models, read.egress(), read.isolations()), problems);
    }

    private static boolean isLabelled(Manifest manifest) {
        return manifest.labels().containsKey(Manifest.API) || manifest.isOurs();
    }

    /** What tells ports and workloads, and nothing about requests. */
    private static boolean isService(Manifest manifest) {
        return manifest.apiVersion().equals("v1") && manifest.kind().equals("Service");
    }

    /** Reads what is read by itself; puts routes aside. */
    private boolean take(Manifest manifest, List<Manifest> routes) {
        switch (manifest.apiVersion() + " " + manifest.kind()) {
            case Meta.V1 + " " + Meta.GATEWAY, Meta.V1BETA1 + " " + Meta.GATEWAY -> listeners.read(manifest);
            case Meta.V1 + " " + Meta.HTTP_ROUTE,
                    Meta.V1BETA1 + " " + Meta.HTTP_ROUTE,
                    Meta.V1 + " " + Meta.GRPC_ROUTE -> routes.add(manifest);
            case Meta.GRANTS + " " + Meta.REFERENCE_GRANT, Meta.V1 + " " + Meta.REFERENCE_GRANT ->
                grants.read(manifest);
            case Meta.ENVOY + " " + Meta.SECURITY_POLICY -> {
                if (dialect.extension() == Extension.ISTIO || manifest.spec().containsKey("targetSelectors")) {
                    return false;
                }
                security.read(manifest);
            }
            case Meta.ENVOY + " " + Meta.TRAFFIC_POLICY -> traffic.read(manifest);
            case Meta.ENVOY + " " + Meta.BACKEND -> backends.read(manifest);
            case Meta.V1 + " " + Meta.TLS_POLICY, Meta.V1ALPHA3 + " " + Meta.TLS_POLICY ->
                backends.readPolicy(manifest);
            case Meta.ENVOY + " " + Meta.ROUTE_FILTER ->
                answers.put(
                        manifest.namespace() + "/" + manifest.name(),
                        Answers.read(new Part(manifest.id(), "spec", manifest.spec(), problems)));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The objects of the mesh say what is asked and what governs calls; routes say where requests from outside go. */
    private MeshModel mesh(Map<String, RouteGroup> groups, List<Manifest> others) {
        IstioObjects gateway = new IstioObjects(dialect);
        List<Manifest> lowered = new ArrayList<>();
        Map<String, List<Manifest>> owned = new HashMap<>();
        for (Manifest other : others) {
            Manifest selected = mesh.equals(dialect.mesh()) ? gateway.selected(other) : other;
            lowered.add(selected);
            owned.computeIfAbsent(RouteGroup.owner(selected), id -> new ArrayList<>())
                    .add(selected);
        }
        List<Object> served = new ArrayList<>();
        List<Manifest> services = others.stream().filter(ModelReader::isService).toList();
        for (HostGroup hosts : HostGroup.of(groups.values())) {
            best(hosts, group -> List.of(owned.getOrDefault(group.id(), services)));
            lowered.add(hosts.entry());
            served.addAll(served(hosts));
        }
        lowered.add(gateway(served));
        Read read = mesh.read(lowered);
        // That a route leaves its namespace is told where it says so, in its own words.
        read.problems().stream()
                .filter(problem -> !problem.message().endsWith("which is not in this namespace"))
                .forEach(problem -> problems.add(named(problem, groups.values())));
        return read.model();
    }

    /** What governs every call is what governs those through the gateway; some path tells it whole. */
    private List<ApiModel> alone(Map<String, RouteGroup> groups, List<Manifest> others) {
        tell(others);
        List<ApiModel> models = new ArrayList<>();
        for (HostGroup hosts : HostGroup.of(groups.values())) {
            Read read = best(hosts, ModelReader::guesses);
            read.problems().forEach(problem -> problems.add(named(problem, hosts.guests())));
            for (ApiModel api : read.model().apis()) {
                hosts.guests().stream()
                        .filter(group -> group.name().equals(api.name()))
                        .findFirst()
                        .ifPresent(group -> models.add(group.complete(api)));
            }
        }
        return models;
    }

    /** Each service to which routes of anybody lead is an API; calls from inside do not come by the gateway. */
    private List<ApiModel> apart(Map<String, RouteGroup> groups, List<Manifest> others) {
        tell(others);
        List<Manifest> services = others.stream().filter(ModelReader::isService).toList();
        List<ApiModel> models = new ArrayList<>();
        for (HostGroup hosts : HostGroup.of(groups.values())) {
            Read read = best(hosts, group -> List.of(with(services, group.rules())));
            read.problems().stream()
                    .filter(problem -> !problem.code().equals("istio.unread-inside"))
                    .forEach(problem -> problems.add(named(problem, hosts.guests())));
            for (ApiModel api : read.model().apis()) {
                hosts.guests().stream()
                        .filter(group -> group.leadsTo(api))
                        .findFirst()
                        .ifPresent(group -> models.add(group.completeAlone(api)));
            }
        }
        return models;
    }

    private void tell(List<Manifest> others) {
        others.stream()
                .filter(other -> !isService(other))
                .forEach(other -> problems.add(Part.unread(other.id(), "this kind is not known here")));
    }

    /** A problem of the routes as they were put for the mesh's reader, as one of the route that somebody wrote. */
    private static Problem named(Problem problem, Collection<RouteGroup> groups) {
        String message = problem.message();
        int field = message.startsWith("spec") ? message.indexOf(": ") + 2 : 0;
        return groups.stream()
                .filter(group -> problem.path()
                        .equals(Meta.VIRTUAL_SERVICE + " " + group.namespace() + "/" + group.name() + "-entry"))
                .findFirst()
                .map(group -> new Problem(
                        problem.code(),
                        group.route(),
                        "spec: " + message.substring(field),
                        problem.hint(),
                        problem.origin()))
                .orElse(problem);
    }

    private static List<List<Manifest>> guesses(RouteGroup group) {
        List<List<Manifest>> guesses = new ArrayList<>();
        Predicate<Asked> said = group.depth();
        for (Predicate<Asked> depth : RouteGroup.DEPTHS) {
            group.say(depth);
            group.insides().forEach(inside -> guesses.add(with(group.rules(), List.of(inside))));
        }
        group.say(said);
        guesses.add(group.rules());
        return guesses;
    }

    private static List<Manifest> with(List<Manifest> some, List<Manifest> more) {
        List<Manifest> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    @CanIgnoreReturnValue
    private Read best(HostGroup hosts, Function<RouteGroup, List<List<Manifest>>> guesses) {
        Manifest gateway = gateway(served(hosts));
        return hosts.best(guesses, lowered -> mesh.read(with(lowered, List.of(gateway))));
    }

    private static List<Object> served(HostGroup hosts) {
        List<Object> served = new ArrayList<>();
        hosts.guests().forEach(group -> group.hosts().forEach(host -> served.add(group.namespace() + "/" + host)));
        return served;
    }

    private ApiModel ordered(ApiModel api) {
        Entry entry = api.entry();
        Entry ordered = new Entry(
                entry.hosts(),
                entry.access(),
                RouteOrder.of(entry.routes()),
                entry.rewrites(),
                entry.headers(),
                entry.pathParameters(),
                entry.paths(),
                entry.authorizer(),
                entry.login());
        return new ApiModel(
                api.name(), api.namespace(), ordered, api.service(), api.guards(), api.origin(), api.front());
    }

    private Manifest gateway(List<Object> hosts) {
        return new Manifest(
                Meta.ISTIO_NETWORKING,
                Meta.GATEWAY,
                dialect.gateway().namespace(),
                RouteGroup.GATEWAY,
                Map.of(),
                Map.of(),
                map(
                        "selector",
                        mesh.ingress().labels(),
                        "servers",
                        List.of(map("port", map("number", 80, "name", "http", "protocol", "HTTP"), "hosts", hosts))));
    }
}
