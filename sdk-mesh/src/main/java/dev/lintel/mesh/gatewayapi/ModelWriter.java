package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Deviation;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.core.plan.Strength;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes a model: what closes comes first, then the gateway, then for each API its routes and what is said at them. */
final class ModelWriter {
    /** What is said here in words of Gateway API, or is about objects that are not written here. */
    private static final Set<String> SAID_OTHERWISE = Set.of("istio.plain-http", "istio.subset");

    /** What a mesh cannot do because of Envoy, which is so behind a gateway as well. */
    private static final Set<String> SHARED = Set.of(
            "istio.choice-header",
            "istio.long-cookie",
            "istio.cookie-header",
            "istio.breaker-longest",
            "istio.breaker-jitter",
            "istio.breaker-local",
            "istio.zero",
            "istio.duration",
            "istio.shared-parameters",
            "istio.overlap");
    /** What is refused here in words of our own. */
    private static final Set<String> OWN = Set.of("istio." + BackendRefusals.MESH_ACCESS, "istio.shared-hosts");

    private final GatewayApiDialect dialect;
    private final GatewayWriter gateways;
    private final List<Manifest> manifests = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> prerequisites = new ArrayList<>();
    private final List<Guarantee> guarantees = new ArrayList<>();
    private final Map<String, Set<PathPattern>> tables = new HashMap<>();

    ModelWriter(GatewayApiDialect dialect) {
        this.dialect = dialect;
        this.gateways = new GatewayWriter(dialect);
    }

    Written write(MeshModel model) {
        NotSupported refused = new NotSupported(dialect, model);
        problems.addAll(refused.problems());
        Written mesh = dialect.mesh().write(model);
        List<Manifest> entries =
                mesh.manifests().stream().filter(IstioObjects::isEntry).toList();
        Map<String, List<Manifest>> byApi = entries.stream().collect(Collectors.groupingBy(RouteGroup::owner));
        Map<String, List<ApiModel>> byHost = Claims.byHost(model);
        Map<String, ApiModel> places = BackendRefusals.places(model);
        List<Deviation> deviations = GatewayApiDeviations.of(dialect, model);
        if (dialect.extension() == Extension.ISTIO) {
            mesh.problems().stream()
                    .filter(one -> !OWN.contains(one.code()) && !refused.says(one))
                    .forEach(problems::add);
            mesh.prerequisites().stream()
                    .filter(one -> !SAID_OTHERWISE.contains(one.code()))
                    .forEach(prerequisites::add);
            mesh.deviations().stream()
                    .filter(GatewayApiDeviations::staysBesideRoutes)
                    .forEach(deviations::add);
            guarantees.addAll(mesh.guarantees());
            IstioObjects gateway = new IstioObjects(dialect);
            mesh.manifests().stream()
                    .filter(IstioObjects::isKept)
                    .map(gateway::targeted)
                    .forEach(manifests::add);
            entries.forEach(this::blocked);
        } else {
            mesh.problems().stream().filter(one -> SHARED.contains(one.code())).forEach(this::shared);
        }
        manifests.addAll(gateways.write(model, problems));
        for (ApiModel api : model.apis()) {
            problems.addAll(new Refusals(dialect, api).find());
            problems.addAll(new BackendRefusals(dialect, api).find(places));
            problems.addAll(RetryRefusals.of(dialect, api));
            problems.addAll(ExtAuth.refusals(dialect, api));
            List<Problem> unsayable = new GrpcRefusals(dialect, api).find();
            problems.addAll(unsayable);
            if (unsayable.isEmpty()) {
                List<Manifest> own = new ArrayList<>(byApi.getOrDefault(api.id(), List.of()));
                own.addAll(byApi.getOrDefault("." + api.namespace(), List.of()));
                api(api, new Claims(api, byHost), own);
            }
        }
        prerequisites.addAll(new Prerequisites(dialect).find(model, manifests));
        prerequisites.addAll(BackendPrerequisites.of(dialect, model));
        if (problems.isEmpty()) {
            problems.addAll(new Untold(dialect, model).find(manifests));
        }
        return new Written(manifests, problems, prerequisites, deviations, guarantees);
    }

