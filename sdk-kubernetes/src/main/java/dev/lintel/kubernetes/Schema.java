package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.map;

import dev.lintel.mesh.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster knows of a kind of objects, by its own OpenAPI document: which values it puts where none is said.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting">Kubernetes:
 *     defaulting</a>
 */
final class Schema {
    static final Schema UNKNOWN = new Schema(Map.of());

    private final Map<?, ?> root;
    /** Null where it puts nothing: most kinds have no default at all, and thousands of objects are asked for it. */
    private final @Nullable Defaults defaults;

    /**
     * By its document.
     *
     * @param root the schema of a whole object; empty if the cluster tells none, and then nothing is put anywhere
     */
    Schema(Map<?, ?> root) {
        this.root = root;
        this.defaults = Defaults.of(property(root, "spec"));
    }

    /**
     * What is put somewhere below a field.
     *
     * @param values by the name of a field that may be missing
     * @param named the names of all fields that are described
     * @param inner by those of them that something is put below
     * @param items what is put into items of a list
     * @param others what is put below fields that are not described
     */
    private record Defaults(
            Map<String, Object> values,
            List<String> named,
            Map<String, Defaults> inner,
            @Nullable Defaults items,
            @Nullable Defaults others) {
        static @Nullable Defaults of(Map<?, ?> schema) {
            Map<String, Object> values = new LinkedHashMap<>();
            List<String> named = new ArrayList<>();
            Map<String, Defaults> inner = new LinkedHashMap<>();
            map(schema.get("properties")).forEach((key, property) -> {
                Map<?, ?> known = map(property);
                @Nullable Defaults below = of(known);
                if (known.containsKey("default")) {
                    values.put(String.valueOf(key), filled(known.get("default"), below));
                }
                if (!known.isEmpty()) {
                    named.add(String.valueOf(key));
                }
                if (below != null) {
                    inner.put(String.valueOf(key), below);
                }
            });
            @Nullable Defaults items = schema.containsKey("items") ? of(map(schema.get("items"))) : null;
            @Nullable
            Defaults others =
                    schema.containsKey("additionalProperties") ? of(map(schema.get("additionalProperties"))) : null;
            return values.isEmpty() && inner.isEmpty() && items == null && others == null
                    ? null
                    : new Defaults(values, named, inner, items, others);
        }

        @Nullable
        Defaults below(String key) {
            return named.contains(key) ? inner.get(key) : others;
        }
    }

    /**
     * A specification as the apiserver keeps it.
     *
     * @param spec what is said
     * @return the same with the values that the apiserver adds
     */
    @SuppressWarnings("unchecked")
    Map<String, Object> defaulted(Map<String, Object> spec) {
        return (Map<String, Object>) filled(spec, defaults);
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

    private static Object filled(Object value, @Nullable Defaults defaults) {
        if (defaults == null) {
            return value;
        }
        if (value instanceof List<?> items) {
            List<Object> filled = new ArrayList<>(items.size());
            items.forEach(item -> filled.add(filled(item, defaults.items())));
            return filled;
        }
        if (!(value instanceof Map<?, ?> said)) {
            return value;
        }
        Map<String, Object> filled = new LinkedHashMap<>();
        Trees.copy(said).forEach((key, each) -> filled.put(key, filled(each, defaults.below(key))));
        defaults.values().forEach(filled::putIfAbsent);
        return filled;
    }

    private static Map<?, ?> property(Map<?, ?> schema, String name) {
        Map<?, ?> named = map(map(schema.get("properties")).get(name));
        return named.isEmpty() ? map(schema.get("additionalProperties")) : named;
    }
}
