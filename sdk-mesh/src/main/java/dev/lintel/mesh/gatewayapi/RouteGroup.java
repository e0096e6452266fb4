package dev.lintel.mesh.gatewayapi;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.RetryRule;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The HTTPRoutes of one API while they are read. */
final class RouteGroup {
    /** The name of the gateway that stands for all listeners. */
    static final String GATEWAY = "listeners";

    private static final int MOST_GUESSES = 64;

    private final String name;
    private final String namespace;
    private final Sources sources;
    private final List<SeenMatch> matches = new ArrayList<>();
    private final Map<SeenMatch, String> routes = new LinkedHashMap<>();
    private final List<Map<String, Object>> hygiene = new ArrayList<>();
    private final Map<String, String> annotations = new LinkedHashMap<>();
    /** Ways to leave out matches that are there for the order only; each means the same. */
    static final List<Predicate<Asked>> DEPTHS = List.of(
            asked -> asked.headerCount() > 0 || !asked.query().isEmpty(),
            asked -> asked.headerCount() > 0,
            asked -> true,
            asked -> false);

    private final Set<String> backends = new LinkedHashSet<>();
    private final Set<String> authorities = new LinkedHashSet<>();
    private final Set<Optional<RetryRule>> retries = new LinkedHashSet<>();
    private Predicate<Asked> depth = DEPTHS.get(0);
    private List<String> hosts = List.of();
    private TrafficReader.Said said = TrafficReader.Said.NOTHING;
    private Part place;
    private boolean ours;
    private boolean apart;

    RouteGroup(String name, String namespace, Sources sources) {
        this.name = name;
        this.namespace = namespace;
        this.sources = sources;
        this.place = new Part(namespace + "/" + name, "spec", Map.of(), sources.problems());
    }

    /** What else was read. */
    record Sources(
            GatewayApiDialect dialect,
            ListenerReader listeners,
            GrantReader grants,
            SecurityReader security,
            TrafficReader traffic,
            BackendReader backends,
            Map<String, Map<String, Object>> answers,
            boolean strangers,
            List<Problem> problems) {}

    /** The API to which a route belongs: by its label, or else by its host, or the service to which it leads. */
    static String name(Manifest route, GatewayApiDialect dialect) {
        String label = route.labels().get(Manifest.API);
        if (label != null) {
            return label;
        }
        String suffix = "." + route.namespace() + "." + dialect.domain();
        if (route.spec().get("hostnames") instanceof List<?> hosts) {
            for (Object host : hosts) {
                String text = String.valueOf(host);
                String own = text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : "*";
                if (own.matches("[a-z0-9-]+")) {
                    return own;
                }
            }
        }
        return route.name();
    }

    String name() {
        return name;
    }

    void problem(String what) {
        place.problem(what);
    }

    /** The route that somebody wrote; the last one of several. */
    String route() {
        return place.object();
    }

    void say(Predicate<Asked> other) {
        depth = other;
    }

    Predicate<Asked> depth() {
        return depth;
    }

    /** The API and its namespace. */
    String id() {
        return name + "." + namespace;
    }

    /** The {@link #id} of the API to which an object of the mesh belongs. */
    static String owner(Manifest manifest) {
        return manifest.labels().getOrDefault(Manifest.API, "") + "." + manifest.namespace();
    }

    String namespace() {
        return namespace;
    }

    List<String> hosts() {
        return hosts;
    }

    void add(Manifest route) {
        Part spec = new Part(route.id(), "spec", route.spec(), sources.problems());
        place = spec;
        List<String> served = sources.listeners().served(route, spec);
        TrafficReader.Said calls = sources.traffic().at(route);
        if (!routes.isEmpty() && (!served.equals(hosts) || !calls.equals(said))) {
            spec.problem("has other hosts or another policy about calls than another route of the API");
        }
        hosts = served;
        said = calls;
        annotations.putAll(route.annotations());
        ours = route.isOurs();
        boolean grpc = route.kind().equals(Meta.GRPC_ROUTE);
        if (!routes.isEmpty() && grpc != annotations.containsKey(Manifest.GRPC)) {
            spec.problem(
                    "is a " + route.kind() + " for hosts that have routes of another kind, and the older one wins");
        }
        if (grpc) {
            annotations.put(Manifest.GRPC, name);
        }
        RouteReader reader = new RouteReader(
                namespace,
                filter -> sources.answers().getOrDefault(namespace + "/" + filter, Map.of()),
                (place, service) -> sources.grants().allows(route.kind(), namespace, "Service", place, service),
                sources.problems());
        List<SeenMatch> read = reader.read(
                route,
                spec,
                map("fault", said.fault()),
                rule -> sources.security().at(route, rule));
        spec.end();
        backends.addAll(reader.backends());
        authorities.addAll(reader.authorities());
        retries.addAll(reader.retries());
        boolean far = !reader.backends().isEmpty();
        boolean retried = reader.retries().stream().anyMatch(Optional::isPresent);
        if (sources.dialect().extension() == Extension.ISTIO && (far || retried)) {
            spec.problem(
                    "tries again in the words of the standard, or leads to a Backend, which is not read for Istio");
        }
        for (SeenMatch match : read) {
            if (far) {
                // The name of a Backend is said with its place, not in the words of a mesh.
                match.rule().action().remove("rewrite");
            }
            if (match.isHygiene()) {
                hygiene.add(map("uri", map("regex", match.path())));
            } else {
                unsure(match, route.name());
                matches.add(match);
                routes.putIfAbsent(match, route.name());
            }
        }
        matches.sort(SeenMatch.order(sources.dialect().extension()));
    }