    private void shared(Problem problem) {
        String code = "gateway-api." + problem.code().substring(problem.code().indexOf('.') + 1);
        problems.add(new Problem(
                code,
                problem.path(),
                problem.message().replaceFirst("^a mesh ", "Envoy "),
                problem.hint(),
                problem.origin()));
    }

    private void blocked(Manifest entry) {
        IstioObjects.refusers(entry)
                .forEach(api -> problems.add(new Problem(
                        "gateway-api.rewritten-access",
                        api + "." + entry.namespace(),
                        "rewrites a path that is denied to one that is not, so that the gateway would have to refuse it, which an"
                                + " HTTPRoute cannot",
                        "rewrite them to different paths, or use Istio's own dialect",
                        Origin.unknown())));
    }

    private void api(ApiModel api, Claims claims, List<Manifest> entries) {
        boolean envoy = dialect.extension() == Extension.ENVOY_GATEWAY;
        try {
            Map<PathPattern, List<Line>> lines = lines(api, claims);
            problems.addAll(new TemplateOrder(dialect, api).find(lines.keySet()));
            problems.addAll(among(api, claims, lines.keySet()));
            problems.addAll(Refusals.fault(api, lines.values()));
            FarBackends far = new FarBackends(dialect, api);
            RouteWriter writer = new RouteWriter(api, far, dialect.extension() == Extension.NONE);
            List<List<RouteWriter.Rule>> groups = new ArrayList<>(writer.rules(lines));
            List<String> odd = envoy && !Grpc.speaks(api) ? IstioObjects.hygiene(entries, api) : List.of();
            problems.addAll(new TemplateOrder(dialect, api).find(lines, odd));
            if (!odd.isEmpty()
                    && claims.isFirst(api, guest -> guest.entry().access().isRestricted())) {
                groups.add(0, writer.hygiene(odd));
            }
            boolean asks = envoy && api.entry().access().isRestricted();
            List<RouteWriter.Written> routes =
                    writer.routes(groups, gateways.parents(api), api.entry().hosts(), "", asks);
            boolean authorizer = envoy && api.entry().authorizer() != null;
            if (asks || authorizer) {
                manifests.addAll(new AccessWriter(dialect, api).write(routes));
            }
            if (authorizer) {
                prerequisites.addAll(ExtAuth.prerequisites(api));
                guarantees.add(new Guarantee(
                        api.id(),
                        "an external authorizer is asked at the gateway",
                        Strength.PROXY,
                        "extAuth of the SecurityPolicies of HTTPRoute " + api.namespace() + "/" + api.name(),
                        api.origin()));
            }
            if (asks) {
                guarantees.add(new Guarantee(
                        api.id(),
                        "access is asked at the gateway",
                        Strength.PROXY,
                        "SecurityPolicy for each rule of " + Grpc.kind(api) + " " + api.namespace() + "/" + api.name()
                                + ", and one that denies whatever no rule names",
                        api.origin()));
            }
            guarantees.add(new Guarantee(
                    api.id(),
                    "no other namespace can take its hosts",
                    Strength.HARD,
                    "allowedRoutes of Gateway " + dialect.gateway().namespace() + "/"
                            + dialect.gateway().name(),
                    api.origin()));
            if (envoy) {
                manifests.addAll(new TrafficWriter(api).write(routes));
            }
            manifests.addAll(far.manifests());
            manifests.addAll(writer.filters());
            routes.forEach(route -> manifests.add(route.manifest()));
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(
                    "gateway-api.overlap",
                    api.id(),
                    String.valueOf(e.getMessage()),
                    "say fewer routes for one path",
                    api.origin()));
        }
    }

    private Map<PathPattern, List<Line>> lines(ApiModel api, Claims claims) {
        boolean envoy = dialect.extension() == Extension.ENVOY_GATEWAY;
        return new RouteTable(Grpc.speaks(api) ? Grpc.posting(api) : api, claims, envoy).lines();
    }

    /** What is asked in another order than is meant among the paths of all APIs of a host; told once for each two. */
    private List<Problem> among(ApiModel api, Claims claims, Set<PathPattern> paths) {
        List<Problem> found = new ArrayList<>();
        for (ApiModel guest : claims.guests()) {
            found.addAll(
                    new TemplateOrder(dialect, api).find(paths, tables.getOrDefault(guest.id(), Set.of()), claims));
        }
        tables.put(api.id(), paths);
        return found;
    }
}
