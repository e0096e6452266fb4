package dev.lintel.mesh.target;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Objects of others for hosts and workloads for which there are some of ours: which of two counts, or what both do together,
 * is nowhere said.
 */
final class Contested {
    private static final Set<String> CHECKED = Set.of("MUTUAL", "SIMPLE");
    private static final String UNCHECKED = " without a look at the certificate";
    private static final Set<String> PROXIES = Set.of("EnvoyFilter", "TrafficExtension", "WasmPlugin");

    /** In the order in which they are found. */
    private final List<ObjectsOfOthers.Found> found = new ArrayList<>();

    private final List<Manifest> ours;
    private final List<Manifest> workloads;
    private final String root;

    /** Routes for a host at a gateway, or at a parent. */
    private record Way(String host, String gateway) {}

    private Contested(List<Manifest> ours, List<Manifest> workloads, String root) {
        this.ours = ours;
        this.workloads = workloads;
        this.root = root;
    }

    /**
     * What is found.
     *
     * @param theirs objects of others
     * @param ours objects that are to be there
     * @param workloads Pods that objects of ours are for
     * @param root the namespace whose objects are for the whole mesh
     */
    static List<ObjectsOfOthers.Found> of(
            List<Manifest> theirs, List<Manifest> ours, List<Manifest> workloads, String root) {
        Contested contested = new Contested(ours, workloads, root);
        Map<Way, Manifest> ways = new LinkedHashMap<>();
        ours.forEach(one -> ways(one).forEach(way -> ways.putIfAbsent(way, one)));
        Set<String> hosts = Hosts.of(ours);
        ProxyGateways proxies = new ProxyGateways(theirs, ours);
        AttachedPolicies policies = new AttachedPolicies(ours);
        for (Manifest their : theirs) {
            contested.routes(their, ways, proxies);
            policies.of(their).ifPresent(contested.found::add);
            if (their.kind().equals("DestinationRule")) {
                contested.rule(their, hosts);
            } else if (PROXIES.contains(their.kind()) || their.kind().equals("Sidecar")) {
                contested.proxy(their);
            } else if (their.kind().equals("WorkloadEntry")) {
                contested.endpoint(their);
            }
        }
        return contested.found;
    }

    private void add(String code, Manifest object, String field, String message, String hint) {
        found.add(new ObjectsOfOthers.Found(code, object, field, message, hint));
    }

    private void routes(Manifest their, Map<Way, Manifest> ways, ProxyGateways proxies) {
        for (Way way : ways(their)) {
            Manifest own = ways.get(way);
            if (own != null) {
                add(
                        "taken",
                        their,
                        "spec",
                        "has routes for '" + way.host() + "' at " + way.gateway() + ", as " + own.id()
                                + " has: which of them comes first is not said",
                        "say them by the definition, or take another host");
                return;
            }
        }
        if (their.kind().equals("VirtualService")) {
            beside(their, ways, proxies);
        }
    }

    /** Two gateways of one name are one, and so are two that the same proxies serve: routes of both are for one host then. */
    private void beside(Manifest their, Map<Way, Manifest> ways, ProxyGateways proxies) {
        for (Way way : ways(their)) {
            for (Map.Entry<Way, Manifest> own : ways.entrySet()) {
                if (own.getValue().kind().equals("VirtualService")
                        && own.getKey().host().equals(way.host())
                        && proxies.mayBeSame(way.gateway(), own.getKey().gateway())) {
                    add(
                            "taken",
                            their,
                            "spec",
                            "has routes for '" + way.host() + "' at " + way.gateway() + ", as "
                                    + own.getValue().id() + " has at "
                                    + own.getKey().gateway()
                                    + ": where the same proxies serve both, which of them comes first is not said",
                            "say them by the definition, or take another host");
                    return;
                }
            }
        }
    }

    /** A Service takes in entries as it does Pods. Labels of the object count before those that it says. */
    private void endpoint(Manifest their) {
        Map<Object, Object> labels = new LinkedHashMap<>();
        if (their.spec().get("labels") instanceof Map<?, ?> said) {
            labels.putAll(said);
        }
        labels.putAll(their.labels());
        workloads.stream()
                .filter(one -> one.namespace().equals(their.namespace()))
                .filter(one -> labels.entrySet().containsAll(one.labels().entrySet()))
                .findFirst()
                .ifPresent(one -> add(
                        "reopened",
                        their,
                        "spec",
                        "stands for a workload " + one.labels() + " in '" + one.namespace()
                                + "', which objects of ours are for: calls to the service of those go to '"
                                + SpecParts.text(their.spec().get("address")) + "' as well",
                        "take it away, or give it other labels"));
    }

    private void rule(Manifest their, Set<String> hosts) {
        String said = Hosts.full(SpecParts.text(their.spec().get("host")), their.namespace());
        Map<String, String> modes = tls(their.spec(), "spec");
        for (String host : hosts) {
            if (modes.isEmpty() || !Hosts.covers(said, host)) {
                continue;
            }
            boolean originated = originated(host);
            boolean inside = Hosts.isInside(host) && !originated;
            Optional<Map.Entry<String, String>> weaker = modes.entrySet().stream()
                    .filter(one -> isWeaker(one.getValue(), inside, originated))
                    .findFirst();
            if (weaker.isPresent()) {
                add(
                        "reopened",
                        their,
                        weaker.get().getKey(),
                        "calls '" + host + "' with TLS " + weaker.get().getValue()
                                + (inside
                                        ? " in place of the mesh's mutual TLS: such callers have no identity, and are answered 503"
                                                + " where one is asked for"
                                        : ": whoever is on the way can read and change what is sent"),
                        inside ? "leave tls out, or say ISTIO_MUTUAL" : "leave tls out");
                break;
            }
        }
        ours.stream()
                .filter(one -> one.kind().equals("DestinationRule")
                        && Hosts.full(SpecParts.text(one.spec().get("host")), one.namespace())
                                .equals(said))
                .findFirst()
                .ifPresent(one -> add(
                        "taken",
                        their,
                        "spec.host",
                        "is for '" + said + "', as " + one.id() + " is: which of them counts is not said",
                        "say by the definition what it says, or take it away"));
    }

