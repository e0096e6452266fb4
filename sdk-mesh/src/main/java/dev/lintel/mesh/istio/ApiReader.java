package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.GrpcRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Service;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the objects of one API into its model. */
final class ApiReader {
    private final IstioDialect dialect;
    private final Map<String, Set<String>> exposed;
    private final List<PathPattern> claims;
    private final List<PathPattern> others;
    private final List<Manifest> objects;
    private final List<Problem> problems;
    private final SharedPolicies shared;
    private final boolean closed;
    private final String name;
    private final String namespace;

    /**
     * A reader.
     *
     * @param exposed by gateway, the hosts that it serves
     * @param claims which paths of its hosts belong to the API; empty for all of them
     * @param others which belong to others
     * @param shared policies that belong to no API alone
     * @param objects at least one
     * @param closed whether nothing is called from inside, so that the routes for requests from outside say how calls go
     */
    ApiReader(
            IstioDialect dialect,
            Map<String, Set<String>> exposed,
            List<PathPattern> claims,
            List<PathPattern> others,
            SharedPolicies shared,
            List<Manifest> objects,
            boolean closed,
            List<Problem> problems) {
        this.closed = closed;
        this.dialect = dialect;
        this.shared = shared;
        this.exposed = exposed;
        this.claims = claims;
        this.others = others;
        this.objects = objects;
        this.problems = problems;
        this.name = String.valueOf(objects.get(0).labels().get(Manifest.API));
        this.namespace = objects.get(0).namespace();
    }

    Optional<ApiModel> read() {
        Map<String, Fields> specs = new LinkedHashMap<>();
        Map<String, String> names = Map.of();
        for (Manifest object : objects) {
            Fields spec = new Fields(object.id(), "spec", object.spec(), problems);
            String role = role(object);
            if (specs.putIfAbsent(role, spec) != null || !role.startsWith(object.apiVersion())) {
                spec.problem("there is another such object, or this kind is not known");
            }
            if (object.annotations().containsKey(Meta.VERSIONS)) {
                names = names(object.annotations().get(Meta.VERSIONS));
            }
        }
        VersionNames versions = new VersionNames(name, names, sharesItself());
        boolean grpc = objects.stream().anyMatch(object -> object.says(Manifest.GRPC, name));
        TrafficPolicyReader.Read traffic = destinationRules(specs, versions);
        Fields inside = specs.remove(Meta.NETWORKING + Meta.VIRTUAL_SERVICE + "mesh");
        Fields outside = specs.remove(Meta.NETWORKING + Meta.VIRTUAL_SERVICE + "entry");
        PolicyReader policies = policies(specs);
        specs.values().forEach(spec -> spec.problem("this kind is not known here"));
        if (outside == null) {
            problems.add(Fields.unread(name + "." + namespace, "no VirtualService exposes it"));
            return Optional.empty();
        }
        ApiModel read = model(versions, traffic, inside, outside, policies);
        return Optional.of(grpc ? speaking(read) : read);
    }

    /** Whether some route sends one share to the service without a subset, and another one elsewhere. */
    private boolean sharesItself() {
        return objects.stream()
                .filter(object -> object.kind().equals(Meta.VIRTUAL_SERVICE))
                .flatMap(object -> list(object.spec().get("http")).stream())
                .map(rule -> rule instanceof Map<?, ?> map ? list(map.get("route")) : List.of())
                .anyMatch(shares -> shares.size() > 1 && shares.stream().anyMatch(this::isItself));
    }

    private boolean isItself(@Nullable Object share) {
        return share instanceof Map<?, ?> map
                && map.get("destination") instanceof Map<?, ?> to
                && Meta.host(name, namespace).equals(to.get("host"))
                && to.get("subset") == null;
    }

    private static List<?> list(@Nullable Object said) {
        return said instanceof List<?> list ? list : List.of();
    }

