package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.mesh.istio.Hits.Hit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what happens to requests from outside. The paths of all rules and policies, pulled back to what the client says,
 * are closed under intersection; in each of these regions some concrete paths are sent through the routes, the rewrites
 * and the policies as Envoy would, with and without a slash at the end. All of them must fare alike, and how they fare
 * is what the model says there. Nothing rests on the order in which rules were meant.
 */
final class EntryReader {
    private final ServiceReader service;
    private final PolicyReader policies;
    private final GatewayAccess gateway;
    private final List<HttpRule> rules;
    private final List<PathPattern> claims;
    private final List<PathPattern> others;
    private final Fields place;
    private final MethodClasses methods;
    private final PathClasses paths;
    private final Map<BitSet, Fate> known = new HashMap<>();
    private final PathClasses taken;
    private final Set<PathPattern> nodes;
    private final Map<BitSet, Map<String, Way>> ways = new HashMap<>();
    private final List<AccessRule> access = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private List<Rewrite> rewrites = List.of();
    private @Nullable HeaderChanges headers;
    private boolean open;

    EntryReader(
            ServiceReader service,
            PolicyReader policies,
            GatewayAccess gateway,
            List<HttpRule> rules,
            List<PathPattern> claims,
            List<PathPattern> others,
            Fields place) {
        this.claims = claims;
        this.others = others;
        this.service = service;
        this.policies = policies;
        this.gateway = gateway;
        this.rules = rules;
        this.place = place;
        this.open = policies.issuers().isEmpty();
        this.methods = methods(service, policies, gateway, rules);
        Set<PathExpression> expressions = Hits.paths(rules);
        expressions.addAll(policies.paths());
        expressions.addAll(gateway.paths());
        this.nodes = policies.nodes();
        this.taken = new PathClasses(Hits.paths(rules), List.of());
        this.paths = new PathClasses(expressions, gateway.claims());
    }

    private static MethodClasses methods(
            ServiceReader service, PolicyReader policies, GatewayAccess gateway, List<HttpRule> rules) {
        List<Set<String>> named = Hits.methods(rules);
        named.addAll(policies.methods());
        named.addAll(gateway.methods());
        Set<String> all = new TreeSet<>(List.of("GET", "HEAD", ServiceReader.OTHER));
        named.forEach(all::addAll);
        named.addAll(service.methods());
        return new MethodClasses(all, named);
    }

    /**
     * Which routes may take a request, and what they say.
     *
     * @param said nothing if it is refused, or some requests have no route
     */
    private record Way(List<Hit> hits, List<ServiceReader.Said> said) {
        boolean isRefused() {
            return hits.size() == 1 && hits.get(0).action().refused();
        }
    }

    List<AccessRule> access() {
        return access;
    }

    List<Route> routes() {
        return routes;
    }

    List<Rewrite> rewrites() {
        return rewrites;
    }

    Optional<HeaderChanges> headers() {
        return Optional.ofNullable(headers);
    }

    /**
     * Whether nothing but caller rules keeps anybody out who enters: no token is asked for anywhere, and only some may call
     * wherever those who enter may not.
     */
    boolean isOpen() {
        return open;
    }

    void read() {
        Set<PathPattern> patterns = new ReadPatterns(rules).with(policies.patterns());
        patterns.addAll(claims);
        patterns.addAll(others);
        patterns.addAll(gateway.patterns());
        List<PathPattern> regions = Regions.of(patterns);
        rewrites = ReadPatterns.rewrites(rules);
        Map<PathPattern, Fate> fates = new LinkedHashMap<>();
        for (PathPattern region : regions) {
            Fate fate = isOwn(region) ? fate(region, regions) : null;
            if (fate != null) {
                fates.put(region, fate);
            }
        }
        List<PathPattern> guarded = Partition.needed(
                List.copyOf(fates.keySet()), (one, other) -> asked(fates, one).equals(asked(fates, other)));
        for (PathPattern region : guarded) {
            perMethod(
                    methods.all(asked(fates, region)),
                    (named, requirement) ->
                            access.add(new AccessRule(new Endpoint(named, region), requirement, Origin.unknown())));
        }
        List<PathPattern> routed = Partition.needed(
                List.copyOf(fates.keySet()), (one, other) -> choices(fates, one).equals(choices(fates, other)));
        for (PathPattern region : routed) {
            perMethod(
                    routed(fates, region),
                    (named, choices) -> choices.forEach(choice -> routes.add(new Route(
                            new Match(new Endpoint(named, region), choice.headers(), choice.query()),
                            choice.version(),
                            choice.answer(),
                            Origin.unknown()))));
        }
        if (!claims.isEmpty() && !routed.contains(PathPattern.ANY)) {
            routes.add(new Route(Match.any(), null, Origin.unknown()));
        }
    }

