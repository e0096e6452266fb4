package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Peer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes who inside may call. The gateway is never meant: what it sends is what enters, and governed by rules of its own.
 */
final class CallerWriter {
    private final IstioDialect dialect;

    CallerWriter(IstioDialect dialect) {
        this.dialect = dialect;
    }

    /** Those that name somebody first, that for everybody last. */
    List<Map<String, Object>> rules(CallerPlan plan) {
        Map<List<Peer>, List<Operation>> operations = new LinkedHashMap<>();
        for (CallerPlan.Cut<Map<List<Peer>, MethodSet>> cut : plan.inside()) {
            if (!cut.absorbed()) {
                cut.value()
                        .forEach((peers, methods) -> Operation.add(
                                operations.computeIfAbsent(peers, p -> new ArrayList<>()),
                                Operation.of(cut.path(), cut.carved(), methods)));
            }
        }
        List<Operation> all = operations.remove(List.<Peer>of());
        List<Map<String, Object>> rules = new ArrayList<>();
        operations.forEach((peers, to) -> {
            List<Object> from = sources(peers);
            if (!from.isEmpty()) {
                rules.add(rule(from, to));
            }
        });
        if (all != null) {
            Map<String, Object> source = map("notPrincipals", List.of(dialect.principal()));
            rules.add(rule(List.of(map("source", source)), all));
        }
        return rules;
    }

    private static Map<String, Object> rule(List<Object> from, List<Operation> to) {
        boolean whole = to.stream().anyMatch(Operation::isAll);
        return map(
                "from",
                from,
                "to",
                whole ? null : to.stream().map(Operation::tree).toList());
    }

    private List<Object> sources(List<Peer> peers) {
        List<String> principals = new ArrayList<>();
        List<String> namespaces = new ArrayList<>();
        for (Peer peer : peers) {
            if (peer.name() == null) {
                namespaces.add(peer.namespace());
            } else if (!dialect.principal(peer).equals(dialect.principal())) {
                principals.add(dialect.principal(peer));
            }
        }
        List<Object> sources = new ArrayList<>();
        if (!principals.isEmpty()) {
            sources.add(map("source", map("principals", principals)));
        }
        if (!namespaces.isEmpty()) {
            boolean gateway = namespaces.contains(dialect.ingress().namespace());
            sources.add(map(
                    "source",
                    map("namespaces", namespaces, "notPrincipals", gateway ? List.of(dialect.principal()) : null)));
        }
        return sources;
    }
}
