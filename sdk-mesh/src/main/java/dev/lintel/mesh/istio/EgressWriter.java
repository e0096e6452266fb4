package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.core.plan.Strength;
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
 * and the hosts; entries that somebody else exports let nothing out.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/sidecar/">Istio, Sidecar</a>
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/service-entry/">Istio, Service Entry</a>
 */
final class EgressWriter {
    /** The label by which an application is known. */
    static final String APP = "app";

    static final String NAME = "egress";
    /** The services of the mesh itself, without the hosts outside that somebody lets out there for everybody. */
    static final String MESH = "istio-system/" + Meta.host("*", "istio-system");

    private static final int HTTP = 80;

    private final MeshModel model;
    private final SortedSet<String> namespaces = new TreeSet<>();

    EgressWriter(MeshModel model) {
        this.model = model;
        model.apis().forEach(api -> namespaces.add(api.namespace()));
        model.egress().forEach(rule -> namespaces.add(rule.namespace()));
        model.isolations().forEach(rule -> namespaces.add(rule.namespace()));
    }

    /** The entries before the Sidecars that name them, so that nothing is cut off in between. */
    List<Manifest> write() {
        List<Manifest> manifests = new ArrayList<>();
        model.egress().forEach(rule -> manifests.add(entry(rule)));
        for (String namespace : model.egress().isEmpty() ? List.<String>of() : namespaces) {
            List<EgressRule> rules = rules(namespace);
            manifests.add(sidecar(namespace, null, rules));
            applications(rules).forEach(app -> manifests.add(sidecar(namespace, app, rules)));
        }
        return manifests;
    }

    List<Guarantee> guarantees() {
        List<Guarantee> guarantees = new ArrayList<>();
        for (String namespace : namespaces) {
            List<EgressRule> rules = rules(namespace);
            if (!rules.isEmpty()) {
                List<String> hosts = rules.stream().map(EgressRule::host).toList();
                guarantees.add(new Guarantee(
                        "egress of " + namespace,
                        "nothing leaves but to " + String.join(", ", hosts),
                        Strength.PROXY,
                        "Sidecar " + namespace + "/" + NAME
                                + " with REGISTRY_ONLY, which holds nobody who gets around the" + " sidecar",
                        rules.get(0).origin()));
            }
        }
        return guarantees;
    }

    /** What must be so for it, where there is a rule. */
    List<Problem> prerequisites() {
        List<Problem> found = new ArrayList<>();
        if (model.egress().isEmpty()) {
            return found;
        }
        EgressRule first = model.egress().get(0);
        found.add(new Problem(
                "istio.egress-elsewhere",
                first.id(),
                "once one host is said nothing else leaves, from no namespace; but this dialect writes only into "
                        + namespaces,
                "set in the mesh configuration:\n"
                        + "        meshConfig:\n"
                        + "          outboundTrafficPolicy:\n"
                        + "            mode: REGISTRY_ONLY",
                first.origin()));
        found.add(new Problem(
                "istio.egress-reach",
                first.id(),
                "workloads of " + namespaces
                        + " call only services of these namespaces and of istio-system from now on:"
                        + " a Sidecar takes in what it names",
                "say what else they call in definitions, which makes its namespace known",
                first.origin()));
        for (EgressRule rule : model.egress()) {
            if (!rule.onlyFor().isEmpty()) {
                found.add(new Problem(
                        "istio.egress-applications",
                        rule.id(),
                        "a mesh knows the applications " + rule.onlyFor() + " by the label " + APP
                                + " of their workloads, which whoever may deploy there may set",
                        "give no other workload of " + rule.namespace() + " these labels",
                        rule.origin()));
            }
        }
        return found;
    }

    private List<EgressRule> rules(String namespace) {
        return model.egress().stream()
                .filter(rule -> rule.namespace().equals(namespace))
                .toList();
    }

    private static SortedSet<String> applications(List<EgressRule> rules) {
        SortedSet<String> applications = new TreeSet<>();
        rules.forEach(rule -> applications.addAll(rule.onlyFor()));
        return applications;
    }

    /** A wildcard has no address of its own: such a call goes where its caller looked up. */
    private static Manifest entry(EgressRule rule) {
        boolean wildcard = rule.host().startsWith("*.");
        List<Map<String, Object>> ports = rule.ports().stream()
                .map(port -> map(
                        "number",
                        port,
                        "name",
                        (port == HTTP ? "http-" : "tls-") + port,
                        "protocol",
                        port == HTTP ? "HTTP" : "TLS"))
                .toList();
        return object(
                Meta.SERVICE_ENTRY,
                rule.namespace(),
                // The dot keeps the name of a wildcard apart from those of hosts, which any word in place of '*' would
                // not.
                ObjectNames.fitting(wildcard ? NAME + rule.host().substring(1) : NAME + "-" + rule.host()),
                map(
                        "hosts",
                        List.of(rule.host()),
                        "exportTo",
                        List.of("."),
                        "location",
                        "MESH_EXTERNAL",
                        "resolution",
                        wildcard ? "NONE" : "DNS",
                        "ports",
                        ports));
    }

    /** Null as the application stands for all that have no Sidecar of their own. */
    private Manifest sidecar(String namespace, @Nullable String application, List<EgressRule> rules) {
        List<String> hosts = new ArrayList<>();
        hosts.add("./" + Meta.host("*", namespace));
        for (String other : others(namespace)) {
            hosts.add(other + "/" + Meta.host("*", other));
        }
        hosts.add(MESH);
        for (EgressRule rule : rules) {
            if (application == null ? rule.onlyFor().isEmpty() : rule.isFor(application)) {
                hosts.add("./" + rule.host());
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

    /** The other namespaces in which this model knows a service. */
    private SortedSet<String> others(String namespace) {
        SortedSet<String> others = new TreeSet<>();
        for (ApiModel api : model.apis()) {
            others.add(api.namespace());
        }
        others.remove(namespace);
        others.remove("istio-system");
        return others;
    }

    private static Manifest object(String kind, String namespace, String name, Map<String, Object> spec) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Manifest.MANAGED_BY, Manifest.LINTEL);
        return new Manifest(Meta.NETWORKING, kind, namespace, name, labels, Map.of(), spec);
    }
}
