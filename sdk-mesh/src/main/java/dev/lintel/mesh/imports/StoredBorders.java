package dev.lintel.mesh.imports;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.EgressDefinition;
import dev.lintel.core.Peer;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What may leave, and the boundaries of namespaces, in the stored form. */
final class StoredBorders {
    private StoredBorders() {}

    static List<Map<String, Object>> of(MeshModel model) {
        List<Map<String, Object>> trees = new ArrayList<>();
        model.egress().forEach(rule -> trees.add(egress(rule)));
        model.isolations().forEach(rule -> trees.add(isolation(rule)));
        return trees;
    }

    private static Map<String, Object> egress(EgressRule rule) {
        return map(
                "kind",
                "Egress/v1",
                "host",
                rule.host(),
                "namespace",
                rule.namespace(),
                "ports",
                rule.ports().equals(EgressDefinition.DEFAULT_PORTS) ? null : rule.ports(),
                "onlyFor",
                rule.onlyFor(),
                "privateAddresses",
                rule.privateAddresses() ? true : null,
                "gateway",
                rule.gateway() == null ? null : Objects.toString(rule.gateway()));
    }

    private static Map<String, Object> isolation(IsolationRule rule) {
        return map(
                "kind",
                "Isolation/v1",
                "namespace",
                rule.namespace(),
                "allowFrom",
                peers(rule.from()),
                "allowTo",
                peers(rule.to()));
    }

    private static List<String> peers(List<Peer> peers) {
        return peers.stream()
                .map(peer -> peer.name() == null ? peer.namespace() : peer.toString())
                .toList();
    }
}
