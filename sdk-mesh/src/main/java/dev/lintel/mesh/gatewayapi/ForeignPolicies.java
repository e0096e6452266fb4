package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Route;
import dev.lintel.mesh.DryRun;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What somebody else says about requests of the routes: which of it the mesh's reader reads, and what nobody reads. An API
 * about whose requests something unread decides is read as denied, so that nothing gets through that it refuses.
 */
final class ForeignPolicies {
    private static final String SECURITY = "security.istio.io/";
    private static final String AUTHORIZATION = "AuthorizationPolicy";
    private static final String AUTHENTICATION = "RequestAuthentication";
    private static final int FORBIDDEN = 403;

    /** By the group of their version, kinds that decide about no request, whatever they are attached to. */
    private static final Map<String, Set<String>> NEUTRAL = Map.of(
            "cert-manager.io", Set.of("Certificate", "Issuer", "ClusterIssuer", "CertificateRequest"),
            "kustomize.config.k8s.io", Set.of("Kustomization", "Component"),
            "kustomize.toolkit.fluxcd.io", Set.of("Kustomization"),
            "keda.sh", Set.of("ScaledObject", "TriggerAuthentication"),
            "externaldns.k8s.io", Set.of("DNSEndpoint"),
            "kuadrant.io", Set.of("DNSPolicy", "TLSPolicy"));

    /** Kinds that only lead somewhere, or ask who calls by addresses; what is said of them elsewhere is enough. */
    private static final Set<String> UNDECIDED = Set.of(
            "Service", "NetworkPolicy", "VirtualService", "DestinationRule", "ServiceEntry", "Sidecar", "GatewayClass");

    /** Kinds of Istio that are asked in every proxy of their namespace, or of the mesh, unless they select some. */
    private static final Set<String> PROXIES = Set.of("EnvoyFilter", "WasmPlugin");

    private final GatewayApiDialect dialect;
    private final Reach reach;
    private final Map<String, List<Manifest>> routes;
    private final List<Problem> problems;
    private final Set<String> gateways = new LinkedHashSet<>();
    private final Set<String> closed = new LinkedHashSet<>();
    private final boolean strangers;

    /**
     * What is said about some routes.
     *
     * @param routes by the {@link RouteGroup#id} of their APIs
     * @param parents the gateways that are known
     * @param others all other objects
     */
    ForeignPolicies(
            GatewayApiDialect dialect,
            Map<String, List<Manifest>> routes,
            List<Manifest> parents,
            List<Manifest> others,
            List<Problem> problems) {
        this.dialect = dialect;
        this.routes = routes;
        this.problems = problems;
        this.reach = new Reach(dialect, parents);
        routes.values().forEach(own -> own.forEach(route -> gateways.addAll(Reach.parents(route))));
        List<Manifest> all = new ArrayList<>(others);
        routes.values().forEach(all::addAll);
        this.strangers = dialect.extension() == Extension.ISTIO
                && !gateways.isEmpty()
                && all.stream().noneMatch(ForeignPolicies::isOurs)
                && others.stream().anyMatch(this::isForMesh);
    }

    /** Whether the reader of the mesh must be told where the gateway is to know what a policy says. */
    private boolean isForMesh(Manifest policy) {
        boolean here = gateways.stream().anyMatch(gateway -> gateway.startsWith(policy.namespace() + "/"));
        return isMeshPolicy(policy)
                && !DryRun.is(policy)
                && (here
                        || asksWho(policy)
                        || !Reach.references(policy).isEmpty()
                        || !Reach.selector(policy).isEmpty());
    }

    /** Whether all is somebody else's, and policies of the mesh are among it, so that the mesh tells what they are about. */
    boolean areStrangers() {
        return strangers;
    }

    /** The gateway before whose routes policies are asked, as namespace and name; the first one of several. */
    String gateway() {
        return gateways.iterator().next();
    }

    /** What of the other objects is left to be read: what decides about no request, or is told here, is not. */
    List<Manifest> read(List<Manifest> others) {
        annotations(others);
        List<Manifest> left = new ArrayList<>();
        for (Manifest other : others) {
            if (isOurs(other)) {
                left.add(other);
            } else if (DryRun.is(other)) {
                problems.add(new Problem(
                        "gateway-api.travels",
                        other.id(),
                        "is a dry run by its annotation " + DryRun.ANNOTATION + ", which is logged and decides nothing",
                        "",
                        Origin.unknown()));
            } else if (!NEUTRAL.getOrDefault(group(other), Set.of()).contains(other.kind()) && !isTold(other)) {
                left.add(isMeshPolicy(other) ? selected(other) : other);
            }
        }
        return left;
    }

    /** Tells an object that decides about requests and that nobody reads. */
    private boolean isTold(Manifest other) {
        if (UNDECIDED.contains(other.kind()) || other.kind().endsWith("Route") || isPeers(other)) {
            return false;
        }
        Set<String> about = new LinkedHashSet<>();
        routes.forEach((api, own) -> {
            if (own.stream().anyMatch(route -> isUnread(other, route))) {
                about.add(api);
            }
        });
        about.forEach(api -> tell(other, "spec", api));
        return !about.isEmpty();
    }

    private boolean isUnread(Manifest other, Manifest route) {
        if (isMeshPolicy(other) && dialect.extension() == Extension.ISTIO) {
            return isAtUnread(other, route);
        }
        if (PROXIES.contains(other.kind()) && Reach.references(other).isEmpty()) {
            return isNear(other, route);
        }
        return reach.isNamed(other, route) || reach.maySelect(other, route);
    }