    /** Whether no other API of the same host has it, or something around it that is narrower than what is claimed. */
    private boolean isOwn(PathPattern region) {
        Optional<PathPattern> own =
                claims.stream().filter(claim -> claim.covers(region)).min(Precedence.ofPaths());
        return claims.isEmpty()
                || own.isPresent()
                        && others.stream()
                                .filter(other -> other.covers(region))
                                .noneMatch(other -> Precedence.ofPaths().compare(other, own.get()) < 0);
    }

    private static Map<String, Requirement> asked(Map<PathPattern, Fate> fates, PathPattern region) {
        Fate fate = fates.get(region);
        return fate == null ? Map.of() : fate.asked();
    }

    private static Map<String, List<ServiceReader.Said>> choices(Map<PathPattern, Fate> fates, PathPattern region) {
        Fate fate = fates.get(region);
        return fate == null ? Map.of() : fate.choices();
    }

    /** Null for a region whose paths all belong to narrower ones. */
    private @Nullable Fate fate(PathPattern region, List<PathPattern> regions) {
        Fate common = null;
        String first = "";
        for (String path : Partition.samples(region, regions)) {
            Fate fate = isRewritten() ? fate(path) : known.computeIfAbsent(paths.of(path), same -> fate(path));
            if (common != null && !common.isLike(fate)) {
                // One path of a region speaks for all, but no more than what lies below it lets through. With a slash
                // at its end it is the same path to us, and to nearly every service, so that the one without it speaks
                // for both if somebody named it.
                boolean named = path.equals(first + "/") && !nodes.contains(region);
                Fate narrower = named ? common : common.narrowedBy(fate);
                differs(common, fate, narrower, first, path);
                common = narrower;
            }
            if (common == null) {
                common = fate;
                first = path;
            }
        }
        return common;
    }

    /** Where the routes are the same for both, it is the policies that tell them apart. */
    private void differs(Fate one, Fate other, Fate read, String first, String path) {
        String message = "does otherwise with '" + path + "' than with '" + first + "'";
        if (!one.choices().equals(other.choices()) || policies.isEmpty()) {
            place.problem(message);
        } else {
            policies.problem(message + "; " + read.taken(one, other, first, path));
        }
    }

    /** Whether policies may see other paths than the client says, so that its paths alone do not tell how they fare. */
    private boolean isRewritten() {
        return rules.stream().anyMatch(rule -> rule.action().rewrite().to() != null);
    }

    private Fate fate(String path) {
        Map<String, List<ServiceReader.Said>> choices = new LinkedHashMap<>();
        Map<String, Requirement> asked = new LinkedHashMap<>();
        Set<String> refused = new HashSet<>();
        for (Map.Entry<String, Way> each :
                ways.computeIfAbsent(taken.of(path), same -> ways(path)).entrySet()) {
            String method = each.getKey();
            Way way = each.getValue();
            boolean complete = Hits.isComplete(way.hits());
            if (!complete) {
                place.problem("leaves some requests for '" + path + "' without a route");
            }
            // Without a route it is refused; whether the others of its requests have one is not said by the path.
            if (!complete || way.isRefused()) {
                open = false;
                refused.add(method);
                asked.put(method, Requirement.DENIED);
                choices.put(method, List.of(new ServiceReader.Said(Map.of(), Map.of(), null, null)));
                continue;
            }
            asked.put(method, both(gateway.asked(path, method), asked(way.hits(), path, method), path));
            choices.put(method, way.said());
        }
        return new Fate(choices, asked, refused);
    }

    /** By the first of each class of methods. */
    private Map<String, Way> ways(String path) {
        Map<String, Way> found = new LinkedHashMap<>();
        for (String method : methods.firsts()) {
            Way way = new Way(Hits.of(rules, path, method), List.of());
            boolean goes = Hits.isComplete(way.hits()) && !way.isRefused();
            found.put(method, goes ? new Way(way.hits(), ordered(service.said(way.hits(), method), path)) : way);
        }
        return found;
    }

