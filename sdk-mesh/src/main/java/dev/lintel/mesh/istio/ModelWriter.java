package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Traffic;
import dev.lintel.core.model.Version;
import dev.lintel.core.plan.Deviation;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.front.FrontObjects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a model: for each API its policies, its subsets, its routes; then a gateway for each namespace. */
final class ModelWriter {
    private final IstioDialect dialect;
    private final SharedHosts shared;
    private final List<Manifest> manifests = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> prerequisites = new ArrayList<>();

    ModelWriter(IstioDialect dialect) {
        this.dialect = dialect;
        this.shared = new SharedHosts(dialect);
    }

    Written write(MeshModel model) {
        problems.addAll(SharedWorkloads.of(model));
        problems.addAll(TrafficRefusals.shared(model));
        problems.addAll(FarRefusals.of(model));
        AuthorizerWriter authorizers = new AuthorizerWriter(dialect, model);
        problems.addAll(authorizers.shared());
        if (dialect.dataPlane() == DataPlane.AMBIENT) {
            problems.addAll(Waypoint.refusals(model));
            problems.addAll(ExitRefusals.ambient(model));
            prerequisites.addAll(Waypoint.prerequisites(model));
        }
        BoundaryWriter boundaries = new BoundaryWriter(dialect, model);
        manifests.addAll(boundaries.write());
        prerequisites.addAll(AccessPrerequisites.boundaries(dialect, model));
        prerequisites.addAll(AccessPrerequisites.authorizers(model));
        if (dialect.ingress().credential() == null) {
            prerequisites.addAll(
                    PlainHttp.prerequisite(
                            model,
                            "istio.plain-http",
                            "the ingress gateway in '" + dialect.ingress().namespace() + "'",
                            "let it serve HTTPS, as in ingress(IngressGateway.standard().https(443, \"{namespace}-certificate\"))"));
        }
        prerequisites.addAll(SharedLabels.prerequisites(model));
        FarAccess far = new FarAccess(dialect, model);
        problems.addAll(far.problems());
        model.apis().forEach(api -> front(model, api));
        model.apis().forEach(api -> api(api, boundaries, far, authorizers));
        manifests.addAll(shared.write());
        problems.addAll(shared.problems());
        EgressWriter egress = new EgressWriter(dialect, model);
        problems.addAll(EgressRefusals.of(model.egress()));
        problems.addAll(ExitRefusals.of(dialect, model));
        prerequisites.addAll(FarSides.prerequisites(model));
        prerequisites.addAll(far.prerequisites());
        prerequisites.addAll(FarSecrets.prerequisites(dialect, model));
        prerequisites.addAll(egress.prerequisites());
        manifests.addAll(egress.write());
        gateways(model);
        List<Deviation> deviations = new ArrayList<>(IstioDeviations.of(model));
        deviations.addAll(FarSides.deviations(model));
        deviations.addAll(far.deviations());
        deviations.addAll(EgressDeviations.of(model.egress()));
        List<Guarantee> guarantees = new ArrayList<>(AccessGuarantees.of(dialect, model));
        guarantees.addAll(far.guarantees());
        guarantees.addAll(egress.guarantees());
        return new Written(manifests, problems, prerequisites, deviations, guarantees);
    }

    /** Who serves it is there before anything leads there; of each proxy, what fences it in comes first. */
    private void front(MeshModel model, ApiModel api) {
        FrontRule rule = api.front();
        if (rule == null) {
            return;
        }
        FrontObjects objects = new FrontObjects(model, api, rule, dialect.fronts());
        List<Problem> against = objects.problems();
        problems.addAll(against);
        if (dialect.dataPlane() == DataPlane.AMBIENT) {
            problems.add(new Problem(
                    "front.ambient",
                    api.id(),
                    "is served by a proxy that leaves it to its sidecar to check tokens, and in ambient mode there is none",
                    "use a mesh with sidecars, or serve the API by an embedded gateway",
                    rule.origin()));
        }
        if (against.isEmpty()) {
            prerequisites.addAll(objects.prerequisites());
            manifests.addAll(objects.write());
        }
    }