    /** What the standard leaves to the implementation, or to which of two routes is older. */
    private void unsure(SeenMatch match, String route) {
        boolean expression =
                match.type().equals("RegularExpression") || match.asked().cookie() != null;
        if (expression && sources.dialect().extension() == Extension.NONE) {
            place.problem("matches by an expression, whose meaning is up to the implementation");
        }
        for (SeenMatch other : matches) {
            if (other.hasPathOf(match)
                    && !other.rule().equals(match.rule())
                    && other.asked().compareByStandard(match.asked()) == 0
                    && other.asked().meets(match.asked())
                    && !route.equals(routes.get(other))) {
                place.problem("meets a match of " + routes.get(other) + ", and the older of the two routes wins");
            }
        }
    }

    private List<List<SeenMatch>> paths() {
        return SeenMatch.byPath(matches, depth);
    }

    /** The routes for requests from outside. */
    Manifest entry() {
        return entry(List.of(this));
    }

    /** The routes for requests from outside of all that share some hosts, in one order. */
    static Manifest entry(List<RouteGroup> guests) {
        RouteGroup first = guests.get(0);
        List<Object> http = new ArrayList<>();
        List<Map<String, Object>> odd = new ArrayList<>();
        guests.forEach(guest -> odd.addAll(guest.hygiene));
        if (!odd.isEmpty()) {
            guests.forEach(guest -> guest.longest(odd));
            http.add(map("match", odd, "directResponse", map("status", 400)));
        }
        boolean whole = guests.size() == 1 && first.isWhole() && !first.apart;
        List<Ordered> ordered = new ArrayList<>();
        guests.forEach(guest -> guest.paths().forEach(same -> ordered.add(new Ordered(guest, same))));
        Comparator<SeenMatch> order = SeenMatch.order(first.sources.dialect().extension());
        ordered.sort(
                (one, other) -> order.compare(one.same().get(0), other.same().get(0)));
        for (Ordered path : ordered) {
            for (SeenMatch match : path.same()) {
                for (Map<String, Object> rule : Lowering.entries(match, path.guest().place)) {
                    Map<String, Object> tree = whole ? map() : map("name", path.guest().name);
                    tree.putAll(rule);
                    http.add(tree);
                }
            }
        }
        String gateway = first.sources.dialect().gateway().namespace() + "/" + GATEWAY;
        Map<String, Object> spec = map("hosts", first.hosts, "gateways", List.of(gateway), "http", http);
        if (whole) {
            return first.object(Meta.VIRTUAL_SERVICE, "entry", spec);
        }
        return new Manifest(
                Meta.ISTIO_NETWORKING,
                Meta.VIRTUAL_SERVICE,
                first.namespace,
                first.name + "-entry",
                // Ours would be read as those of somebody else, where nothing beside them bears a label.
                guests.stream().allMatch(guest -> guest.ours) ? Map.of(Manifest.MANAGED_BY, Manifest.LINTEL) : Map.of(),
                notes(guests),
                spec);
    }

    /** All matches of one path, of one API. */
    private record Ordered(RouteGroup guest, List<SeenMatch> same) {}

    private boolean isWhole() {
        return !sources.strangers() // whose objects bear no label, so that one beside them would tell that all are ours
                && matches.stream()
                        .anyMatch(match -> match.type().equals("PathPrefix")
                                && match.path().equals("/")
                                && match.asked().equals(Asked.NOTHING));
    }

    /** What the routes note, each for its API. */
    private static Map<String, String> notes(List<RouteGroup> guests) {
        Map<String, String> notes = new LinkedHashMap<>();
        for (RouteGroup guest : guests) {
            guest.annotations.forEach((key, value) -> {
                String own = key.equals(Meta.VERSIONS)
                        ? guest.name + ":" + value.replace(",", "," + guest.name + ":")
                        : value;
                notes.merge(key, own, (one, other) -> one.equals(other) ? one : one + "," + other);
            });
        }
        return notes;
    }

