package dev.lintel.mesh.istio;

import dev.lintel.core.EgressGateway;
import dev.lintel.core.Origin;
import dev.lintel.core.model.EgressRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Rules about what may leave, over few hosts, so that some are narrower than others. */
final class RandomEgress {
    static final List<String> NAMESPACES = List.of("money", "shop", "stock");
    static final List<String> HOSTS =
            List.of("api.psp.example", "*.psp.example", "psp.example", "*.eu.psp.example", "a.eu.psp.example");
    static final List<String> APPLICATIONS = List.of("carts", "orders");
    static final List<Integer> PORTS = List.of(80, 443, 8443);

    private static final EgressGateway OUT = new EgressGateway("out", "edge");

    private RandomEgress() {}

    static List<EgressRule> rules(Random random) {
        List<EgressRule> rules = new ArrayList<>();
        for (String namespace : NAMESPACES) {
            // Within a namespace mostly alike, so that a wider host seldom opens what a narrower one keeps.
            List<Integer> ports = random.nextBoolean() ? List.of(443) : List.of(80, 443);
            for (String host : HOSTS) {
                if (random.nextInt(3) == 0) {
                    boolean other = random.nextInt(8) == 0;
                    rules.add(new EgressRule(
                            namespace,
                            host,
                            other ? List.of(443, 8443) : ports,
                            random.nextInt(6) == 0 ? APPLICATIONS.subList(0, 1 + random.nextInt(2)) : List.of(),
                            random.nextBoolean(),
                            Origin.unknown()));
                }
            }
        }
        if (random.nextInt(3) > 0) {
            throughGateways(random, rules);
        }
        rules.sort(Comparator.comparing(EgressRule::namespace).thenComparing(EgressRule::host));
        return rules;
    }

    /** Some namespaces let out by gateways only, some not at all, some both; now and then in a way that is refused. */
    private static void throughGateways(Random random, List<EgressRule> rules) {
        for (String namespace : NAMESPACES) {
            int kind = random.nextInt(4);
            if (kind > 1) {
                rules.removeIf(rule ->
                        rule.namespace().equals(namespace) && rule.host().startsWith("*") && random.nextInt(20) > 0);
            }
            rules.replaceAll(rule -> {
                boolean through = rule.namespace().equals(namespace) && (kind > 1 || kind == 1 && random.nextBoolean());
                boolean odd = random.nextInt(20) == 0;
                boolean longer = rule.host().length() > 12;
                return through && (odd || !rule.host().startsWith("*"))
                        ? new EgressRule(
                                namespace,
                                rule.host(),
                                odd || rule.host().startsWith("a.") ? rule.ports() : PORTS.subList(0, 2),
                                rule.onlyFor(),
                                rule.privateAddresses(),
                                longer == odd ? EgressGateway.STANDARD : OUT,
                                Origin.unknown())
                        : rule;
            });
        }
    }
}
