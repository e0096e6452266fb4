package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in an object's metadata, and beside it, as it is written: reading passes over what it does not know. */
final class Metadata {
    private static final String METADATA = "metadata";

    private static final Field WHOLE = whole();

    private Metadata() {}

    /** An object may be one that cannot be read; then nothing is known of what stands beside its metadata. */
    static void check(Object document, @Nullable Manifest manifest, Fields.Found found) {
        if (!(document instanceof Map<?, ?> map)) {
            return;
        }
        if (manifest != null
                && manifest.kind().equals(map.get("kind"))
                && FieldTable.of(manifest.apiVersion(), manifest.kind()) != null) {
            new Fields.Walk(found).each(map, WHOLE, new Part(map, ""));
        } else if (map.get(METADATA) instanceof Map<?, ?> metadata) {
            new Fields.Walk(found).each(metadata, FieldTable.meta(), new Part(metadata, METADATA));
        }
    }

    /**
     * The object with labels and annotations that can be read: numbers and the like are told, and count as the texts that they
     * look like, so that the rest is looked at all the same.
     */
    static Object withTexts(Object document) {
        if (!(document instanceof Map<?, ?> map) || !(map.get(METADATA) instanceof Map<?, ?> metadata)) {
            return document;
        }
        Map<Object, Object> read = new LinkedHashMap<>(metadata);
        for (String name : List.of("labels", "annotations")) {
            if (metadata.get(name) instanceof Map<?, ?> texts) {
                read.put(name, texts(texts));
            } else {
                read.remove(name);
            }
        }
        Map<Object, Object> copy = new LinkedHashMap<>(map);
        copy.put(METADATA, read);
        return copy;
    }

    private static Map<Object, Object> texts(Map<?, ?> map) {
        Map<Object, Object> texts = new LinkedHashMap<>();
        map.forEach((key, value) ->
                texts.put(key, value instanceof Map || value instanceof List ? "" : String.valueOf(value)));
        return texts;
    }

    /** All kinds whose fields are known have these. */
    private static Field whole() {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put("apiVersion", Field.of(Field.Form.TEXT));
        fields.put("kind", Field.of(Field.Form.TEXT));
        fields.put(METADATA, FieldTable.meta());
        fields.put("spec", Field.of(Field.Form.ANYTHING));
        fields.put("status", Field.of(Field.Form.ANYTHING));
        return Field.map(fields);
    }
}