    /** Matches of two APIs of one host that are alike: the older of two routes wins. */
    void unsure(RouteGroup other) {
        for (SeenMatch match : matches) {
            for (SeenMatch theirs : other.matches) {
                if (match.hasPathOf(theirs)
                        && match.asked().compareByStandard(theirs.asked()) == 0
                        && match.asked().meets(theirs.asked())) {
                    place.problem("meets a match of " + other.name + ", and the older of the two routes wins");
                    return;
                }
            }
        }
    }

    /** Of two expressions the longer one is asked first; exact paths are asked before, and have no odd characters. */
    private void longest(List<Map<String, Object>> odd) {
        int shortest = odd.stream()
                .mapToInt(uri -> String.valueOf(uri.get("uri")).length() - "{regex=}".length())
                .min()
                .orElse(0);
        if (matches.stream()
                .anyMatch(match ->
                        match.type().equals("RegularExpression") && match.path().length() >= shortest)) {
            place.problem("asks a longer expression before those for odd paths");
        }
    }

    /** What may govern every call: matches that say all for some condition, and what is left of them behind others. */
    List<Manifest> insides() {
        Set<List<Object>> lists = new LinkedHashSet<>();
        List<List<SeenMatch>> paths = new ArrayList<>(paths());
        Collections.reverse(paths);
        for (List<SeenMatch> same : paths) {
            for (int last = same.size() - 1; last >= 0; last--) {
                List<Object> list = new ArrayList<>();
                for (SeenMatch match : same.subList(0, last + 1)) {
                    if (same.get(last).asked().covers(match.asked()) && goesOn(match)) {
                        list.add(Lowering.inside(match, same.get(last).asked()));
                    }
                }
                for (int from = 0; goesOn(same.get(last)) && from < list.size(); from++) {
                    lists.add(List.copyOf(list.subList(from, list.size())));
                }
            }
        }
        return lists.stream()
                .limit(MOST_GUESSES)
                .map(http -> object(
                        Meta.VIRTUAL_SERVICE,
                        "mesh",
                        map("hosts", List.of(host(name)), "gateways", List.of("mesh"), "http", http)))
                .toList();
    }

    private static boolean goesOn(SeenMatch match) {
        return match.rule().action().containsKey("route");
    }

    /** What is said about calls, for each service to which they go. */
    List<Manifest> rules() {
        if (said.policy().isEmpty()) {
            return List.of();
        }
        Set<String> services = new LinkedHashSet<>(List.of(host(name)));
        for (SeenMatch match : matches) {
            if (match.rule().action().get("route") instanceof List<?> destinations) {
                destinations.forEach(one -> services.add(Led.host(one)));
            }
            if (match.rule().action().get("mirrors") instanceof List<?> copies) {
                copies.forEach(one -> services.add(Led.host(one)));
            }
        }
        List<Manifest> rules = new ArrayList<>();
        services.forEach(host -> rules.add(
                object("DestinationRule", "calls-" + rules.size(), map("host", host, "trafficPolicy", said.policy()))));
        return rules;
    }

    /** Whether it can be told by its services which APIs it has. */
    boolean isAbout() {
        return !annotations.containsKey(Manifest.GRPC)
                && matches.stream().anyMatch(RouteGroup::goesOn)
                && matches.stream().allMatch(match -> Led.isWithin(match, "." + namespace + ".svc.cluster.local"));
    }

    /** Says that its services tell which APIs it has, and not its name. */
    void tellApart() {
        apart = true;
    }

    boolean leadsTo(ApiModel api) {
        return matches.stream().anyMatch(Led.to(api)::by);
    }

    /** Adds to one of several APIs what the routes of a mesh have no words for, from what leads to it or is answered. */
    ApiModel completeAlone(ApiModel api) {
        Led led = Led.to(api);
        List<SeenMatch> own = matches.stream()
                .filter(match -> led.by(match) || !goesOn(match))
                .toList();
        Completion.Seen seen = new Completion.Seen(own, led.of(backends), authorities, retries);
        return new Completion(sources.backends(), said, seen, place).of(api);
    }

    /** Adds what the routes of a mesh have no words for. */
    ApiModel complete(ApiModel api) {
        Completion.Seen seen = new Completion.Seen(matches, backends, authorities, retries);
        return new Completion(sources.backends(), said, seen, place).of(api);
    }

    private String host(String service) {
        return service + "." + namespace + ".svc.cluster.local";
    }

    private Manifest object(String kind, String what, Map<String, Object> spec) {
        Map<String, String> labels = apart ? Map.of() : Map.of(Manifest.API, name);
        String called = name + "-" + what;
        return new Manifest(Meta.ISTIO_NETWORKING, kind, namespace, called, labels, annotations, spec);
    }
}
