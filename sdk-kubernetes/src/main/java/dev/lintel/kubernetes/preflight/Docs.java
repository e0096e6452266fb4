package dev.lintel.kubernetes.preflight;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parts of documents: what is missing or of another type is empty. */
final class Docs {
    private Docs() {}

    static @Nullable Object at(@Nullable Object document, String... keys) {
        Object part = document;
        for (String key : keys) {
            part = part instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return part;
    }

    static Map<?, ?> map(@Nullable Object document, String... keys) {
        return at(document, keys) instanceof Map<?, ?> map ? map : Map.of();
    }

    static List<Map<?, ?>> maps(@Nullable Object document, String... keys) {
        return list(document, keys).stream().<Map<?, ?>>map(Docs::map).toList();
    }

    static List<?> list(@Nullable Object document, String... keys) {
        return at(document, keys) instanceof List<?> list
                ? list.stream().filter(Objects::nonNull).toList()
                : List.of();
    }

    static List<String> texts(@Nullable Object document, String... keys) {
        return list(document, keys).stream().map(String::valueOf).toList();
    }

    static String text(@Nullable Object document, String... keys) {
        Object value = at(document, keys);
        return value instanceof String || value instanceof Number || value instanceof Boolean ? value.toString() : "";
    }

    static Map<String, String> labels(@Nullable Object document, String... keys) {
        Map<String, String> labels = new LinkedHashMap<>();
        map(document, keys).forEach((key, value) -> labels.put(String.valueOf(key), String.valueOf(value)));
        return labels;
    }

    static String name(Map<?, ?> object) {
        return text(object, "metadata", "name");
    }

    static boolean carries(Map<?, ?> object, Map<String, String> labels) {
        return labels(object, "metadata", "labels").entrySet().containsAll(labels.entrySet());
    }
}
