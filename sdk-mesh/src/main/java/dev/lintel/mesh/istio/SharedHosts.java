package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.ApiModel;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ObjectNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes hosts that several APIs share, one VirtualService for each: Istio merges several for one host of a gateway in an
 * order that nobody defines. The most specific of all claimed paths comes first, and each route carries the name of the API
 * to which it belongs; access stays at the workload of each.
 *
 * @see <a href="https://istio.io/latest/docs/ops/best-practices/traffic-management/">Istio, Traffic Management Best
 *     Practices</a>
 */
final class SharedHosts {
    private final IstioDialect dialect;
    private final Map<String, List<Guest>> byHosts = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    SharedHosts(IstioDialect dialect) {
        this.dialect = dialect;
    }

    /** An API that has some paths of its hosts, and what happens there. */
    private record Guest(ApiModel api, List<RoutePlan.Step> steps) {}

    private record Claim(PathPattern path, Guest guest) {}

    void add(ApiModel api, List<RoutePlan.Step> steps) {
        String hosts =
                api.entry().hosts().stream().sorted().collect(Collectors.joining(",", api.namespace() + " ", ""));
        byHosts.computeIfAbsent(hosts, key -> new ArrayList<>()).add(new Guest(api, steps));
    }

    List<Problem> problems() {
        return problems;
    }

    List<Manifest> write() {
        apart();
        List<Manifest> manifests = new ArrayList<>();
        byHosts.values().forEach(guests -> manifests.add(write(guests)));
        return manifests;
    }

    /** APIs that share one of their hosts share all of them, so that no host needs an order of its own. */
    private void apart() {
        Map<String, ApiModel> first = new LinkedHashMap<>();
        byHosts.values().forEach(guests -> {
            ApiModel api = guests.get(0).api();
            for (String host : api.entry().hosts()) {
                ApiModel other = first.putIfAbsent(host, api);
                if (other != null) {
                    problems.add(new Problem(
                            "istio.shared-hosts",
                            api.id(),
                            "shares the host '" + host + "' with " + other.id()
                                    + other.origin().after(" at ")
                                    + ", but not all of its hosts "
                                    + api.entry().hosts(),
                            "say the same hosts for both",
                            api.origin()));
                }
            }
        });
    }

    private Manifest write(List<Guest> guests) {
        ApiModel first = guests.get(0).api();
        List<Object> routes = new ArrayList<>();
        hygiene(guests).ifPresent(hygiene -> routes.add(hygiene.route()));
        List<Claim> claims = new ArrayList<>();
        guests.forEach(guest -> guest.api().entry().paths().forEach(path -> claims.add(new Claim(path, guest))));
        claims.sort(Comparator.comparing(Claim::path, Precedence.ofPaths()));
        Taken taken = new Taken();
        for (Claim claim : claims) {
            ApiModel api = claim.guest().api();
            List<RoutePlan.Step> steps = within(claim.path(), claim.guest().steps());
            problems.addAll(new Refusals(api).of(null, steps));
            for (Map<String, Object> route : new HttpRoutes(api, taken).of(steps)) {
                Map<String, Object> named = map("name", api.name());
                named.putAll(route);
                routes.add(named);
            }
        }
        String host = first.entry().hosts().get(0);
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Manifest.MANAGED_BY, Manifest.LINTEL);
        return new Manifest(
                Meta.NETWORKING,
                Meta.VIRTUAL_SERVICE,
                first.namespace(),
                ObjectNames.fitting(host),
                labels,
                notes(guests),
                map(
                        "hosts",
                        first.entry().hosts(),
                        "gateways",
                        List.of(Meta.gateway(dialect, first.namespace())),
                        "http",
                        routes));
    }

    /** The names of versions, each behind the name of its API, and which of them speak gRPC. */
    private static Map<String, String> notes(List<Guest> guests) {
        List<String> names = new ArrayList<>();
        for (Guest guest : guests) {
            ModelWriter.names(guest.api()).forEach(name -> names.add(guest.api().name() + ":" + name));
        }
        Map<String, String> notes = new LinkedHashMap<>();
        if (!names.isEmpty()) {
            notes.put(Meta.VERSIONS, String.join(",", names));
        }
        List<String> grpc = guests.stream()
                .filter(guest -> guest.api().service().grpc() != null)
                .map(guest -> guest.api().name())
                .toList();
        if (!grpc.isEmpty()) {
            notes.put(Manifest.GRPC, String.join(",", grpc));
        }
        return notes;
    }

    private static List<RoutePlan.Step> within(PathPattern claim, List<RoutePlan.Step> steps) {
        List<RoutePlan.Step> inside = new ArrayList<>();
        for (RoutePlan.Step step : steps) {
            claim.intersect(step.path())
                    .ifPresent(path -> inside.add(new RoutePlan.Step(path, step.route(), step.rewrite())));
        }
        return inside;
    }

    /** One for the whole host, because no expression tells both a path and what is wrong with it. */
    private Optional<Hygiene> hygiene(List<Guest> guests) {
        Hygiene all = new Hygiene(true, true, true);
        boolean asks = false;
        boolean far = guests.stream().anyMatch(guest -> FarAccess.isAsked(guest.api()));
        ApiModel first = guests.get(0).api();
        for (Guest guest : guests) {
            ApiModel api = guest.api();
            Hygiene own = Hygiene.of(api);
            boolean escapes = api.entry().paths().stream()
                    .noneMatch(path -> path.toString().indexOf('%') >= 0);
            all = new Hygiene(
                    all.parameters() && own.parameters(),
                    all.stars()
                            && own.stars()
                            && !(far && api.entry().paths().stream().anyMatch(Forms::hasTemplate)),
                    all.escapes() && own.escapes() && escapes);
            asks |= AccessPlan.isNeeded(api);
        }
        for (Guest guest : guests) {
            ApiModel api = guest.api();
            if (asks && api.entry().pathParameters() != first.entry().pathParameters()) {
                problems.add(new Problem(
                        "istio.shared-parameters",
                        api.id(),
                        "shares the host '" + first.entry().hosts().get(0) + "' with " + first.id()
                                + first.origin().after(" at ") + ", but only one of them allows path parameters",
                        "allow them for both or for neither, or give each a host of its own",
                        api.origin()));
            }
        }
        return asks ? Optional.of(all) : Optional.empty();
    }
}
