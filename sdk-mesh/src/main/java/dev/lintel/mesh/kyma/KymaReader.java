package dev.lintel.mesh.kyma;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads APIRules by what the controller makes of them, and whatever else there is as Istio does. Objects that belong to
 * the API of an APIRule, by its label or by its name, stand beside it.
 */
final class KymaReader {
    private final KymaDialect dialect;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> domains = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> selectors = new LinkedHashMap<>();
    private final Map<String, List<String>> byHost = new LinkedHashMap<>();
    private final Map<String, ApiRule> rules = new LinkedHashMap<>();
    private final Map<String, List<Manifest>> beside = new LinkedHashMap<>();
    private final List<Manifest> plain = new ArrayList<>();

    KymaReader(KymaDialect dialect) {
        this.dialect = dialect;
    }

    Read read(Collection<Manifest> manifests) {
        manifests.stream().filter(KymaReader::isGateway).forEach(this::gateway);
        manifests.stream().filter(KymaReader::isService).forEach(this::service);
        manifests.stream().filter(KymaReader::isApiRule).forEach(this::apiRule);
        for (Manifest manifest : manifests) {
            if (isGateway(manifest) || isService(manifest) || isApiRule(manifest)) {
                continue;
            }
            String id = id(String.valueOf(manifest.labels().get(Manifest.API)), manifest.namespace());
            List<String> asked = asked(manifest);
            if (!asked.isEmpty()) {
                asked.forEach(each ->
                        beside.computeIfAbsent(each, key -> new ArrayList<>()).add(manifest));
            } else if (rules.containsKey(id)) {
                beside.computeIfAbsent(id, key -> new ArrayList<>()).add(manifest);
            } else {
                plain.add(manifest);
            }
        }
        List<ApiModel> apis = new ArrayList<>();
        List<ApiRule> wide = rules.values().stream()
                .filter(rule -> rule.host().startsWith("*."))
                .toList();
        rules.forEach((id, rule) -> apis.add(
                new ApiRuleModel(dialect, rule, wide, selectors, problems).read(beside.getOrDefault(id, List.of()))));
        Read istio = plainObjects();
        Set<String> grpc = Spoken.speaking(manifests);
        apis.replaceAll(api -> grpc.contains(id(api.name(), api.namespace())) ? Spoken.grpc(api) : api);
        held(apis, istio.model());
        apis.addAll(istio.model().apis());
        problems.addAll(istio.problems());
        apis.sort(Comparator.comparing(ApiModel::namespace).thenComparing(ApiModel::name));
        return new Read(
                new MeshModel(apis, istio.model().egress(), istio.model().isolations()), problems);
    }

    /** Once a host is said nothing else leaves, from no namespace, and so from none of those that have APIRules only. */
    private void held(List<ApiModel> ofRules, MeshModel istio) {
        if (istio.egress().isEmpty()) {
            return;
        }
        Set<String> open = new TreeSet<>();
        ofRules.forEach(api -> open.add(api.namespace()));
        istio.apis().forEach(api -> open.remove(api.namespace()));
        plain.stream()
                .filter(manifest -> manifest.kind().equals("Sidecar"))
                .forEach(sidecar -> open.remove(sidecar.namespace()));
        open.forEach(namespace -> problems.add(new Problem(
                "kyma.unread",
                "Sidecar " + namespace,
                "is not there, so that everything leaves",
                "what it means for requests is not known",
                Origin.unknown())));
    }

    /** The APIs of APIRules about whose hosts a policy at the gateway asks an external authorizer. */
    private List<String> asked(Manifest manifest) {
        if (!manifest.kind().equals(Beside.POLICY)
                || !manifest.namespace().equals(dialect.istio().ingress().namespace())
                || !"CUSTOM".equals(manifest.spec().get("action"))) {
            return List.of();
        }
        Set<String> asked = new LinkedHashSet<>();
        for (Part rule : new Part(manifest.id(), "spec", manifest.spec(), new ArrayList<>()).parts("rules")) {
            for (Part to : rule.parts("to")) {
                to.part("operation").texts("hosts").forEach(host -> asked.addAll(byHost.getOrDefault(host, List.of())));
            }
        }
        return List.copyOf(asked);
    }

