package dev.lintel.mesh.target;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one peer of a rule of a NetworkPolicy lets in or out.
 *
 * @param everybody whether it is about any address at all, or every Pod of the cluster
 * @param block addresses in place of Pods, as it is told; null for Pods
 * @param everywhere whether namespaces that are not named are among those whose Pods are meant
 * @param namespaces whose Pods, by name; null if they are told otherwise
 * @param pods labels of the Pods; empty for all of the namespaces
 * @param simple whether labels of Pods are all that narrows them
 * @param ports as they are said; empty for all
 */
record NetworkRule(
        boolean everybody,
        @Nullable String block,
        boolean everywhere,
        @Nullable Set<String> namespaces,
        Map<?, ?> pods,
        boolean simple,
        List<Map<?, ?>> ports) {
    private static final String NAME = "kubernetes.io/metadata.name";
    /** Where NodeLocal DNSCache answers. */
    private static final String RESOLVER = "169.254.20.10/32";

    private static final int NAMES = 53;

    /** One for each peer of a rule, and one for everybody where none is said. */
    static List<NetworkRule> all(Map<?, ?> rule, String peers, String namespace) {
        List<Map<?, ?>> ports = SpecParts.maps(rule.get("ports"));
        List<NetworkRule> all = new ArrayList<>();
        for (Map<?, ?> peer : SpecParts.maps(rule.get(peers))) {
            all.add(of(peer, namespace, ports));
        }
        return all.isEmpty() ? List.of(new NetworkRule(true, null, true, null, Map.of(), true, ports)) : all;
    }

    private static NetworkRule of(Map<?, ?> peer, String namespace, List<Map<?, ?>> ports) {
        if (peer.get("ipBlock") instanceof Map<?, ?> block) {
            String addresses = String.valueOf(block.get("cidr"))
                    + (block.get("except") instanceof List<?> list && !list.isEmpty() ? " but " + list : "");
            return new NetworkRule(false, addresses, false, null, Map.of(), true, ports);
        }
        boolean own = !(peer.get("namespaceSelector") instanceof Map<?, ?>);
        Map<?, ?> spaces = SpecParts.map(peer.get("namespaceSelector"));
        boolean everywhere = !own && isOfAny(spaces);
        Set<String> names = own ? Set.of(namespace) : names(spaces);
        Map<?, ?> pods = SpecParts.map(peer.get("podSelector"));
        Map<?, ?> labels = SpecParts.map(pods.get("matchLabels"));
        boolean simple = SpecParts.maps(pods.get("matchExpressions")).isEmpty();
        boolean everybody = everywhere && isAll(spaces) && isAll(pods);
        return new NetworkRule(everybody, null, everywhere, names, labels, simple, ports);
    }

    /** Whether somebody's namespace can be meant whatever its labels are, but for a name: every namespace has its name as one. */
    private static boolean isOfAny(Map<?, ?> selector) {
        return !(selector.get("matchLabels") instanceof Map<?, ?> labels && !labels.isEmpty())
                && SpecParts.maps(selector.get("matchExpressions")).stream()
                        .allMatch(one -> NAME.equals(one.get("key"))
                                && ("Exists".equals(one.get("operator")) || "NotIn".equals(one.get("operator"))));
    }

    private static boolean isAll(Map<?, ?> selector) {
        return !(selector.get("matchLabels") instanceof Map<?, ?> labels && !labels.isEmpty())
                && SpecParts.maps(selector.get("matchExpressions")).isEmpty();
    }

    /** The names of namespaces; null where labels besides could mean any. */
    private static @Nullable Set<String> names(Map<?, ?> selector) {
        Map<?, ?> labels = selector.get("matchLabels") instanceof Map<?, ?> said ? said : Map.of();
        if (labels.get(NAME) instanceof String name) {
            return Set.of(name);
        }
        for (Map<?, ?> one : SpecParts.maps(selector.get("matchExpressions"))) {
            if (NAME.equals(one.get("key"))
                    && "In".equals(one.get("operator"))
                    && one.get("values") instanceof List<?> values) {
                Set<String> names = new HashSet<>();
                values.forEach(value -> names.add(String.valueOf(value)));
                return names;
            }
        }
        return null;
    }

    /** Whether another one lets all of it through; what is not known to be so is not. */
    boolean isWithin(NetworkRule wide) {
        if (!wide.ports.isEmpty() && (ports.isEmpty() || !wide.ports.containsAll(ports))) {
            return false;
        }
        if (wide.everybody) {
            return true;
        }
        return !everybody
                && block == null
                && namespaces != null
                && wide.namespaces != null
                && wide.namespaces.containsAll(namespaces)
                && wide.simple
                && pods.entrySet().containsAll(wide.pods.entrySet());
    }

    /** Whether it is about nothing but names asked of a resolver on the node, which is no Pod. */
    boolean isNames() {
        return RESOLVER.equals(block)
                && !ports.isEmpty()
                && ports.stream()
                        .allMatch(port -> !port.containsKey("endPort")
                                && port.get("port") instanceof Number number
                                && number.intValue() == NAMES);
    }

    /** Whether who it is about is said by names or addresses, or is anybody's. */
    boolean isKnown() {
        return everywhere || block != null || namespaces != null;
    }

    /** In words. */
    String who() {
        String whose = namespaces == null
                ? everywhere ? "namespaces that are not named" : "namespaces with other labels"
                : "the namespaces " + namespaces.stream().sorted().toList();
        String who = everybody
                ? "everything"
                : block != null
                        ? "the addresses " + block
                        : pods.isEmpty() ? whose : "workloads " + pods + " of " + whose;
        return ports.isEmpty() ? who : who + " at " + ports;
    }
}
