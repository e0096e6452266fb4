package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.istio.ForeignHosts.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells to which API objects of anybody belong, and brings them into the form in which this dialect writes its own: by
 * the host that a gateway serves and the services to which its requests go. Whatever that form says otherwise than the
 * objects do is a problem.
 */
final class ForeignObjects {
    /** Objects that do not govern requests. */
    private static final Set<String> OTHERS = Set.of(
            "Namespace",
            "Deployment",
            "ReplicaSet",
            "StatefulSet",
            "DaemonSet",
            "Pod",
            "ConfigMap",
            "Secret",
            "ServiceAccount",
            "HorizontalPodAutoscaler",
            "PodDisruptionBudget",
            "Role",
            "RoleBinding",
            "ClusterRole",
            "ClusterRoleBinding",
            "CustomResourceDefinition",
            "Job",
            "CronJob",
            "PersistentVolumeClaim",
            "Telemetry");

    private static final String ENTRY = "entry";
    private static final String MESH = "mesh";

    private final IstioDialect dialect;
    private final List<Problem> problems;
    private final ForeignPlaces places;
    private final ForeignServices services;
    private final ForeignGateways gateways;
    private final List<Manifest> routing = new ArrayList<>();
    private final List<Manifest> rules = new ArrayList<>();
    private final List<Manifest> policies = new ArrayList<>();
    private final List<Manifest> leaving = new ArrayList<>();

    ForeignObjects(IstioDialect dialect, ForeignPlaces places, List<Problem> problems) {
        this.dialect = dialect;
        this.places = places;
        this.problems = problems;
        this.services = new ForeignServices(problems);
        this.gateways = new ForeignGateways(problems);
    }

    /** Objects that carry our labels, one API after another, and the gateways that they name. */
    List<Manifest> canonical(Collection<Manifest> foreign) {
        foreign.forEach(this::sort);
        ForeignExposure exposure = new ForeignExposure(services, gateways, dialect.ingress(), problems);
        routing.forEach(exposure::read);
        List<Manifest> canonical = new ArrayList<>();
        Map<String, Set<String>> served = new LinkedHashMap<>();
        ForeignAccess access = new ForeignAccess(dialect, services, policies, places, problems);
        for (ForeignExposure.Exposed api : exposure.apis(dialect.domain())) {
            Target target = api.target();
            String gateway = dialect.ingress().namespace() + "/foreign-" + target.namespace();
            Set<String> hosts = served.computeIfAbsent(gateway, name -> new LinkedHashSet<>());
            api.hosts().forEach(host -> hosts.add(target.namespace() + "/" + host));
            Map<String, Object> entry = map("gateways", List.of(gateway), "hosts", api.hosts(), "http", api.outside());
            canonical.add(places.made(object(api, ENTRY, entry), exposure.places(api.outside())));
            if (!api.inside().isEmpty()) {
                Map<String, Object> mesh =
                        map("gateways", List.of(MESH), "hosts", List.of(target.host()), "http", api.inside());
                canonical.add(places.made(object(api, MESH, mesh), exposure.places(api.inside())));
            }
            List<Manifest> traffic = destinationRules(api);
            budgets(api, traffic);
            canonical.addAll(traffic);
            boolean answers = api.outside().stream()
                    .anyMatch(rule -> rule.containsKey("redirect")
                            || rule.containsKey("directResponse") && !ForeignRoute.isNothing(rule));
            boolean rewritten = api.outside().stream().anyMatch(rule -> rule.containsKey("rewrite"));
            canonical.addAll(access.of(target, api.hosts(), rewritten, answers));
        }
        served.forEach((gateway, hosts) -> canonical.add(new Manifest(
                Meta.NETWORKING,
                Meta.GATEWAY,
                gateway.substring(0, gateway.indexOf('/')),
                gateway.substring(gateway.indexOf('/') + 1),
                Map.of(),
                Map.of(),
                map(
                        "selector",
                        dialect.ingress().labels(),
                        "servers",
                        List.of(map(
                                "hosts",
                                List.copyOf(hosts),
                                "port",
                                map("number", 80, "name", "http", "protocol", "HTTP")))))));
        access.tellOthers();
        canonical.addAll(leaving());
        rules.forEach(this::tell);
        return canonical;
    }

    /** What is about one service that no request reaches governs none; one for many services may. */
    private void tell(Manifest rule) {
        String about = "is about no service that is exposed here";
        boolean one = rule.spec().get("host") instanceof String host && host.indexOf('*') < 0;
        problems.add(one ? Fields.inside(rule.id(), about) : Fields.unread(rule.id(), about));
    }