    private static String id(String api, String namespace) {
        return api + "." + namespace;
    }

    private static boolean isGateway(Manifest manifest) {
        return manifest.kind().equals("Gateway")
                && manifest.apiVersion().startsWith("networking.istio.io/")
                && !isExit(manifest);
    }

    /** Whether it is for callers in the mesh alone, as a server is that asks for certificates of the mesh. */
    static boolean isExit(Manifest gateway) {
        return String.valueOf(gateway.spec().get("servers")).contains("ISTIO_MUTUAL");
    }

    private static boolean isService(Manifest manifest) {
        return manifest.kind().equals("Service") && manifest.apiVersion().equals("v1");
    }

    private static boolean isApiRule(Manifest manifest) {
        return manifest.kind().equals(ApiRule.KIND) && manifest.apiVersion().startsWith(ApiRule.GROUP);
    }

    /** A short host is completed by the first host of the gateway. */
    private void gateway(Manifest manifest) {
        for (Part server : new Part(manifest.id(), "spec", manifest.spec(), new ArrayList<>()).parts("servers")) {
            for (String host : server.texts("hosts")) {
                String bare = host.substring(host.indexOf('/') + 1);
                domains.putIfAbsent(
                        manifest.namespace() + "/" + manifest.name(), bare.startsWith("*.") ? bare.substring(2) : bare);
            }
        }
    }

    private void service(Manifest manifest) {
        selectors.put(
                id(manifest.name(), manifest.namespace()),
                new Part(manifest.id(), "spec", manifest.spec(), new ArrayList<>()).pairs("selector"));
    }

    private void apiRule(Manifest manifest) {
        Manifest read = manifest;
        if (manifest.apiVersion().equals(Earlier.VERSION)) {
            read = new Earlier(manifest, problems).convert().orElse(null);
        }
        if (read == null) {
            return;
        }
        new ApiRuleReader(read, domains, dialect.domain(), problems).read().ifPresent(rule -> {
            String id = id(manifest.labels().getOrDefault(Manifest.API, manifest.name()), manifest.namespace());
            byHost.computeIfAbsent(rule.host(), host -> new ArrayList<>()).add(id);
            if (rules.putIfAbsent(id, rule) != null) {
                problems.add(new Problem(
                        "kyma.unread",
                        manifest.id(),
                        "there is another APIRule for this API",
                        "name each APIRule by itself",
                        Origin.unknown()));
            }
        });
    }

    /** What is bound to Kyma's gateway is read as if that gateway served just those hosts. */
    private Read plainObjects() {
        Set<String> hosts = new TreeSet<>();
        for (Manifest manifest : plain) {
            Part spec = new Part(manifest.id(), "spec", manifest.spec(), new ArrayList<>());
            if (manifest.kind().equals("VirtualService")
                    && spec.texts("gateways").contains(dialect.gateway())) {
                spec.texts("hosts").forEach(host -> hosts.add(manifest.namespace() + "/" + host));
            }
        }
        List<Manifest> all = new ArrayList<>(plain);
        all.add(gateway(dialect, List.copyOf(hosts)));
        return dialect.istio().read(all);
    }

    static Manifest gateway(KymaDialect dialect, List<String> hosts) {
        int slash = dialect.gateway().indexOf('/');
        return new Manifest(
                "networking.istio.io/v1",
                "Gateway",
                dialect.gateway().substring(0, slash),
                dialect.gateway().substring(slash + 1),
                Map.of(),
                Map.of(),
                map(
                        "selector",
                        dialect.istio().ingress().labels(),
                        "servers",
                        List.of(map("port", map("number", 80, "name", "http", "protocol", "HTTP"), "hosts", hosts))));
    }
}
