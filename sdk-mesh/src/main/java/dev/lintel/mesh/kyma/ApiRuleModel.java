package dev.lintel.mesh.kyma;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Version;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.kyma.Rule.Backend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the model of one APIRule and of what stands beside it. */
final class ApiRuleModel {
    private static final String NETWORKING = "networking.istio.io/v1";

    private final KymaDialect dialect;
    private final ApiRule rule;
    private final List<ApiRule> wide;
    private final Map<String, Map<String, String>> selectors;
    private final List<Problem> problems;
    private final Part place;
    private final Backend backend;

    ApiRuleModel(
            KymaDialect dialect,
            ApiRule rule,
            List<ApiRule> wide,
            Map<String, Map<String, String>> selectors,
            List<Problem> problems) {
        this.dialect = dialect;
        this.rule = rule;
        this.wide = wide;
        this.selectors = selectors;
        this.problems = problems;
        this.place = new Part(ApiRule.KIND + " " + rule.namespace() + "/" + rule.name(), "spec", Map.of(), problems);
        this.backend = rule.rules().get(0).backend();
    }

    ApiModel read(List<Manifest> beside) {
        BesideReader policies = new BesideReader(beside, problems);
        EntryReader reader = new EntryReader(rule, wide, policies.denials(), this::sameWorkloads, problems);
        ApiModel read = calls(policies);
        Access access = access(reader, policies);
        inside(policies, access);
        Entry seen = read.entry();
        Entry entry = new Entry(
                List.of(rule.host()),
                access,
                reader.routes(),
                List.of(),
                headers(),
                true,
                List.of(),
                seen.authorizer(),
                seen.login());
        return new ApiModel(rule.name(), rule.namespace(), entry, service(read, policies), List.of(), Origin.unknown());
    }

    private boolean sameWorkloads(Backend one, Backend other) {
        return one.namespace().equals(other.namespace()) && workloads(one).equals(workloads(other));
    }

    private Map<String, String> workloads(Backend one) {
        return selectors.getOrDefault(one.name() + "." + one.namespace(), Map.of("service", one.name()));
    }

    private void inside(BesideReader policies, Access access) {
        if (!policies.letsCallersInsideGoOn()) {
            place.problem(
                    "inside",
                    "callers inside the mesh are refused by the policies that the controller makes",
                    "let them in by a policy with notPrincipals: [" + KymaDialect.principal() + "]");
        } else if (access.isRestricted() && !policies.isStrict()) {
            place.problem("without a strict PeerAuthentication whoever comes without an identity counts as inside");
        }
    }

    /**
     * Audiences of an entry are claims of which all are needed; where every token needs one of the same, they are those of
     * the API. A policy of ours asks for them where a token is presented that nobody needs.
     */
    private Access access(EntryReader reader, BesideReader policies) {
        if (reader.isOpen()) {
            return Access.OPEN;
        }
        List<AccessRule> rules = reader.access();
        Audiences audiences = new Audiences(rules);
        boolean everywhere = policies.audiences().isEmpty()
                ? !audiences.anyPublic()
                : audiences.common().equals(policies.audiences());
        boolean split = everywhere && !audiences.common().isEmpty();
        return new Access(rule.issuers(), split ? audiences.common() : List.of(), split ? audiences.without() : rules);
    }

    private HeaderChanges headers() {
        Map<String, String> first = rule.rules().get(0).headers();
        if (rule.rules().stream().anyMatch(one -> !one.headers().equals(first))) {
            place.problem("sets other headers for some requests than for others");
        }
        return first.isEmpty() ? HeaderChanges.NONE : new HeaderChanges(first, Map.of());
    }

    private Service service(ApiModel read, BesideReader policies) {
        Service seen = read.service();
        Map<String, String> selected = selectors.get(backend.name() + "." + backend.namespace());
        Map<String, String> labels =
                policies.labels().orElse(selected == null ? Map.of("app", backend.name()) : selected);
        if (selected != null && !selected.equals(labels)) {
            place.problem("the Service selects " + selected + ", and the policies beside it " + labels);
        }
        List<Version> versions = new ArrayList<>(seen.versions());
        rule.rules().stream()
                .map(one -> one.backend().name())
                .distinct()
                .filter(name -> !name.equals(backend.name()))
                .map(name -> new Version(name, Map.of(), name))
                .forEach(versions::add);
        return new Service(
                backend.name(),
                backend.port(),
                labels,
                versions,
                seen.split(),
                seen.retry(),
                timeout(seen),
                seen.traffic(),
                seen.callers(),
                seen.grpc());
    }

    private TimeoutRule timeout(Service seen) {
        int seconds = rule.rules().get(0).timeout();
        Duration total = Duration.ofSeconds(seconds);
        boolean same = rule.rules().stream().allMatch(one -> one.timeout() == seconds);
        if (!same || seen.timeout() != null && !seen.timeout().total().equals(total)) {
            place.problem("limits some calls otherwise in time than others");
        }
        return new TimeoutRule(total, Origin.unknown());
    }

    /** What stands beside the APIRule is read as Istio does, with routes that say of entering calls what is said of those inside. */
    private ApiModel calls(BesideReader policies) {
        List<Manifest> objects = new ArrayList<>();
        Object http = List.of(map(
                "route",
                List.of(map(
                        "destination",
                        map(
                                "host",
                                backend.name() + "." + rule.namespace() + ".svc.cluster.local",
                                "port",
                                map("number", backend.port())))),
                "retries",
                map("attempts", 0)));
        for (Manifest manifest : policies.others()) {
            boolean here = manifest.namespace().equals(rule.namespace());
            objects.add(here ? of(manifest.apiVersion(), manifest.kind(), manifest.name(), manifest.spec()) : manifest);
            if (manifest.kind().equals("VirtualService")) {
                http = Objects.requireNonNullElse(manifest.spec().get("http"), http);
            }
        }
        Map<String, Object> entry =
                map("hosts", List.of(rule.host()), "gateways", List.of(dialect.gateway()), "http", http);
        objects.add(of(NETWORKING, "VirtualService", backend.name() + "-entry", entry));
        objects.add(KymaReader.gateway(dialect, List.of(rule.namespace() + "/" + rule.host())));
        Read read = dialect.istio().read(objects);
        problems.addAll(read.problems());
        return read.model().apis().get(0);
    }

    /** An object of the API whose service this is; Istio's reader takes both for one. */
    private Manifest of(String apiVersion, String kind, String name, Map<String, Object> spec) {
        Map<String, String> labels = new LinkedHashMap<>(Map.of(Manifest.API, backend.name()));
        return new Manifest(apiVersion, kind, rule.namespace(), name, labels, Map.of(), spec);
    }
}