    private void api(ApiModel api, BoundaryWriter boundaries, FarAccess far, AuthorizerWriter authorizers) {
        Refusals refusals = new Refusals(api);
        List<String> keptOut = boundaries.keptOut(api);
        problems.addAll(refusals.find(!keptOut.isEmpty()));
        problems.addAll(new CallerRefusals(dialect, api).find());
        if (CallerRefusals.isWild(api)) {
            return;
        }
        try {
            problems.addAll(new TrafficRefusals(api).find());
            AccessPlan access = AccessPlan.isAtWorkload(api) ? AccessPlan.of(api) : null;
            CallerPlan callers = CallerPlan.of(api);
            List<RoutePlan.Step> steps = RoutePlan.of(api.entry(), access);
            problems.addAll(refusals.of(access, steps));
            prerequisites.addAll(new Prerequisites(dialect, api).find(access, keptOut));
            if (FarAccess.isAsked(api)) {
                prerequisites.addAll(new Prerequisites(dialect, api)
                        .atGateway(far.writer(api).plan()));
            }
            prerequisites.addAll(AccessPrerequisites.callers(api, callers));
            manifests.addAll(far.write(api));
            guards(api, access, callers, keptOut, boundaries);
            AuthorizerRule authorizer = api.entry().authorizer();
            if (authorizer != null) {
                manifests.addAll(authorizers.write(api, authorizer));
            }
            service(api);
            entry(api, steps);
        } catch (IllegalArgumentException e) {
            problems.add(refusals.overlap(e));
        }
    }

    /** What keeps somebody out comes before anything leads there. */
    private void guards(
            ApiModel api,
            @Nullable AccessPlan access,
            CallerPlan callers,
            List<String> keptOut,
            BoundaryWriter boundaries) {
        AccessWriter writer = new AccessWriter(dialect, api);
        if (access != null) {
            manifests.addAll(writer.write(access, callers));
        } else if (!keptOut.isEmpty()) {
            manifests.add(writer.strict());
        }
        if (!keptOut.isEmpty()) {
            manifests.add(boundaries.keepsOut(api, writer.target(), keptOut));
        }
    }

    private void service(ApiModel api) {
        Service service = api.service();
        Elsewhere elsewhere = service.traffic().elsewhere();
        destinationRules(api);
        if (elsewhere != null && elsewhere.address() != null) {
            // Known after it is said that it is called by TLS, so that nothing is sent there in the clear in between.
            manifests.add(FarSides.entry(dialect, api, elsewhere));
        }
        SplitRule split = service.split();
        if (split != null) {
            Map<String, Object> spec = map("http", new Destinations(api).split(split));
            add(api, Meta.VIRTUAL_SERVICE, Meta.splitName(api.name()), Map.of(), spec);
        }
        if (isGoverned(service) && !FarAccess.isClosed(api)) {
            String host = Meta.host(service.name(), api.namespace());
            add(
                    api,
                    Meta.VIRTUAL_SERVICE,
                    Meta.meshName(api.name()),
                    Map.of(),
                    map("hosts", List.of(host), "gateways", List.of("mesh"), "http", new HttpRoutes(api).mesh()));
        }
    }

    /** One for the service, with its subsets; and where there is a policy, one for each version that has its own service. */
    private void destinationRules(ApiModel api) {
        Service service = api.service();
        Elsewhere elsewhere = service.traffic().elsewhere();
        Map<String, Object> calls = TrafficPolicies.of(service);
        Map<String, Object> policy = elsewhere == null ? calls : FarSides.policy(dialect, api, calls, elsewhere);
        List<Map<String, Object>> subsets = service.versions().stream()
                .filter(version -> version.service() == null)
                .map(version -> map("name", Meta.subset(version), "labels", version.labels()))
                .toList();
        if (!subsets.isEmpty() || !policy.isEmpty()) {
            String host = Meta.host(service.name(), api.namespace());
            Map<String, Object> spec = map("host", host, "trafficPolicy", policy, "subsets", subsets);
            add(api, Meta.DESTINATION_RULE, api.name(), FarSecrets.notes(dialect, api), spec);
        }
        for (Version version : service.versions()) {
            String own = version.service();
            if (own != null && !policy.isEmpty()) {
                Map<String, Object> spec = map("host", Meta.host(own, api.namespace()), "trafficPolicy", policy);
                add(api, Meta.DESTINATION_RULE, Meta.ruleName(api.name(), own), Map.of(), spec);
            }
        }
    }

