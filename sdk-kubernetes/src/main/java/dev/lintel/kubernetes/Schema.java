package dev.lintel.kubernetes;

import dev.lintel.mesh.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster knows of a kind of objects, by its own OpenAPI document: which values it puts where none is said.
 *
 * @param root the schema of a whole object; empty if the cluster tells none, and then nothing is put anywhere
 * @see <a href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting">Kubernetes:
 *     defaulting</a>
 */
record Schema(Map<?, ?> root) {
    static final Schema UNKNOWN = new Schema(Map.of());

    /**
     * A specification as the apiserver keeps it.
     *
     * @param spec what is said
     * @return the same with the values that the apiserver adds
     */
    @SuppressWarnings("unchecked")
    Map<String, Object> defaulted(Map<String, Object> spec) {
        return (Map<String, Object>) filled(spec, property(root, "spec"));
    }

    /**
     * Fields that the definition does not have.
     *
     * @param spec what is said
     * @return their paths, for example {@code spec.http[0].timeuot}; empty also if the cluster tells no definition
     */
    List<String> unknown(Map<String, Object> spec) {
        List<String> found = new ArrayList<>();
        unknown(spec, property(root, "spec"), "spec", found);
        return found;
    }

    private static void unknown(Object value, Map<?, ?> schema, String path, List<String> found) {
        if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                unknown(items.get(i), map(schema.get("items")), path + "[" + i + "]", found);
            }
        } else if (value instanceof Map<?, ?> said) {
            // Without names of its own it takes any, or they are elsewhere.
            boolean named = !map(schema.get("properties")).isEmpty()
                    && !schema.containsKey("additionalProperties")
                    && !Boolean.TRUE.equals(schema.get("x-kubernetes-preserve-unknown-fields"));
            said.forEach((key, each) -> {
                if (named && !map(schema.get("properties")).containsKey(key)) {
                    found.add(path + "." + key);
                } else {
                    unknown(each, property(schema, String.valueOf(key)), path + "." + key, found);
                }
            });
        }
    }

    private static Object filled(Object value, Map<?, ?> schema) {
        if (value instanceof List<?> items) {
            List<Object> filled = new ArrayList<>(items.size());
            items.forEach(item -> filled.add(filled(item, map(schema.get("items")))));
            return filled;
        }
        if (!(value instanceof Map<?, ?> said)) {
            return value;
        }
        Map<String, Object> filled = new LinkedHashMap<>();
        Trees.copy(said).forEach((key, each) -> filled.put(key, filled(each, property(schema, key))));
        map(schema.get("properties")).forEach((key, property) -> {
            Map<?, ?> known = map(property);
            if (known.containsKey("default") && !filled.containsKey(key)) {
                filled.put(String.valueOf(key), filled(known.get("default"), known));
            }
        });
        return filled;
    }

    private static Map<?, ?> property(Map<?, ?> schema, String name) {
        Map<?, ?> named = map(map(schema.get("properties")).get(name));
        return named.isEmpty() ? map(schema.get("additionalProperties")) : named;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