    /** What says what leaves a namespace, read as it is said; without a Sidecar nothing is kept in. */
    private List<Manifest> leaving() {
        Set<String> kept = new LinkedHashSet<>();
        leaving.stream().filter(one -> one.kind().equals(Meta.SIDECAR)).forEach(one -> kept.add(one.namespace()));
        List<Manifest> read = new ArrayList<>();
        for (Manifest one : leaving) {
            if (kept.contains(one.namespace())) {
                read.add(new Manifest(
                        Meta.NETWORKING, one.kind(), one.namespace(), one.name(), Map.of(), Map.of(), one.spec()));
            } else {
                problems.add(Fields.inside(
                        one.id(), "spec: is called from inside where nothing is kept in, which no rule says"));
            }
        }
        return read;
    }

    private void sort(Manifest object) {
        String group =
                object.apiVersion().substring(0, Math.max(0, object.apiVersion().indexOf('/')));
        boolean istio = group.equals("networking.istio.io") || group.equals("security.istio.io");
        if (istio && object.kind().equals(Meta.GATEWAY)) {
            gateways.add(object, dialect.ingress().labels());
        } else if (istio && object.kind().equals(Meta.VIRTUAL_SERVICE)) {
            routing.add(object);
        } else if (istio && object.kind().equals(Meta.DESTINATION_RULE)) {
            rules.add(object);
        } else if (istio && object.kind().equals(Meta.PEER_AUTHENTICATION)) {
            peer(object);
        } else if (istio
                && (object.kind().equals(Meta.REQUEST_AUTHENTICATION)
                        || object.kind().equals(Meta.AUTHORIZATION_POLICY))) {
            policies.add(object);
        } else if (object.apiVersion().equals("v1") && object.kind().equals("Service")) {
            services.add(object);
        } else if (istio
                && (object.kind().equals("ServiceEntry") || object.kind().equals("Sidecar"))) {
            leaving.add(object);
        } else if (!OTHERS.contains(object.kind())) {
            problems.add(Fields.unread(
                    object.id(), "is of kind " + object.kind() + " of " + object.apiVersion() + ", which is not read"));
        }
    }

    /** Whether connections must prove an identity changes nothing for requests through the gateway. */
    private void peer(Manifest object) {
        Fields spec = new Fields(object.id(), "spec", object.spec(), problems);
        spec.skip("selector");
        Fields mtls = spec.map("mtls");
        String mode = mtls.text("mode");
        mtls.end();
        peer(spec, "mtls", mode);
        Fields ports = spec.map("portLevelMtls");
        for (String port : ports.names()) {
            Fields one = ports.map(port);
            peer(spec, "portLevelMtls." + port, one.text("mode"));
            one.end();
        }
        spec.end();
    }

    private static void peer(Fields spec, String where, @Nullable String mode) {
        if ("DISABLE".equals(mode)) {
            spec.problem(
                    where + ": no identity reaches the workload, so that it does not know the gateway; read as if it"
                            + " did");
        } else if (mode != null && !List.of("STRICT", "PERMISSIVE", "UNSET").contains(mode)) {
            spec.problem(where + ".mode is not known: " + mode);
        }
    }

    private static Manifest object(ForeignExposure.Exposed api, String part, Map<String, Object> spec) {
        return new Manifest(
                Meta.NETWORKING,
                Meta.VIRTUAL_SERVICE,
                api.target().namespace(),
                api.target().name() + "-" + part,
                Map.of(Manifest.API, api.target().name()),
                ForeignVersions.notes(api),
                spec);
    }

    /** What is said about calls to the services of an API, of rules that the gateway looks at; the nearest one counts. */
    private List<Manifest> destinationRules(ForeignExposure.Exposed api) {
        String gateway = dialect.ingress().namespace();
        List<Manifest> meant = new ArrayList<>();
        for (Manifest rule : List.copyOf(rules)) {
            String host = ForeignHosts.full(String.valueOf(rule.spec().get("host")), rule.namespace());
            if (api.services().stream().anyMatch(service -> service.host().equals(host))) {
                rules.remove(rule);
                meant.add(rule);
            }
        }
        meant.sort(Comparator.comparingInt(rule -> rank(rule)));
        List<Manifest> found = new ArrayList<>();
        Map<String, Integer> hosts = new LinkedHashMap<>();
        for (Manifest rule : meant) {
            Fields spec = new Fields(rule.id(), "spec", rule.spec(), problems);
            String host = ForeignHosts.full(String.valueOf(spec.text("host")), rule.namespace());
            List<String> exportTo = spec.texts("exportTo");
            int rank = rank(rule);
            Integer before = hosts.get(host);
            if (rank < 0 || before != null && before < rank) {
                spec.inside("is no rule for the gateway in '" + gateway
                        + (rank < 0
                                ? "', which does not look at it"
                                : "', as another one for '" + host + "' is nearer"));
                continue;
            }
            if (before != null) {
                spec.problem("is another rule for '" + host + "', of which the first one counts");
                continue;
            }
            hosts.put(host, rank);
            if (!ForeignExports.isForAll(exportTo)) {
                spec.inside("exportTo: calls from other namespaces than " + exportTo + " do not meet it");
            }
            Map<String, Object> kept = map("host", host);
            kept.putAll(spec.rest());
            if (kept.get("trafficPolicy") instanceof Map<?, ?> policy) {
                kept.putAll(map("trafficPolicy", traffic(policy)));
                if (traffic(policy).isEmpty()) {
                    kept.remove("trafficPolicy");
                }
            }
            found.add(ofService(rule, api.target(), kept));
        }
        return found;
    }

