package dev.lintel.mesh.istio;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.model.EgressRule;
import dev.lintel.mesh.ObjectNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A host that is called through an egress gateway, from one namespace or from several.
 *
 * @param gateway the gateway
 * @param host the host
 * @param rules one for each namespace, with the same ports
 */
record Exit(EgressGateway gateway, String host, List<EgressRule> rules) {
    private static final String PREFIX = "istio-";

    Exit {
        rules = List.copyOf(rules);
    }

    /** Those of some rules, sorted by gateway and host. */
    static List<Exit> of(List<EgressRule> rules) {
        Map<String, List<EgressRule>> groups = new TreeMap<>();
        for (EgressRule rule : rules) {
            if (rule.gateway() != null) {
                groups.computeIfAbsent(rule.gateway() + " " + rule.host(), key -> new ArrayList<>())
                        .add(rule);
            }
        }
        return groups.values().stream()
                .map(group -> new Exit(
                        Objects.requireNonNull(group.get(0).gateway()),
                        group.get(0).host(),
                        group))
                .toList();
    }

    /** What the pods of a gateway carry, by whatever of Istio's ways it was installed. */
    static Map<String, String> pods(EgressGateway gateway) {
        String name = gateway.name();
        return Map.of("istio", name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name);
    }

    /** The full name of a gateway's service. */
    static String service(EgressGateway gateway) {
        return Meta.host(gateway.name(), gateway.namespace());
    }

    List<Integer> ports() {
        return rules.get(0).ports();
    }

    List<String> namespaces() {
        return rules.stream().map(EgressRule::namespace).toList();
    }

    /** What its objects are called, in the namespace of the gateway. */
    String name() {
        return ObjectNames.fitting(EgressWriter.NAME + "-" + host);
    }

    /** What its gateway object is called: routes name those by DNS labels only. */
    String gatewayName() {
        return ObjectNames.fitting(EgressWriter.NAME + "-" + label());
    }

    /**
     * Its subset of the gateway's service, a DNS label. Hyphens are doubled, so that {@code a-b.c} and {@code a.b-c} are
     * two.
     */
    String subset() {
        return ObjectNames.fitting(label());
    }

    private String label() {
        return host.replace("-", "--").replace('.', '-');
    }
}
