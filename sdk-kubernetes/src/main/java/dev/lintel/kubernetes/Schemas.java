package dev.lintel.kubernetes;

import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemas of the kinds that dialects write, as the cluster publishes them. */
final class Schemas {
    private static final int NOT_FOUND = 404;

    private final Map<ObjectKind, Schema> known = new LinkedHashMap<>();

    private Schemas() {}

    /**
     * Asks the cluster.
     *
     * @param kinds which ones; a kind that the cluster does not know has no schema
     * @throws RefusedException if it does not tell
     */
    static Schemas read(List<ObjectKind> kinds, Transport transport, Json json) {
        Schemas schemas = new Schemas();
        List<String> groups =
                kinds.stream().map(ObjectKind::apiVersion).distinct().toList();
        List<Reply> replies = transport.sendAll(groups.stream()
                .map(group -> Call.get("/openapi/v3/" + (group.contains("/") ? "apis/" : "api/") + group))
                .toList());
        for (int i = 0; i < groups.size(); i++) {
            Reply reply = replies.get(i);
            if (reply.succeeded()) {
                schemas.take(groups.get(i), kinds, (Map<?, ?>) json.read(reply.body()));
            } else if (reply.status() != NOT_FOUND) {
                throw new RefusedException("reading the schemas of " + groups.get(i), reply, json);
            }
        }
        return schemas;
    }

    private void take(String group, List<ObjectKind> kinds, Map<?, ?> document) {
        if (!(document.get("components") instanceof Map<?, ?> components)
                || !(components.get("schemas") instanceof Map<?, ?> all)) {
            return;
        }
        for (ObjectKind kind : kinds) {
            if (kind.apiVersion().equals(group)) {
                all.values().stream()
                        .filter(Map.class::isInstance)
                        .map(schema -> (Map<?, ?>) schema)
                        .filter(schema -> describes(schema, kind))
                        .findFirst()
                        .ifPresent(schema -> known.put(kind, new Schema(schema)));
            }
        }
    }

    private static boolean describes(Map<?, ?> schema, ObjectKind kind) {
        return schema.get("x-kubernetes-group-version-kind") instanceof List<?> names
                && names.stream()
                        .anyMatch(name -> name instanceof Map<?, ?> named
                                && kind.kind().equals(named.get("kind"))
                                && kind.apiVersion().equals(named.get("group") + "/" + named.get("version")));
    }

    /** Those of some kinds that the cluster knows, in their order. */
    List<ObjectKind> known(List<ObjectKind> kinds) {
        return kinds.stream().filter(known::containsKey).toList();
    }

    Schema of(ObjectKind kind) {
        return known.getOrDefault(kind, Schema.UNKNOWN);
    }
}