    private ApiModel model(
            VersionNames versions,
            TrafficPolicyReader.Read traffic,
            @Nullable Fields inside,
            Fields outside,
            PolicyReader policies) {
        List<HttpRule> calls = inside == null ? List.of() : calls(inside);
        ServiceReader service = new ServiceReader(versions, traffic, calls, inside == null ? outside : inside);
        List<String> hosts = bound(outside);
        List<Fields> http = outside.maps("http");
        Optional<Hygiene> hygiene = http.isEmpty() ? Optional.empty() : HttpRuleReader.hygiene(http.get(0));
        if (hygiene.isPresent()) {
            http = http.subList(1, http.size());
        }
        HttpRuleReader reader = new HttpRuleReader(namespace);
        List<HttpRule> rules = http.stream().map(reader::read).toList();
        outside.end();
        policies.finish(outside, hygiene);
        if (inside == null && closed) {
            service.inside(anywhere(rules));
        }
        GatewayAccess gateway = shared.gateway(hosts, claims, others, outside);
        boolean stars = hygiene.map(Hygiene::stars).orElse(true);
        if (stars && gateway.hasTemplates()) {
            outside.problem("a path with '*' gets around the templates, and the gateway does not refuse it");
        }
        EntryReader entry = new EntryReader(service, policies, gateway, rules, claims, others, outside);
        entry.read();
        CallersReader callers = new CallersReader(policies, entry.isOpen(), outside);
        Access access = access(policies, gateway, entry);
        Service read = callers.of(service.service(policies.labels().orElse(Map.of("app", name))));
        return new ApiModel(
                name,
                namespace,
                new Entry(
                        hosts,
                        access,
                        entry.routes(),
                        entry.rewrites(),
                        CommonHeaders.of(entry.headers().orElse(HeaderChanges.NONE), rules, outside),
                        hygiene.map(Hygiene::parameters).orElse(true),
                        claims,
                        shared.authorizer(hosts, claims, others, outside),
                        null),
                read,
                List.of(),
                Origin.unknown());
    }

    /** Where the gateway judges tokens, it does so at every host. */
    private static Access access(PolicyReader policies, GatewayAccess gateway, EntryReader entry) {
        boolean open = entry.isOpen();
        if (open && gateway.issuers().isEmpty()) {
            return Access.OPEN;
        }
        if (open) {
            AccessRule any = new AccessRule(Endpoint.any(), Requirement.PUBLIC, Origin.unknown());
            return new Access(gateway.issuers(), gateway.audiences(), List.of(any));
        }
        boolean own = !policies.issuers().isEmpty();
        return new Access(
                own ? policies.issuers() : gateway.issuers(),
                own ? policies.audiences() : gateway.audiences(),
                entry.access());
    }

    /** What routes say about how calls go, by method alone. */
    private static List<HttpRule> anywhere(List<HttpRule> rules) {
        List<HttpRule> calls = new ArrayList<>();
        for (HttpRule rule : rules) {
            HttpRule.Action action = rule.action();
            if (action.goesOn()) {
                List<HttpRule.Entry> entries = rule.entries().stream()
                        .map(entry -> new HttpRule.Entry(null, entry.methods(), Map.of(), Map.of(), null))
                        .toList();
                calls.add(new HttpRule(
                        entries,
                        new HttpRule.Action(
                                false,
                                null,
                                action.shares(),
                                HttpRule.Substitution.NONE,
                                action.retries(),
                                action.timeout(),
                                action.fault(),
                                action.mirrors(),
                                HeaderChanges.NONE)));
            }
        }
        return calls;
    }

    private static ApiModel speaking(ApiModel api) {
        Service service = api.service().grpc(new GrpcRule(Origin.unknown()));
        return new ApiModel(api.name(), api.namespace(), api.entry(), service, api.guards(), api.origin(), api.front());
    }

