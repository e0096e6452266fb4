package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ObjectNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes what may leave: a ServiceEntry for each host, seen in its namespace only, and one Sidecar for each namespace that
 * lets out nothing else. Applications that may call more have a Sidecar of their own, found by the label {@code app}.
 *
 * <p>A Sidecar names what it takes in: the services of its own namespace, of the mesh and of the namespaces of this model,
 * and the hosts; entries that somebody else exports let nothing out. What leaves through an egress gateway is written at the
 * gateway, and a network policy holds a namespace to it from which nothing leaves directly.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/sidecar/">Istio, Sidecar</a>
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/service-entry/">Istio, Service Entry</a>
 */
final class EgressWriter {
    /** The label by which an application is known. */
    static final String APP = "app";

    static final String NAME = "egress";
    private static final int HTTP = 80;

    private final IstioDialect dialect;
    private final MeshModel model;
    private final SortedSet<String> namespaces = new TreeSet<>();

    EgressWriter(IstioDialect dialect, MeshModel model) {
        this.dialect = dialect;
        this.model = model;
        model.apis().forEach(api -> namespaces.add(api.namespace()));
        model.egress().forEach(rule -> namespaces.add(rule.namespace()));
        model.isolations().forEach(rule -> namespaces.add(rule.namespace()));
    }

    /** The entries before the Sidecars that name them, so that nothing is cut off in between. */
    List<Manifest> write() {
        List<Manifest> manifests = new ArrayList<>(new ExitWriter(Exit.of(model.egress())).write());
        model.egress().stream().filter(rule -> rule.gateway() == null).forEach(rule -> manifests.add(entry(rule)));
        for (String namespace : model.egress().isEmpty() ? List.<String>of() : namespaces) {
            List<EgressRule> rules = rules(model, namespace);
            manifests.add(sidecar(namespace, null, rules));
            applications(rules).forEach(app -> manifests.add(sidecar(namespace, app, rules)));
        }
        // Last, when everything that leads through gateways is there.
        for (String namespace : namespaces) {
            List<EgressRule> rules = rules(model, namespace);
            if (EgressFence.holds(rules)) {
                manifests.add(EgressFence.write(dialect, model, namespace, rules));
            }
        }
        return manifests;
    }

    List<Guarantee> guarantees() {
        return new EgressNotes(dialect, model, namespaces).guarantees();
    }

    /** What must be so for it, where there is a rule. */
    List<Problem> prerequisites() {
        return new EgressNotes(dialect, model, namespaces).prerequisites();
    }

    static List<EgressRule> rules(MeshModel model, String namespace) {
        return model.egress().stream()
                .filter(rule -> rule.namespace().equals(namespace))
                .toList();
    }

    private static SortedSet<String> applications(List<EgressRule> rules) {
        SortedSet<String> applications = new TreeSet<>();
        rules.forEach(rule -> applications.addAll(rule.onlyFor()));
        return applications;
    }

    private static Manifest entry(EgressRule rule) {
        // The dot keeps the name of a wildcard apart from those of hosts, which any word in place of '*' would not.
        String name = rule.host().startsWith("*.") ? NAME + rule.host().substring(1) : NAME + "-" + rule.host();
        return object(
                Meta.SERVICE_ENTRY,
                rule.namespace(),
                ObjectNames.fitting(name),
                entry(rule.host(), rule.ports(), List.of(".")));
    }

    /** A wildcard has no address of its own: such a call goes where its caller looked up. */
    static Map<String, Object> entry(String host, List<Integer> numbers, List<String> seen) {
        List<Map<String, Object>> ports = numbers.stream()
                .map(port -> map("number", port, "name", portName(port), "protocol", isHttp(port) ? "HTTP" : "TLS"))
                .toList();
        return map(
                "hosts",
                List.of(host),
                "exportTo",
                seen,
                "location",
                "MESH_EXTERNAL",
                "resolution",
                host.startsWith("*.") ? "NONE" : "DNS",
                "ports",
                ports);
    }

    /** Whether a port carries plain HTTP; every other one carries TLS. */
    static boolean isHttp(int port) {
        return port == HTTP;
    }

    static String portName(int port) {
        return (isHttp(port) ? "http-" : "tls-") + port;
    }

    /** Null as the application stands for all that have no Sidecar of their own. */
    private Manifest sidecar(String namespace, @Nullable String application, List<EgressRule> rules) {
        List<String> hosts = new ArrayList<>();
        hosts.add("./" + Meta.host("*", namespace));
        others(namespace).forEach(other -> hosts.add(all(other)));
        hosts.add(mesh(dialect));
        for (EgressRule rule : rules) {
            if (application == null ? rule.onlyFor().isEmpty() : rule.isFor(application)) {
                EgressGateway gateway = rule.gateway();
                hosts.add((gateway == null ? "." : gateway.namespace()) + "/" + rule.host());
                String service = gateway == null ? "" : gateway.namespace() + "/" + Exit.service(gateway);
                if (gateway != null && !hosts.contains(service) && !hosts.contains(all(gateway.namespace()))) {
                    hosts.add(service);
                }
            }
        }
        return object(
                Meta.SIDECAR,
                namespace,
                application == null ? NAME : ObjectNames.fitting(NAME + "-" + application),
                map(
                        "workloadSelector",
                        application == null ? null : map("labels", map(APP, application)),
                        "outboundTrafficPolicy",
                        map("mode", "REGISTRY_ONLY"),
                        "egress",
                        List.of(map("hosts", hosts))));
    }

    /** The services of the mesh itself, without the hosts outside that somebody lets out there for everybody. */
    static String mesh(IstioDialect dialect) {
        return all(dialect.controlPlane());
    }

    private static String all(String namespace) {
        return namespace + "/" + Meta.host("*", namespace);
    }

    /** The other namespaces in which this model knows a service. */
    private SortedSet<String> others(String namespace) {
        SortedSet<String> others = new TreeSet<>();
        for (ApiModel api : model.apis()) {
            others.add(api.namespace());
        }
        others.remove(namespace);
        others.remove(dialect.controlPlane());
        return others;
    }

    private static Manifest object(String kind, String namespace, String name, Map<String, Object> spec) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Manifest.MANAGED_BY, Manifest.LINTEL);
        return new Manifest(Meta.NETWORKING, kind, namespace, name, labels, Map.of(), spec);
    }
}