    /** The modes by their places. What is there without a mode is DISABLE, the first value of the field. */
    private static Map<String, String> tls(Map<?, ?> spec, String place) {
        Map<String, String> modes = new LinkedHashMap<>();
        if (spec.get("trafficPolicy") instanceof Map<?, ?> policy) {
            mode(policy, place + ".trafficPolicy", modes);
            SpecParts.each(policy.get("portLevelSettings"), place + ".trafficPolicy.portLevelSettings")
                    .forEach((at, port) -> mode(port, at, modes));
        }
        SpecParts.each(spec.get("subsets"), place + ".subsets").forEach((at, subset) -> modes.putAll(tls(subset, at)));
        return modes;
    }

    private static void mode(Map<?, ?> policy, String place, Map<String, String> into) {
        if (policy.get("tls") instanceof Map<?, ?> tls) {
            String mode = SpecParts.text(tls.get("mode"));
            boolean unchecked = CHECKED.contains(mode) && Boolean.TRUE.equals(tls.get("insecureSkipVerify"));
            into.put(place + ".tls", mode.isEmpty() ? "DISABLE" : mode + (unchecked ? UNCHECKED : ""));
        }
    }

    /** Whether by an object of ours calls to it leave with TLS of the proxy's own, as those to a service elsewhere do. */
    private boolean originated(String host) {
        return ours.stream()
                .anyMatch(one -> one.kind().equals("DestinationRule")
                        && Hosts.full(SpecParts.text(one.spec().get("host")), one.namespace())
                                .equals(host)
                        && tls(one.spec(), "spec").values().stream().anyMatch(CHECKED::contains));
    }

    private static boolean isWeaker(String mode, boolean inside, boolean originated) {
        return mode.equals("DISABLE")
                || inside && !mode.equals("ISTIO_MUTUAL")
                || originated && mode.endsWith(UNCHECKED);
    }

    /** What stands in proxies can do anything there. */
    private void proxy(Manifest their) {
        boolean extension = !their.kind().equals("Sidecar") && !their.kind().equals("EnvoyFilter");
        Object selector = their.spec().get(extension ? "selector" : "workloadSelector");
        Map<?, ?> labels = selector instanceof Map<?, ?> map
                        && map.get(extension ? "matchLabels" : "labels") instanceof Map<?, ?> said
                ? said
                : Map.of();
        boolean proxies = PROXIES.contains(their.kind());
        // One for a namespace says what its workloads call, which is none of ours unless we say it too.
        boolean narrow = !labels.isEmpty()
                || proxies
                || their.spec().containsKey("ingress")
                || ours.stream()
                        .anyMatch(one ->
                                one.kind().equals("Sidecar") && one.namespace().equals(their.namespace()));
        // A Sidecar of the root namespace is for the namespaces that have none, unless it selects workloads.
        boolean everywhere = their.namespace().equals(root)
                && (proxies || labels.isEmpty() && their.spec().containsKey("ingress"));
        workloads.stream()
                .filter(one -> narrow && (everywhere || one.namespace().equals(their.namespace())))
                .filter(one -> one.labels().entrySet().containsAll(labels.entrySet()))
                .findFirst()
                .ifPresent(one -> add(
                        "unjudged",
                        their,
                        "spec",
                        "changes the proxies of workloads " + one.labels() + " in '" + one.namespace()
                                + "', which objects of ours are for: whether it opens what they close is not known",
                        "look at it yourself"));
    }

    private static List<Way> ways(Manifest routes) {
        List<Way> ways = new ArrayList<>();
        Map<String, Object> spec = routes.spec();
        if (routes.kind().equals("VirtualService")) {
            List<String> gateways =
                    spec.containsKey("gateways") ? SpecParts.texts(spec.get("gateways")) : List.of("mesh");
            for (String host : SpecParts.texts(spec.get("hosts"))) {
                for (String gateway : gateways) {
                    boolean whole = gateway.equals("mesh") || gateway.contains("/");
                    ways.add(new Way(
                            Hosts.full(host, routes.namespace()),
                            gateway.equals("mesh")
                                    ? "the mesh"
                                    : "the gateway " + (whole ? gateway : routes.namespace() + "/" + gateway)));
                }
            }
        } else if (routes.kind().equals("HTTPRoute") || routes.kind().equals("GRPCRoute")) {
            for (String host : SpecParts.texts(spec.get("hostnames"))) {
                SpecParts.each(spec.get("parentRefs"), "").values().forEach(parent -> {
                    String namespace = SpecParts.text(parent.get("namespace"));
                    ways.add(new Way(
                            host,
                            "the gateway " + (namespace.isEmpty() ? routes.namespace() : namespace) + "/"
                                    + SpecParts.text(parent.get("name"))));
                });
            }
        }
        return ways;
    }
}
