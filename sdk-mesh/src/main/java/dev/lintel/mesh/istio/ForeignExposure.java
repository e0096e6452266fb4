package dev.lintel.mesh.istio;

import dev.lintel.core.Names;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.ForeignHosts.Target;
import dev.lintel.mesh.istio.ForeignMerge.Part;
import dev.lintel.mesh.istio.ForeignMerge.Routed;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The VirtualServices of anybody, sorted by host and service: for one host of a gateway they are merged, and each service
 * to which its requests go becomes an API that has some of the host's paths.
 */
final class ForeignExposure {
    private static final String MESH = "mesh";

    private final ForeignServices services;
    private final ForeignGateways gateways;
    private final List<Problem> problems;
    private final IngressGateway ingress;
    private final Map<String, List<Part>> hosts = new LinkedHashMap<>();
    private final Map<String, List<ForeignRoute>> inside = new LinkedHashMap<>();
    private final Map<Target, Target> groups = new LinkedHashMap<>();
    /** Where each rule that was made here stood; two rules may be alike and stand in two places. */
    private final IdentityHashMap<Map<String, Object>, String> places = new IdentityHashMap<>();

    ForeignExposure(
            ForeignServices services, ForeignGateways gateways, IngressGateway ingress, List<Problem> problems) {
        this.services = services;
        this.gateways = gateways;
        this.ingress = ingress;
        this.problems = problems;
    }

    /**
     * An API that is exposed.
     *
     * @param target its service
     * @param services its service, and those that stand for its versions
     * @param hosts at which requests enter
     * @param outside the routes for requests through the gateway; the last one takes every request
     * @param inside the routes for calls from inside; empty if there are none
     */
    record Exposed(
            Target target,
            Set<Target> services,
            List<String> hosts,
            List<Map<String, Object>> outside,
            List<Map<String, Object>> inside) {}

    void read(Manifest object) {
        Fields spec = new Fields(object.id(), "spec", object.spec(), problems);
        List<String> names = spec.texts("hosts");
        boolean nowhere = !spec.has("gateways");
        List<String> named = spec.texts("gateways");
        List<String> bound = nowhere ? List.of(MESH) : named;
        List<String> exportTo = spec.texts("exportTo");
        boolean seen = ForeignExports.isSeen(exportTo, object.namespace(), ingress.namespace());
        List<ForeignRoute> routes = new ArrayList<>();
        for (Fields http : spec.maps("http")) {
            ForeignRoute route = ForeignRoute.read(http, object.namespace(), names, services, ingress);
            routes.add(route);
            join(route.targets());
        }
        spec.end();
        List<String> full = names.stream()
                .map(host -> ForeignHosts.full(host, object.namespace()))
                .toList();
        if (!seen && !bound.equals(List.of(MESH))) {
            spec.travels("exportTo: " + exportTo + " does not show it to the gateway in '" + ingress.namespace()
                    + "', which serves none of it");
        }
        if (!ForeignExports.isForAll(exportTo) && bound.contains(MESH)) {
            spec.inside("exportTo: calls from other namespaces than " + exportTo + " do not meet it; the model says"
                    + " nothing of who calls");
        }
        List<String> served = seen ? outside(full, bound, object.namespace(), spec) : List.of();
        gateways.served(spec, bound, served, object.namespace())
                .forEach((host, serving) ->
                        hosts.computeIfAbsent(host, h -> new ArrayList<>()).add(new Part(serving, routes, spec)));
        if (bound.contains(MESH)) {
            for (String host : full) {
                if (inside.putIfAbsent(host, routes) != null) {
                    spec.inside("is another VirtualService for calls to '" + host + "', of which the first one counts");
                }
            }
        } else if (bound.isEmpty()) {
            spec.problem("is bound to no gateway");
        }
    }

    /** Without names of the cluster, which are read as those of calls from inside alone. */
    private List<String> outside(List<String> full, List<String> bound, String namespace, Fields place) {
        List<String> outside = new ArrayList<>(full);
        outside.removeIf(host -> ForeignHosts.target(host, "") != null);
        List<String> inside = new ArrayList<>(full);
        inside.removeAll(outside);
        if (!gateways.served(place, bound, inside, namespace).isEmpty()) {
            place.problem("hosts: a gateway serves " + inside
                    + " as well, which nobody outside should call; read as names" + " for calls from inside alone");
        }
        return outside;
    }

    private void join(List<Target> targets) {
        for (Target target : targets) {
            groups.putIfAbsent(target, target);
            Target first = root(targets.get(0));
            groups.put(root(target), first);
        }
    }

    private Target root(Target target) {
        Target at = target;
        while (!Objects.requireNonNull(groups.getOrDefault(at, at)).equals(at)) {
            at = Objects.requireNonNull(groups.get(at));
        }
        return at;
    }

    /** All of them; must be asked after everything was read. */
    List<Exposed> apis(String domain) {
        Map<Target, Map<String, List<Map<String, Object>>>> found = new LinkedHashMap<>();
        hosts.forEach((host, parts) -> {
            List<Routed> routes = ForeignMerge.of(host, parts);
            Set<Target> roots = new LinkedHashSet<>();
            routes.forEach(one -> one.route().targets().forEach(target -> roots.add(root(target))));
            if (roots.isEmpty() && routes.stream().anyMatch(one -> !one.route().goesOn())) {
                parts.get(0).place().problem("answers requests for '" + host + "', where no service is reached");
            }
            for (Target target : roots) {
                found.computeIfAbsent(target, t -> new LinkedHashMap<>()).put(host, outside(routes, target));
            }
        });
        List<Exposed> apis = new ArrayList<>();
        found.forEach((root, byHost) -> apis.add(exposed(root, byHost, domain)));
        inside.forEach((host, routes) -> {
            Target target = ForeignHosts.target(host, "");
            boolean entered = apis.stream()
                    .anyMatch(
                            api -> api.target().equals(target) || api.services().contains(target));
            // Names from outside are called from inside only where something else makes them known there.
            if (target != null && !entered && !routes.isEmpty()) {
                routes.get(0).place().inside("governs calls to '" + host + "', which no gateway exposes");
            }
        });
        return apis;
    }

