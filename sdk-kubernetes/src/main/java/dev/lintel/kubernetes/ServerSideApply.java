package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Repeated;
import dev.lintel.mesh.Trees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes objects by server-side apply, or asks the apiserver what it would say to them. */
final class ServerSideApply {
    private static final String TYPE = "application/apply-patch+yaml";
    private static final int NOT_FOUND = 404;
    /** An etcd takes 1.5 MiB at once; the apiserver adds who owns which fields. */
    static final int LARGEST = 1_400_000;

    private final Transport transport;
    private final Json json;

    ServerSideApply(Transport transport, Json json) {
        this.transport = transport;
        this.json = json;
    }

    /**
     * A dry run on the server: definitions, webhooks, owners of fields and permissions are asked, nothing is kept.
     *
     * @return what the apiserver would refuse, in its own words
     */
    List<Problem> rehearse(List<Manifest> manifests, Conflicts conflicts) {
        List<Problem> problems = new ArrayList<>();
        List<Manifest> asked = new ArrayList<>();
        for (Manifest each : manifests) {
            // A dry run does not come to the store, which alone knows this limit.
            int bytes = json.write(document(each)).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > LARGEST) {
                problems.add(tooLarge(each, bytes));
            } else {
                asked.add(each);
            }
        }
        List<Reply> replies = transport.sendAll(
                asked.stream().map(each -> call(each, conflicts, "&dryRun=All")).toList());
        Refusals refusals = new Refusals(json);
        for (int i = 0; i < replies.size(); i++) {
            if (!replies.get(i).succeeded()) {
                problems.add(refusals.problem(asked.get(i), replies.get(i), conflicts));
            }
        }
        return problems.stream().distinct().toList();
    }

    private static Problem tooLarge(Manifest manifest, int bytes) {
        return new Problem(
                "cluster.size",
                manifest.id(),
                "takes " + bytes + " bytes; the store of a cluster takes " + LARGEST + " for one object",
                "say less in one API: fewer paths, callers and versions; nothing has been sent",
                Origin.unknown());
    }

    /**
     * A dry run that takes nothing from anybody.
     *
     * @return for each object the fields that others own; none where the apiserver has something else to say
     */
    List<List<FieldConflict>> conflicts(List<Manifest> manifests) {
        return transport
                .sendAll(manifests.stream()
                        .map(each -> call(each, Conflicts.REFUSE, "&dryRun=All"))
                        .toList())
                .stream()
                .map(reply -> FieldConflict.of(reply, json))
                .toList();
    }

    /**
     * The same for objects that are to go.
     *
     * @return what the apiserver would refuse; what is gone already is fine
     */
    List<Problem> rehearseDeletion(List<Manifest> manifests) {
        List<Reply> replies = transport.sendAll(manifests.stream()
                .map(each -> new Call("DELETE", LiveObjects.path(each) + "?dryRun=All", null, null))
                .toList());
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            Reply reply = replies.get(i);
            if (!reply.succeeded() && reply.status() != NOT_FOUND) {
                String said = RefusedException.message(reply, json);
                Denial denial = Denial.of(reply.status(), said);
                problems.add(new Problem(
                        denial.code(),
                        manifests.get(i).id(),
                        (denial.ofRights() ? "may not be deleted: " : "would not be deleted by " + denial.by() + ": ")
                                + said,
                        denial.hint("the verb delete for " + plural(manifests.get(i)) + " in "
                                + manifests.get(i).namespace()),
                        Origin.unknown()));
            }
        }
        return problems;
    }

    /**
     * Offers them side by side, for good.
     *
     * @param known what is there of them by {@link Repeated#key}, which alone is changed; what is not in it is new, and has
     *     nothing to take from anybody
     * @return the answers in their order
     */
    List<Reply> apply(List<Manifest> manifests, Conflicts conflicts, Map<String, LiveObject> known) {
        return transport.sendAll(manifests.stream()
                .map(each -> {
                    LiveObject there = known.get(Repeated.key(each));
                    return there == null
                            ? call(document(each), each, Conflicts.REFUSE, "")
                            : call(document(each, there), each, conflicts, "");
                })
                .toList());
    }

    /**
     * Takes all that we say out of an object again.
     *
     * @param manifest as it was written
     * @param there what it was written into
     * @throws RefusedException if it stays
     */
    void giveBack(Manifest manifest, LiveObject there) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", manifest.name());
        metadata.put("namespace", manifest.namespace());
        metadata.put("uid", there.uid());
        Map<String, Object> document = document(manifest);
        document.keySet().removeAll(manifest.fields().keySet());
        document.put("metadata", metadata);
        Reply reply = transport.send(call(document, manifest, Conflicts.REFUSE, ""));
        if (!reply.succeeded()) {
            throw new RefusedException("giving back " + manifest.id(), reply, json);
        }
    }

    /**
     * Deletes these very objects side by side, as they were read.
     *
     * @return the answers in their order; 409 where one is another object by now, or has changed
     */
    List<Reply> delete(List<LiveObject> objects) {
        return transport.sendAll(objects.stream()
                .map(each -> new Call(
                        "DELETE",
                        each.kind().path(each.namespace(), each.name()),
                        "application/json",
                        json.write(Map.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "DeleteOptions",
                                "preconditions",
                                Map.of("uid", each.uid(), "resourceVersion", each.resourceVersion())))))
                .toList());
    }

    private Call call(Manifest manifest, Conflicts conflicts, String more) {
        return call(document(manifest), manifest, conflicts, more);
    }

    private Call call(Map<String, Object> document, Manifest manifest, Conflicts conflicts, String more) {
        String path = LiveObjects.path(manifest) + "?fieldManager=" + ClusterTarget.MANAGER + "&fieldValidation=Strict"
                + (conflicts == Conflicts.TAKE_OVER ? "&force=true" : "") + more;
        return new Call("PATCH", path, TYPE, json.write(document));
    }

    /** For this very object: another one of its name is refused. */
    private static Map<String, Object> document(Manifest manifest, LiveObject there) {
        Map<String, Object> document = document(manifest);
        Map<String, Object> metadata = Trees.copy((Map<?, ?>) document.get("metadata"));
        metadata.put("uid", there.uid());
        document.put("metadata", metadata);
        return document;
    }

    private static Map<String, Object> document(Manifest manifest) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", manifest.name());
        metadata.put("namespace", manifest.namespace());
        metadata.put("labels", manifest.labels());
        if (!manifest.annotations().isEmpty()) {
            metadata.put("annotations", manifest.annotations());
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", manifest.apiVersion());
        document.put("kind", manifest.kind());
        document.put("metadata", metadata);
        document.putAll(manifest.fields());
        return document;
    }

    static String plural(Manifest manifest) {
        return ObjectKind.of(manifest).map(ObjectKind::plural).orElse(manifest.kind());
    }
}
