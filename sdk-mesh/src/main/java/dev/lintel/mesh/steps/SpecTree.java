package dev.lintel.mesh.steps;

import dev.lintel.mesh.Trees;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks into what a manifest says; what is missing or of another type is empty. */
final class SpecTree {
    private SpecTree() {}

    static List<Map<String, Object>> maps(Map<String, Object> tree, String field) {
        return tree.get(field) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(each -> Trees.copy((Map<?, ?>) each))
                        .toList()
                : List.of();
    }

    static Map<String, Object> map(Map<String, Object> tree, String field) {
        return tree.get(field) instanceof Map<?, ?> map ? Trees.copy(map) : Map.of();
    }

    static List<String> texts(Map<String, Object> tree, String field) {
        return texts(tree.get(field));
    }

    static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : value == null ? List.of() : List.of(String.valueOf(value));
    }
}
