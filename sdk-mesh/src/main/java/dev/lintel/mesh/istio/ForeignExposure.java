package dev.lintel.mesh.istio;

import dev.lintel.core.Names;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.ForeignHosts.Target;
import java.util.ArrayList;
import java.util.Comparator;
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
    private final Map<String, List<Part>> hosts = new LinkedHashMap<>();
    private final Map<String, List<ForeignRoute>> inside = new LinkedHashMap<>();
    private final Map<Target, Target> groups = new LinkedHashMap<>();

    ForeignExposure(ForeignServices services, ForeignGateways gateways, List<Problem> problems) {
        this.services = services;
        this.gateways = gateways;
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

    /** The routes of one VirtualService at one host, and the gateway for which they are read. */
    private record Part(String gateway, List<ForeignRoute> routes, Fields place) {}

    void read(Manifest object) {
        Fields spec = new Fields(object.id(), "spec", object.spec(), problems);
        List<String> names = spec.texts("hosts");
        List<String> bound = spec.has("gateways") ? spec.texts("gateways") : List.of(MESH);
        if (spec.has("exportTo") && !spec.texts("exportTo").contains("*")) {
            spec.problem("exportTo: is not for every namespace; read as if it were");
        }
        List<ForeignRoute> routes = new ArrayList<>();
        for (Fields http : spec.maps("http")) {
            ForeignRoute route = ForeignRoute.read(http, object.namespace(), names, services);
            routes.add(route);
            join(route.targets());
        }
        spec.end();
        List<String> full = names.stream()
                .map(host -> ForeignHosts.full(host, object.namespace()))
                .toList();
        String gateway =
                bound.stream().filter(one -> !one.equals(MESH)).findFirst().orElse("");
        for (String host : gateways.served(spec, bound, names, object.namespace())) {
            hosts.computeIfAbsent(host, h -> new ArrayList<>()).add(new Part(gateway, routes, spec));
        }
        if (bound.contains(MESH)) {
            for (String host : full) {
                if (inside.putIfAbsent(host, routes) != null) {
                    spec.problem(
                            "is another VirtualService for calls to '" + host + "', of which the first one counts");
                }
            }
        } else if (gateway.isEmpty()) {
            spec.problem("is bound to no gateway");
        }
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
            List<ForeignRoute> routes = merged(host, parts);
            Set<Target> roots = new LinkedHashSet<>();
            routes.forEach(route -> route.targets().forEach(target -> roots.add(root(target))));
            if (roots.isEmpty() && routes.stream().anyMatch(route -> !route.goesOn())) {
                parts.get(0).place().problem("answers requests for '" + host + "', where no service is reached");
            }
            for (Target target : roots) {
                found.computeIfAbsent(target, t -> new LinkedHashMap<>()).put(host, outside(routes, parts, target));
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
                routes.get(0).place().problem("governs calls to '" + host + "', which no gateway exposes");
            }
        });
        return apis;
    }

    /** The routes at a host; what takes every request comes last, as in a mesh that merges several objects. */
    private static List<ForeignRoute> merged(String host, List<Part> parts) {
        List<ForeignRoute> merged = new ArrayList<>();
        parts.forEach(part -> merged.addAll(part.routes()));
        if (parts.size() > 1) {
            parts.get(1)
                    .place()
                    .problem(
                            "is merged with another VirtualService for '" + host
                                    + "': which of their routes comes first is up to the mesh; read in the order of the objects");
            merged.sort(Comparator.comparing(route -> route.matches() == null));
        }
        return merged;
    }

    private List<Map<String, Object>> outside(List<ForeignRoute> routes, List<Part> parts, Target root) {
        List<Map<String, Object>> outside = new ArrayList<>();
        String gateway = parts.get(0).gateway();
        for (ForeignRoute route : routes) {
            boolean other = route.goesOn()
                    && route.targets().stream().noneMatch(target -> root(target).equals(root));
            for (Map<String, Object> rule : route.canonical(gateway)) {
                outside.add(other ? ForeignRoute.nothing(rule) : rule);
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
            own.forEach(route -> rules.addAll(route.canonical(MESH)));
            return rules;
        }
        Map<String, Object> last = last(outside);
        if (last == null) {
            return List.of();
        }
        Map<String, Object> rule = new LinkedHashMap<>(last);
        List.of("match", "rewrite", "headers").forEach(rule::remove);
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