    /** What is said in a region for each method, not only for the first of each class. */
    private Map<String, List<ServiceReader.Said>> routed(Map<PathPattern, Fate> fates, PathPattern region) {
        Map<String, List<ServiceReader.Said>> said = methods.all(choices(fates, region));
        List<ServiceReader.Said> head = said.get("HEAD");
        List<ServiceReader.Said> get = said.get("GET");
        if (head != null && get != null && !head.equals(get) && !get.equals(said.get(ServiceReader.OTHER))) {
            said.put("HEAD", before(head, get, region.toString()));
        }
        return said;
    }

    /** Routes of {@code HEAD} that come before those of {@code GET} that ask for more, because it would follow them. */
    private List<ServiceReader.Said> before(List<ServiceReader.Said> head, List<ServiceReader.Said> get, String path) {
        List<ServiceReader.Said> both = new ArrayList<>(head);
        both.addAll(get);
        List<ServiceReader.Said> said = ordered(both, path);
        return List.copyOf(said.subList(0, said.size() - get.size()));
    }

    /** In the order of a model. */
    private List<ServiceReader.Said> ordered(List<ServiceReader.Said> said, String path) {
        try {
            return SaidOrder.of(said);
        } catch (IllegalArgumentException e) {
            place.problem(e.getMessage() + " at '" + path + "'");
            return said;
        }
    }

    /** The gateway asks before it rewrites, routes or answers; then the workload asks. */
    private Requirement both(Requirement first, Requirement then, String path) {
        open &= first.equals(Requirement.PUBLIC);
        if (first.equals(Requirement.PUBLIC) || then.equals(Requirement.DENIED)) {
            return then;
        }
        if (!then.equals(Requirement.PUBLIC) && !first.equals(Requirement.DENIED)) {
            place.problem("asks for one thing at the gateway and for another at the workload, at '" + path + "'");
        }
        return first;
    }

    /** What is asked at the workload; what the gateway answers does not get there, so that nothing is asked. */
    private Requirement asked(List<Hit> hits, String path, String method) {
        List<Hit> forwarded =
                hits.stream().filter(hit -> hit.action().answer() == null).toList();
        if (forwarded.isEmpty()) {
            return Requirement.PUBLIC;
        }
        String seen = forwarded.get(forwarded.size() - 1).forwarded(path);
        for (Hit hit : forwarded) {
            one(hit, path, seen);
        }
        Requirement asked = policies.asked(seen, method);
        boolean closed = asked.equals(Requirement.DENIED)
                && policies.inside(seen, method).isPresent();
        open &= closed || asked.equals(Requirement.PUBLIC);
        if (forwarded.size() < hits.size() && !policies.isEmpty() && !asked.equals(Requirement.PUBLIC)) {
            place.problem("answers some requests for '" + path + "' without asking who calls, and not others");
        }
        return asked;
    }

    private void one(Hit hit, String path, String forwarded) {
        if (hit.action().refused()) {
            place.problem("refuses some requests for '" + path + "' by their headers");
        }
        if (headers == null) {
            headers = hit.action().headers();
        } else if (!headers.equals(hit.action().headers())) {
            place.problem("sets other headers for some requests");
        }
        String meant = ReadPatterns.apply(rewrites, path);
        if (!hit.forwarded(path).equals(forwarded) || !forwarded.equals(meant)) {
            place.problem(
                    "forwards '" + path + "' as '" + hit.forwarded(path) + "', but elsewhere it says '" + meant + "'");
        }
    }

    /**
     * Says for each method what holds for it. {@code HEAD} comes first, because it follows {@code GET} where nothing is
     * said about it; methods that fare like all others are not named.
     */
    static <V> void perMethod(Map<String, V> byMethod, BiConsumer<List<String>, V> say) {
        V others = byMethod.get(ServiceReader.OTHER);
        V head = byMethod.get("HEAD");
        V get = byMethod.get("GET");
        if (others == null || head == null || get == null) {
            return;
        }
        if (!head.equals(get)) {
            say.accept(List.of("HEAD"), head);
        }
        Map<V, Set<String>> named = new LinkedHashMap<>();
        byMethod.forEach((method, value) -> {
            if (!value.equals(others) && !method.equals("HEAD")) {
                named.computeIfAbsent(value, v -> new LinkedHashSet<>()).add(method);
            }
        });
        named.forEach((value, names) -> say.accept(List.copyOf(names), value));
        say.accept(List.of(), others);
    }
}