    private static String role(Manifest object) {
        String kind = object.apiVersion() + object.kind();
        if (object.kind().equals(Meta.DESTINATION_RULE)) {
            return Meta.NETWORKING + Meta.DESTINATION_RULE + " " + object.spec().get("host");
        }
        if (!object.kind().equals(Meta.VIRTUAL_SERVICE)) {
            boolean security =
                    object.kind().endsWith("Authentication") || object.kind().endsWith("Policy");
            String name = object.kind().equals(Meta.AUTHORIZATION_POLICY) ? " " + object.name() : "";
            return (security ? Meta.SECURITY : Meta.NETWORKING) + object.kind() + name;
        }
        return kind + (List.of("mesh").equals(object.spec().get("gateways")) ? "mesh" : "entry");
    }

    private static Map<String, String> names(@Nullable String annotation) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String pair : String.valueOf(annotation).split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                names.put(pair.substring(equals + 1), pair.substring(0, equals));
            }
        }
        return names;
    }

    /** What is said about calls; rules for services of versions must say the same. */
    private TrafficPolicyReader.Read destinationRules(Map<String, Fields> specs, VersionNames versions) {
        String prefix = Meta.NETWORKING + Meta.DESTINATION_RULE + " ";
        Fields own = specs.remove(prefix + Meta.host(name, namespace));
        TrafficPolicyReader.Read said = own == null ? TrafficPolicyReader.Read.NOTHING : rule(own, versions);
        for (String role : List.copyOf(specs.keySet())) {
            if (role.startsWith(prefix)) {
                Fields other = Objects.requireNonNull(specs.remove(role));
                String host = role.substring(prefix.length());
                if (!rule(other, versions).equals(said) || other.has("subsets")) {
                    other.problem("says otherwise about calls than is said about the service's own");
                }
                versions.ruled(host.substring(0, Math.max(0, host.indexOf('.'))));
            }
        }
        return said;
    }

    private static TrafficPolicyReader.Read rule(Fields spec, VersionNames versions) {
        spec.text("host");
        TrafficPolicyReader.Read read = spec.has("trafficPolicy")
                ? TrafficPolicyReader.read(spec.map("trafficPolicy"))
                : TrafficPolicyReader.Read.NOTHING;
        for (Fields subset : spec.maps("subsets")) {
            versions.subset(String.valueOf(subset.text("name")), subset.pairs("labels"));
            subset.end();
        }
        spec.end();
        return read;
    }

    private List<HttpRule> calls(Fields inside) {
        inside.texts("gateways");
        if (!inside.texts("hosts").equals(List.of(Meta.host(name, namespace)))) {
            inside.problem("hosts are not that of the service");
        }
        HttpRuleReader reader = new HttpRuleReader(namespace);
        List<HttpRule> rules = inside.maps("http").stream().map(reader::read).toList();
        inside.end();
        return rules;
    }

    /** The hosts that a gateway serves for this namespace; others are not exposed. */
    private List<String> bound(Fields outside) {
        List<String> gateways = outside.texts("gateways");
        List<String> hosts = new ArrayList<>();
        for (String host : outside.texts("hosts")) {
            boolean served = gateways.stream()
                    .anyMatch(gateway -> exposed.getOrDefault(gateway, Set.of()).contains(namespace + "/" + host));
            if (served) {
                hosts.add(host);
            }
        }
        return hosts;
    }

    private PolicyReader policies(Map<String, Fields> specs) {
        PolicyReader policies = new PolicyReader(dialect, namespace);
        Fields peer = specs.remove(Meta.SECURITY + Meta.PEER_AUTHENTICATION);
        if (peer != null) {
            policies.peer(peer);
        }
        Fields request = specs.remove(Meta.SECURITY + Meta.REQUEST_AUTHENTICATION);
        if (request != null) {
            policies.request(request);
        }
        shared.tokens(policies, name, namespace);
        for (String role : List.copyOf(specs.keySet())) {
            if (role.startsWith(Meta.SECURITY + Meta.AUTHORIZATION_POLICY)) {
                policies.authorization(Objects.requireNonNull(specs.remove(role)), shared.isolated());
            }
        }
        shared.rules(policies, name, namespace);
        return policies;
    }
}
