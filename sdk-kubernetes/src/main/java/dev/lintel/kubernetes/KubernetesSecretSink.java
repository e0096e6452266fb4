package dev.lintel.kubernetes;

import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.store.SecretSink;
import dev.lintel.auth.store.StoreException;
import dev.lintel.core.Secret;
import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import dev.lintel.mesh.Manifest;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Secrets of a cluster, one {@code Secret} of type {@code Opaque} for each place, by server-side apply with the field manager
 * {@code lintel}; notes are annotations {@code lintel.dev/…}. One that does not carry our label is somebody else's and left
 * alone, and so are fields of ours that another manager has taken.
 *
 * <p>No target reads these objects, so that they are in no plan and in no inventory. Messages hold what the apiserver said
 * without the values, also where a webhook repeats them.
 */
public final class KubernetesSecretSink implements SecretSink {
    private static final String APPLY = "application/apply-patch+yaml";
    private static final String NOTE = "lintel.dev/";
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final String name;
    private final Transport transport;
    private final Json json = new Json();

    private KubernetesSecretSink(KubernetesClient client) {
        this.name = "secrets in cluster " + client.getConfiguration().getMasterUrl();
        this.transport = new Transport(client);
    }

    /**
     * The secrets of the cluster that a client talks to. Its account needs {@code get}, {@code create}, {@code patch} and
     * {@code delete} on {@code secrets} in the namespaces of the places, and nothing more.
     *
     * @param client stays the caller's, who closes it
     * @return the sink
     */
    public static KubernetesSecretSink in(KubernetesClient client) {
        return new KubernetesSecretSink(client);
    }

    @Override
    public void put(SecretPlace place, Map<String, Secret> values, Map<String, String> notes) throws StoreException {
        Map<String, Object> data = new LinkedHashMap<>();
        values.forEach((key, value) -> data.put(place.value(key).key(), encoded(value)));
        apply(place, object(place, read(place), notes, data), values.values());
    }

    @Override
    public void note(SecretPlace place, Map<String, String> notes) throws StoreException {
        Map<String, Object> there = read(place)
                .orElseThrow(() -> StoreException.unchanged("there is no secret " + place + "; nothing was noted"));
        // What is applied is all that we say of the object: the values that are ours go back as they are.
        Map<String, Object> owned =
                new OwnedFields(json).of(there, ClusterTarget.MANAGER).orElse(Map.of());
        Map<String, Object> data = new LinkedHashMap<>(map(owned.get("data")));
        List<Secret> values = data.values().stream()
                .map(String::valueOf)
                .filter(value -> !value.isEmpty())
                .map(Secret::of)
                .toList();
        apply(place, object(place, Optional.of(there), notes, data), values);
    }

    @Override
    public Optional<Map<String, String>> notes(SecretPlace place) throws StoreException {
        return read(place).map(there -> {
            Map<String, String> notes = new LinkedHashMap<>();
            map(map(there.get("metadata")).get("annotations")).forEach((key, value) -> {
                if (key.startsWith(NOTE)) {
                    notes.put(key.substring(NOTE.length()), String.valueOf(value));
                }
            });
            return notes;
        });
    }

    @Override
    public void remove(SecretPlace place) throws StoreException {
        Optional<Map<String, Object>> there = read(place);
        if (there.isEmpty()) {
            return;
        }
        Object version = map(there.get().get("metadata")).get("resourceVersion");
        String options = json.write(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "DeleteOptions",
                "preconditions",
                Map.of("resourceVersion", String.valueOf(version))));
        Reply reply = send(place, new Call("DELETE", path(place), "application/json", options));
        if (!reply.succeeded() && reply.status() != NOT_FOUND) {
            throw refused("removed", place, "delete", reply, List.of());
        }
    }

    private Map<String, Object> object(
            SecretPlace place,
            Optional<Map<String, Object>> there,
            Map<String, String> notes,
            Map<String, Object> data) {
        Map<String, String> annotations = new LinkedHashMap<>();
        notes.forEach((key, note) -> annotations.put(NOTE + key, note));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", place.name());
        metadata.put("namespace", place.namespace());
        metadata.put("labels", Map.of(Manifest.MANAGED_BY, Manifest.LINTEL));
        metadata.put("annotations", annotations);
        // Nobody has written in between: what was read is what is replaced.
        there.ifPresent(object ->
                metadata.put("resourceVersion", map(object.get("metadata")).get("resourceVersion")));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", "v1");
        object.put("kind", "Secret");
        object.put("metadata", metadata);
        object.put("type", "Opaque");
        object.put("data", data);
        return object;
    }

    private void apply(SecretPlace place, Map<String, Object> object, Collection<Secret> values) throws StoreException {
        String path = path(place) + "?fieldManager=" + ClusterTarget.MANAGER + "&fieldValidation=Strict";
        Reply reply = send(place, new Call("PATCH", path, APPLY, json.write(object)));
        if (!reply.succeeded()) {
            throw refused("written", place, "create and patch", reply, values);
        }
    }

    /** The whole object; empty if there is none. */
    private Optional<Map<String, Object>> read(SecretPlace place) throws StoreException {
        Reply reply = send(place, Call.get(path(place)));
        if (reply.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!reply.succeeded()) {
            throw refused("read", place, "get", reply, List.of());
        }
        Map<String, Object> object = map(json.read(reply.body()));
        if (!Manifest.LINTEL.equals(
                map(map(object.get("metadata")).get("labels")).get(Manifest.MANAGED_BY))) {
            throw StoreException.unchanged("the secret " + place + " is there already and not ours: it does not carry '"
                    + Manifest.MANAGED_BY + ": " + Manifest.LINTEL + "'; put ours elsewhere, or rename that one");
        }
        return Optional.of(object);
    }

    private Reply send(SecretPlace place, Call call) throws StoreException {
        try {
            return transport.send(call);
        } catch (UnreachableException e) {
            // Its cause is left out: nobody knows what a client of the user puts into it.
            throw new StoreException("the apiserver of " + name + " gave no answer about the secret " + place
                    + "; what was asked may have happened");
        }
    }

    private StoreException refused(
            String what, SecretPlace place, String verb, Reply reply, Collection<Secret> values) {
        String said = RefusedException.message(reply, json);
        for (Secret value : values) {
            // What the place is called by is no secret, and the message would be hard to read without it.
            boolean known = place.toString().contains(value.reveal());
            said = known
                    ? said
                    : said.replace(value.reveal(), value.toString()).replace(encoded(value), value.toString());
        }
        String next = switch (reply.status()) {
            case 401, 403 ->
                "give the account of this client the verb " + verb + " for secrets in " + place.namespace();
            case NOT_FOUND -> "make the namespace " + place.namespace();
            case CONFLICT -> "another manager has written it: let that one give up our fields, then go on";
            default -> "mend that";
        };
        return StoreException.unchanged(
                "the secret " + place + " cannot be " + what + " (" + reply.status() + ": " + said + "); " + next);
    }

    private static String path(SecretPlace place) {
        return "/api/v1/namespaces/" + place.namespace() + "/secrets/" + place.name();
    }

    private static String encoded(Secret value) {
        return Base64.getEncoder().encodeToString(value.reveal().getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    @Override
    public String toString() {
        return name;
    }
}