    /** Where rules stood before; the empty text for one that nobody wrote. */
    List<String> places(List<Map<String, Object>> rules) {
        return rules.stream().map(rule -> places.getOrDefault(rule, "")).toList();
    }

    private Map<String, Object> placed(Map<String, Object> rule, ForeignRoute from) {
        places.put(rule, from.place().place());
        return rule;
    }

    private List<Map<String, Object>> outside(List<Routed> routes, Target root) {
        List<Map<String, Object>> outside = new ArrayList<>();
        for (Routed one : routes) {
            ForeignRoute route = one.route();
            boolean other = route.goesOn()
                    && route.targets().stream().noneMatch(target -> root(target).equals(root));
            for (Map<String, Object> rule : one.entries()) {
                outside.add(placed(other ? ForeignRoute.nothing(rule) : rule, route));
            }
        }
        boolean whole = outside.stream().anyMatch(rule -> !rule.containsKey("match"));
        if (!whole) {
            outside.add(ForeignRoute.NOT_FOUND);
        }
        return outside;
    }

    private Exposed exposed(Target root, Map<String, List<Map<String, Object>>> byHost, String domain) {
        Set<Target> members = new LinkedHashSet<>();
        groups.keySet().stream().filter(target -> root(target).equals(root)).forEach(members::add);
        Target main = main(members);
        Fields place = new Fields("API " + main.name() + "." + main.namespace(), "routes", Map.of(), problems);
        members.stream()
                .filter(target -> !target.namespace().equals(main.namespace()))
                .forEach(target -> place.problem("goes to '" + target.host() + "' as well, in another namespace"));
        List<Map<String, Object>> outside = byHost.values().iterator().next();
        Set<String> names = new LinkedHashSet<>();
        byHost.forEach((host, rules) -> {
            if (!rules.equals(outside)) {
                place.problem("does otherwise at host '" + host + "' than at '"
                        + byHost.keySet().iterator().next() + "'");
            } else {
                names.add(host(host, main, domain, place));
            }
        });
        return new Exposed(main, members, List.copyOf(names), outside, inside(main, outside));
    }

    private static String host(String host, Target target, String domain, Fields place) {
        try {
            return Names.host(host);
        } catch (IllegalArgumentException e) {
            String own = target.name() + "." + target.namespace() + "." + domain;
            place.problem("is exposed at '" + host + "', which is no single host; read as '" + own + "'");
            return own;
        }
    }

    /** The service that has the others as its versions: the one that calls from inside name, or whose name they begin with. */
    private Target main(Set<Target> members) {
        Target first = members.iterator().next();
        for (Map.Entry<String, List<ForeignRoute>> called : inside.entrySet()) {
            Target target = ForeignHosts.target(called.getKey(), "");
            boolean all = called.getValue().stream().allMatch(route -> members.containsAll(route.targets()));
            if (target != null && all && target.namespace().equals(first.namespace())) {
                return target;
            }
        }
        for (Target member : members) {
            if (members.stream().allMatch(other -> other.name().startsWith(member.name()))) {
                return member;
            }
        }
        if (members.size() == 1) {
            return first;
        }
        String common = first.name();
        for (Target member : members) {
            while (!member.name().startsWith(common)) {
                common = common.substring(0, common.length() - 1);
            }
        }
        String name = common.replaceAll("-v$", "").replaceAll("[^a-z0-9]+$", "");
        return name.isEmpty() ? first : new Target(name, first.namespace());
    }

    private List<Map<String, Object>> inside(Target target, List<Map<String, Object>> outside) {
        List<ForeignRoute> own = inside.get(target.host());
        if (own != null) {
            List<Map<String, Object>> rules = new ArrayList<>();
            own.forEach(route -> route.canonical(MESH).forEach(rule -> rules.add(placed(rule, route))));
            return rules;
        }
        Map<String, Object> last = last(outside);
        if (last == null) {
            return List.of();
        }
        Map<String, Object> rule = new LinkedHashMap<>(last);
        List.of("match", "rewrite", "headers").forEach(rule::remove);
        places.put(rule, places.getOrDefault(last, ""));
        boolean plain = rule.keySet().equals(Set.of("route", "retries"))
                && Map.of("attempts", 0).equals(rule.get("retries"))
                && String.valueOf(rule.get("route")).indexOf("weight=") < 0
                && String.valueOf(rule.get("route")).indexOf("subset=") < 0;
        if (!plain) {
            problems.add(Fields.inside(
                    "API " + target.name() + "." + target.namespace(),
                    "routes: shares, limits or tries again what comes through the gateway; the model says the same of"
                            + " calls from inside, to which the mesh does not apply it"));
        }
        return List.of(rule);
    }

    private static @Nullable Map<String, Object> last(List<Map<String, Object>> rules) {
        Map<String, Object> last = null;
        for (Map<String, Object> rule : rules) {
            last = rule.containsKey("route") ? rule : last;
        }
        return last;
    }
}
