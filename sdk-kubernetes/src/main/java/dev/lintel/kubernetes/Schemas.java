package dev.lintel.kubernetes;

import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemas of the kinds that dialects write, as the cluster publishes them. */
final class Schemas {
    private static final int NOT_FOUND = 404;

    private static final String INDEX = "/openapi/v3";

    private final Map<ObjectKind, Schema> known = new LinkedHashMap<>();
    /** By group, the address of its document, which changes with what it says. */
    private final Map<String, String> addresses = new LinkedHashMap<>();

    private Schemas() {}

    /**
     * Asks the cluster.
     *
     * @param kinds which ones; a kind that the cluster does not know has no schema
     * @throws RefusedException if it does not tell
     */
    static Schemas read(List<ObjectKind> kinds, Transport transport, Json json) {
        return new Schemas().again(kinds, transport, json);
    }

    /**
     * Asks the cluster again, for those documents alone that may say something else now: megabytes otherwise, each time.
     *
     * @param kinds those of the first time
     * @throws RefusedException if it does not tell
     */
    Schemas again(List<ObjectKind> kinds, Transport transport, Json json) {
        Schemas schemas = new Schemas();
        // Read before the documents: one that changes between is read again the next time.
        schemas.addresses.putAll(addresses(transport, json));
        List<String> groups = new ArrayList<>(
                kinds.stream().map(ObjectKind::apiVersion).distinct().toList());
        groups.removeIf(group -> {
            String address = schemas.addresses.get(group);
            return address != null && address.equals(addresses.get(group));
        });
        known.forEach((kind, schema) -> {
            if (!groups.contains(kind.apiVersion())) {
                schemas.known.put(kind, schema);
            }
        });
        List<Reply> replies = transport.sendAll(groups.stream()
                .map(group -> Call.get(INDEX + "/" + path(group)))
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

    private static String path(String group) {
        return (group.contains("/") ? "apis/" : "api/") + group;
    }

    /** Of the groups whose address names what the document says; none if the cluster has no index. */
    private static Map<String, String> addresses(Transport transport, Json json) {
        Reply reply = transport.send(Call.get(INDEX));
        Map<String, String> addresses = new LinkedHashMap<>();
        if (reply.succeeded()) {
            Nodes.at(json.map(reply.body()), "paths").forEach((path, each) -> {
                String address = Nodes.text(Nodes.map(each).get("serverRelativeURL"));
                if (address.contains("?hash=")) {
                    addresses.put(String.valueOf(path).replaceFirst("^apis?/", ""), address);
                }
            });
        }
        return addresses;
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

    /** Whether no document has been read since. */
    boolean isSame(Schemas other) {
        return known.equals(other.known);
    }

    Schema of(ObjectKind kind) {
        return known.getOrDefault(kind, Schema.UNKNOWN);
    }
}
