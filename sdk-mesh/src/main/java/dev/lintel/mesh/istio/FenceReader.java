package dev.lintel.mesh.istio;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads for which namespaces and pods packets leave a namespace; several NetworkPolicies are united. */
final class FenceReader {
    private final String controlPlane;
    private final List<Problem> problems;
    private final Map<String, Fence> fences = new LinkedHashMap<>();

    FenceReader(IstioDialect dialect, List<Problem> problems) {
        this.controlPlane = dialect.controlPlane();
        this.problems = problems;
    }

    /** To what the packets of a namespace may go: namespaces, pods of one, and anything at all if it is open. */
    private static final class Fence {
        private final Set<String> namespaces = new TreeSet<>();
        private final Map<String, List<Map<String, String>>> pods = new LinkedHashMap<>();
        private boolean names;
        private boolean everywhere;
        private boolean open;
    }

    /** Takes a network policy of ours if it is about what leaves. */
    boolean take(Manifest manifest) {
        boolean own = manifest.kind().equals(Meta.NETWORK_POLICY)
                && manifest.apiVersion().equals(Meta.NETWORK)
                && manifest.isOurs()
                && manifest.spec().get("policyTypes") instanceof List<?> types
                && types.contains("Egress");
        if (own) {
            read(
                    new Fields(manifest.id(), "spec", manifest.spec(), problems),
                    fences.computeIfAbsent(manifest.namespace(), namespace -> new Fence()),
                    manifest.namespace());
        }
        return own;
    }

    private static void read(Fields spec, Fence fence, String namespace) {
        if (!spec.texts("policyTypes").equals(List.of("Egress"))) {
            spec.problem("is about more than what leaves");
        }
        Fields selector = spec.map("podSelector");
        if (!selector.isEmpty()) {
            spec.problem("keeps in some workloads only: " + selector.rest());
            fence.open = true;
        }
        for (Fields rule : spec.maps("egress")) {
            List<Fields> ports = rule.maps("ports");
            List<Fields> to = rule.maps("to");
            boolean dns =
                    !ports.isEmpty() && ports.stream().allMatch(port -> port.number("port", 0) == EgressFence.DNS_PORT);
            ports.forEach(port -> port.skip("protocol"));
            ports.forEach(Fields::end);
            if (to.isEmpty() && !dns) {
                rule.problem("lets everything out");
                fence.open = true;
            } else if (to.isEmpty()) {
                rule.problem("lets out whatever goes to port " + EgressFence.DNS_PORT + ", wherever that is");
            } else if (!ports.isEmpty() && !dns) {
                rule.problem("lets out by some ports only");
            }
            for (Fields peer : to) {
                peer(peer, fence, dns, namespace);
            }
            fence.names |= dns;
            rule.end();
        }
        spec.end();
    }

    private static void peer(Fields peer, Fence fence, boolean dns, String namespace) {
        if (peer.has("ipBlock")) {
            peer.problem(
                    "lets out what goes to addresses: " + peer.map("ipBlock").rest());
            fence.open |= !dns;
        }
        boolean some = peer.has("namespaceSelector");
        Fields where = peer.map("namespaceSelector");
        List<String> namespaces = new ArrayList<>(some ? List.of() : List.of(namespace));
        Map<String, String> labels = where.pairs("matchLabels");
        List<Fields> expressions = where.maps("matchExpressions");
        if (some && labels.isEmpty() && expressions.isEmpty()) {
            peer.problem("lets out to every namespace");
            fence.everywhere |= !dns;
        }
        if (!EgressFence.NAMESPACES.containsAll(labels.keySet()) || labels.size() + expressions.size() > 1) {
            peer.problem("finds namespaces by more than one name: " + labels);
        }
        String named = labels.get(EgressFence.NAMESPACE);
        if (named != null) {
            namespaces.add(named);
        }
        for (Fields in : expressions) {
            if (!EgressFence.NAMESPACE.equals(in.text("key")) || !"In".equals(in.text("operator"))) {
                in.problem("is not about names of namespaces");
            }
            namespaces.addAll(in.texts("values"));
            in.end();
        }
        where.end();
        boolean narrow = peer.has("podSelector");
        Fields pods = peer.map("podSelector");
        Map<String, String> selected = pods.pairs("matchLabels");
        pods.end();
        peer.end();
        if (!dns && narrow) {
            namespaces.forEach(each ->
                    fence.pods.computeIfAbsent(each, name -> new ArrayList<>()).add(selected));
        } else if (!dns) {
            fence.namespaces.addAll(namespaces);
        }
    }

    /** Whether packets of a namespace are kept from leaving directly. */
    boolean holds(String namespace) {
        Fence fence = fences.get(namespace);
        return fence != null && !fence.open;
    }

    /** Whether packets of a namespace reach a gateway. */
    boolean lets(String namespace, EgressGateway gateway) {
        Fence fence = fences.get(namespace);
        return fence == null
                || fence.open
                || fence.everywhere
                || fence.namespaces.contains(gateway.namespace())
                || fence.pods.getOrDefault(gateway.namespace(), List.of()).contains(Exit.pods(gateway));
    }

    /** Tells which namespaces are cut off from themselves, from the mesh, or from names. */
    void end() {
        fences.forEach((namespace, fence) -> {
            boolean whole = fence.names && fence.namespaces.containsAll(List.of(namespace, controlPlane));
            if (!whole && !fence.open) {
                problems.add(Fields.unread(
                        Meta.NETWORK_POLICY + " " + namespace + "/" + EgressFence.NAME,
                        "cuts workloads off from their own namespace, the mesh or DNS"));
            }
        });
    }
}