    /** Whether a policy of the mesh is asked about requests of a route, and cannot be read where it is asked. */
    private boolean isAtUnread(Manifest policy, Manifest route) {
        List<Map<?, ?>> references = Reach.references(policy);
        if (!references.isEmpty()) {
            boolean gateway = references.stream()
                    .allMatch(one -> Meta.GATEWAY.equals(one.get("kind")) && !one.containsKey("sectionName"));
            return reach.isNamed(policy, route) && !(gateway && references.size() == 1 && isReadAtGateway());
        }
        boolean root = policy.namespace().equals(dialect.mesh().rootNamespace());
        for (String gateway : Reach.parents(route)) {
            boolean here = root || gateway.startsWith(policy.namespace() + "/");
            boolean some = !Reach.selector(policy).isEmpty();
            if (here && reach.selects(policy, gateway) && !isReadAtGateway() && (some || !root)) {
                return true;
            }
            if (here && some && !reach.selects(policy, gateway) && reach.maySelectPods(policy, gateway)) {
                return true;
            }
        }
        boolean near = root || policy.namespace().equals(route.namespace());
        return near && (strangers ? gateways.size() > 1 && asksWho(policy) : isOfOthers(policy, route));
    }

    private boolean isReadAtGateway() {
        return strangers && gateways.size() == 1;
    }

    /** Who calls a workload is one of several gateways, of which the reader knows one. */
    private static boolean asksWho(Manifest policy) {
        String said = String.valueOf(policy.spec());
        return said.contains("rincipals=") || said.contains("amespaces=");
    }

    /** Beside our own objects workloads are known by the name of their API alone. */
    private boolean isOfOthers(Manifest policy, Manifest route) {
        Map<String, String> asked = Reach.selector(policy);
        return !asked.isEmpty() && !asked.equals(Map.of("app", RouteGroup.name(route, dialect)));
    }

    private boolean isNear(Manifest other, Manifest route) {
        return other.namespace().equals(dialect.mesh().rootNamespace())
                || other.namespace().equals(route.namespace())
                || Reach.parents(route).stream().anyMatch(gateway -> gateway.startsWith(other.namespace() + "/"));
    }

    /** A policy at the gateway by whichever of its labels, as one by its name. */
    private Manifest selected(Manifest policy) {
        boolean root = policy.namespace().equals(dialect.mesh().rootNamespace());
        boolean here = strangers && (root || gateway().startsWith(policy.namespace() + "/"));
        if (!here || Reach.selector(policy).isEmpty() || !reach.selects(policy, gateway())) {
            return policy;
        }
        Map<String, Object> spec = new LinkedHashMap<>(policy.spec());
        String name = gateway().substring(gateway().indexOf('/') + 1);
        spec.put("selector", Map.of("matchLabels", Map.of(Reach.GATEWAY_NAME, name)));
        return policy.withSpec(spec);
    }

    /** What controllers are told by annotations of routes, of their gateways and of the services behind them. */
    private void annotations(List<Manifest> others) {
        routes.forEach((api, own) -> {
            for (Manifest route : own) {
                annotations(route, api);
                others.stream()
                        .filter(other -> other.kind().equals("Service")
                                && Reach.services(route).contains(Reach.id(other)))
                        .forEach(service -> annotations(service, api));
                Reach.parents(route).forEach(id -> reach.gateway(id).ifPresent(gateway -> annotations(gateway, api)));
            }
        });
    }

    private void annotations(Manifest object, String api) {
        object.annotations().keySet().stream()
                .filter(ControllerNotes::decides)
                .forEach(name -> tell(object, "metadata.annotations." + name, api));
    }

    private void tell(Manifest object, String place, String api) {
        closed.add(api);
        Problem problem = new Problem(
                "gateway-api.undecided",
                object.id(),
                place + ": decides about requests of " + api
                        + "; it is not read, and the definition may let through what it refuses, so that the API is read"
                        + " as denied",
                "say what it asks in the definition by hand, and open what it lets through",
                Origin.unknown());
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    /** The APIs, of which nobody gets through to those about whose requests something unread decides. */
    List<ApiModel> closed(List<ApiModel> apis, Iterable<RouteGroup> groups) {
        Set<String> hosts = new LinkedHashSet<>();
        for (RouteGroup group : groups) {
            if (closed.contains(group.id())) {
                hosts.addAll(group.hosts());
            }
        }
        return apis.stream()
                .map(api -> api.entry().hosts().stream().noneMatch(hosts::contains) ? api : denied(api))
                .toList();
    }

    private static ApiModel denied(ApiModel api) {
        Route nobody = new Route(Match.any(), null, new Answer.Direct(FORBIDDEN, "", ""), Origin.unknown());
        Entry entry = new Entry(
                api.entry().hosts(),
                Access.OPEN,
                List.of(nobody),
                List.of(),
                HeaderChanges.NONE,
                api.entry().pathParameters(),
                api.entry().paths(),
                null,
                null);
        return new ApiModel(api.name(), api.namespace(), entry, api.service(), api.guards(), api.origin(), api.front());
    }

    private static boolean isOurs(Manifest object) {
        return object.isOurs() || object.labels().containsKey(Manifest.API);
    }

    private static boolean isMeshPolicy(Manifest object) {
        return object.apiVersion().startsWith(SECURITY)
                && Set.of(AUTHORIZATION, AUTHENTICATION).contains(object.kind());
    }

    /** Whether it says how connections prove who calls, which changes nothing for requests through the gateway. */
    private static boolean isPeers(Manifest object) {
        return object.apiVersion().startsWith(SECURITY) && !isMeshPolicy(object);
    }

    private static String group(Manifest object) {
        return object.apiVersion().substring(0, Math.max(0, object.apiVersion().indexOf('/')));
    }
}