    /** A rule as one of the service's own namespace, wherever it lives. */
    private Manifest ofService(Manifest rule, Target target, Map<String, Object> spec) {
        boolean own = rule.namespace().equals(target.namespace());
        Manifest made = new Manifest(
                Meta.NETWORKING,
                Meta.DESTINATION_RULE,
                target.namespace(),
                own ? rule.name() : rule.namespace() + "." + rule.name(),
                Map.of(Manifest.API, target.name()),
                Map.of(),
                spec);
        if (!own) {
            places.policies(List.of(made), List.of(rule), List.of());
        }
        return made;
    }

    private int rank(Manifest rule) {
        String host = ForeignHosts.full(String.valueOf(rule.spec().get("host")), rule.namespace());
        Target service = ForeignHosts.target(host, rule.namespace());
        return ForeignExports.rank(
                rule.namespace(),
                ForeignExports.look(rule.spec()),
                dialect.ingress().namespace(),
                service == null ? "" : service.namespace(),
                dialect.rootNamespace());
    }

    /** Where workloads are left out, those nearby are preferred unless it is said otherwise. */
    private static void nearby(Map<String, Object> traffic) {
        Map<String, Object> balancer = new LinkedHashMap<>();
        if (traffic.get("loadBalancer") instanceof Map<?, ?> said) {
            said.forEach((key, value) -> balancer.put(String.valueOf(key), value));
        }
        balancer.putIfAbsent("simple", balancer.containsKey("consistentHash") ? null : "LEAST_REQUEST");
        balancer.values().removeIf(java.util.Objects::isNull);
        balancer.putIfAbsent("localityLbSetting", map("enabled", true));
        traffic.put("loadBalancer", balancer);
    }

    /** Retries at once have no limit in a mesh that says none; the model has its usual one. */
    private void budgets(ForeignExposure.Exposed api, List<Manifest> rules) {
        boolean retries = api.outside().stream()
                .anyMatch(rule ->
                        rule.containsKey("retries") && !rule.get("retries").equals(Map.of("attempts", 0)));
        boolean limited = rules.stream().anyMatch(rule -> {
            String policy = String.valueOf(rule.spec().get("trafficPolicy"));
            return policy.contains("maxRetries=") || policy.contains("retryBudget=");
        });
        if (!retries || limited) {
            return;
        }
        Set<Target> all = new LinkedHashSet<>(api.services());
        all.add(api.target());
        problems.add(Fields.travels(
                "API " + api.target().name() + "." + api.target().namespace(),
                "retries at once are not limited; the model lets 20 percent of the calls be retries, and always 3"));
        for (Target target : all) {
            Map<String, Object> spec = map("host", target.host());
            Manifest old = null;
            for (Manifest rule : rules) {
                old = target.host().equals(rule.spec().get("host")) ? rule : old;
            }
            if (old != null) {
                spec.putAll(old.spec());
                rules.remove(old);
            }
            Map<String, Object> traffic = new LinkedHashMap<>();
            if (spec.get("trafficPolicy") instanceof Map<?, ?> said) {
                said.forEach((key, value) -> traffic.put(String.valueOf(key), value));
            }
            traffic.put("retryBudget", map("percent", 20, "minRetryConcurrency", 3));
            spec.put("trafficPolicy", traffic);
            rules.add(new Manifest(
                    Meta.NETWORKING,
                    Meta.DESTINATION_RULE,
                    target.namespace(),
                    target.name(),
                    Map.of(Manifest.API, api.target().name()),
                    Map.of(),
                    spec));
        }
    }

    /** A traffic policy with the numbers that the mesh takes where none are said. */
    private static Map<String, Object> traffic(Map<?, ?> policy) {
        Map<String, Object> traffic = new LinkedHashMap<>();
        policy.forEach((key, value) -> traffic.put(String.valueOf(key), value));
        if (traffic.get("tls") instanceof Map<?, ?> tls && tls.equals(Map.of("mode", "ISTIO_MUTUAL"))) {
            traffic.remove("tls");
        }
        if (traffic.get("outlierDetection") instanceof Map<?, ?> said) {
            Map<String, Object> detection = map(
                    "consecutive5xxErrors", 5,
                    "consecutiveGatewayErrors", 0,
                    "interval", "10s",
                    "baseEjectionTime", "30s",
                    "maxEjectionPercent", 10);
            said.forEach((key, value) -> detection.put(
                    String.valueOf(key),
                    value instanceof String text
                            ? ForeignActions.duration(text)
                                    .map(Retries::seconds)
                                    .orElse(text)
                            : value));
            traffic.put("outlierDetection", detection);
            nearby(traffic);
        }
        return traffic;
    }
}