    /** Whether something is said about every call, so that calls from inside need routes of their own. */
    static boolean isGoverned(Service service) {
        Traffic traffic = service.traffic();
        return service.split() != null
                || service.retry() != null
                || service.timeout() != null
                || traffic.fault() != null
                || traffic.elsewhere() != null
                || !traffic.choices().isEmpty()
                || !traffic.mirrors().isEmpty();
    }

    private void entry(ApiModel api, List<RoutePlan.Step> steps) {
        if (!api.entry().paths().isEmpty()) {
            shared.add(api, steps);
            return;
        }
        Map<String, Object> spec = map(
                "hosts",
                api.entry().hosts(),
                "gateways",
                List.of(Meta.gateway(dialect, api.namespace())),
                "http",
                new HttpRoutes(api).entry(steps));
        List<String> names = names(api);
        Map<String, String> notes = new LinkedHashMap<>();
        if (!names.isEmpty()) {
            notes.put(Meta.VERSIONS, String.join(",", names));
        }
        if (api.service().grpc() != null) {
            notes.put(Manifest.GRPC, api.name());
        }
        add(api, Meta.VIRTUAL_SERVICE, Meta.entryName(api.name()), notes, spec);
    }

    /** The names of versions that their service or subset does not tell; without them a plan would call them otherwise. */
    static List<String> names(ApiModel api) {
        List<String> names = new ArrayList<>();
        for (Version version : api.service().versions()) {
            String service = version.service();
            if (service != null) {
                names.add(version.name() + "=" + service);
            } else if (!version.name().equals(Meta.subset(version))) {
                names.add(version.name() + "=" + Meta.subset(version));
            }
        }
        return names;
    }

    private void add(ApiModel api, String kind, String name, Map<String, String> notes, Map<String, Object> spec) {
        manifests.add(Meta.object(Meta.NETWORKING, kind, api, name, notes, spec));
    }

    /**
     * One gateway object for a namespace, not one for each API: certificates are for {@code *.namespace.domain}, and
     * gateways that share a certificate answer 404 on connections that a browser reuses. Each host is bound to its
     * namespace, so that no other namespace can take it.
     */
    private void gateways(MeshModel model) {
        Map<String, List<String>> hosts = new TreeMap<>();
        for (ApiModel api : model.apis()) {
            List<String> bound = hosts.computeIfAbsent(api.namespace(), n -> new ArrayList<>());
            api.entry().hosts().stream()
                    .map(host -> api.namespace() + "/" + host)
                    .filter(host -> !bound.contains(host))
                    .forEach(bound::add);
        }
        IngressGateway ingress = dialect.ingress();
        hosts.forEach((namespace, bound) -> {
            String credential =
                    ingress.credential() == null ? null : ingress.credential().replace("{namespace}", namespace);
            Map<String, Object> server = map(
                    "port",
                    map(
                            "number",
                            ingress.port(),
                            "name",
                            credential == null ? "http" : "https",
                            "protocol",
                            credential == null ? "HTTP" : "HTTPS"),
                    "tls",
                    credential == null ? null : map("mode", "SIMPLE", "credentialName", credential),
                    "hosts",
                    bound);
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put(Manifest.MANAGED_BY, Manifest.LINTEL);
            manifests.add(new Manifest(
                    Meta.NETWORKING,
                    Meta.GATEWAY,
                    ingress.namespace(),
                    namespace,
                    labels,
                    Map.of(),
                    map("selector", ingress.labels(), "servers", List.of(server))));
        });
    }
}
