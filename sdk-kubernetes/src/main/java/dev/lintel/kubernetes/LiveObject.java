package dev.lintel.kubernetes;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object as the apiserver has it.
 *
 * @param kind its kind
 * @param whole all of it, {@code managedFields} and status included
 */
record LiveObject(ObjectKind kind, Map<String, Object> whole) {
    String namespace() {
        return String.valueOf(metadata().get("namespace"));
    }

    String name() {
        return String.valueOf(metadata().get("name"));
    }

    /** Another one for each object, also for one of the same name. */
    String uid() {
        return String.valueOf(metadata().get("uid"));
    }

    /** Changes with every write to it, whoever writes. */
    String resourceVersion() {
        return String.valueOf(metadata().get("resourceVersion"));
    }

    /** Whether it is on its way out: finalizers may keep it for long. */
    boolean isTerminating() {
        return metadata().containsKey("deletionTimestamp");
    }

    /** What it says altogether, whoever has said it: what the mesh goes by. */
    Manifest manifest() {
        return of(whole);
    }

    /**
     * What of it a manager has applied.
     *
     * @return empty if that is nothing
     */
    Optional<Manifest> owned(OwnedFields fields, String manager) {
        return fields.of(whole, manager).map(owned -> {
            Map<String, Object> named = new LinkedHashMap<>(owned);
            Map<String, Object> metadata = new LinkedHashMap<>(map(owned.get("metadata")));
            metadata.put("name", name());
            metadata.put("namespace", namespace());
            named.put("metadata", metadata);
            return of(named);
        });
    }

    private Manifest of(Map<String, Object> object) {
        // Items of a list do not say what they are, and what is owned never does.
        Map<String, Object> said = new LinkedHashMap<>(object);
        said.put("apiVersion", kind.apiVersion());
        said.put("kind", kind.kind());
        return ManifestYaml.anyObjects(said, namespace()).get(0);
    }

    Map<?, ?> metadata() {
        return map(whole.get("metadata"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
