package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of an object and its place there. What is missing or of another type is an empty part: rules speak about what
 * objects mean, and schemas about how they are built.
 *
 * @param value null for nothing
 * @param above what it is a part of; null for a whole
 * @param key its name there, or the path of a whole
 * @param index its place in a list; negative if it is no item
 */
record Part(@Nullable Object value, @Nullable Part above, String key, int index) {
    private static final int NO_ITEM = -1;

    Part(@Nullable Object value, String path) {
        this(value, null, path, NO_ITEM);
    }

    static Part of(Manifest manifest) {
        return new Part(manifest.spec(), "spec");
    }

    Part get(String... keys) {
        Part part = this;
        for (String key : keys) {
            Object next = part.value instanceof Map<?, ?> map ? map.get(key) : null;
            part = new Part(next, part, key, NO_ITEM);
        }
        return part;
    }

    /** Put together only when somebody asks, which is where something is wrong. */
    String path() {
        if (above == null) {
            return key;
        }
        String before = above.path();
        return before + (index == NO_ITEM ? (before.isEmpty() ? "" : ".") + key : "[" + index + "]");
    }

    boolean isThere() {
        return value != null;
    }

    /** Whether nothing is said, or a list of nothing; what is of another type is neither. */
    boolean isBlank() {
        return value == null || value instanceof List<?> list && list.isEmpty();
    }

    /** The elements of a list; none if it is no list. */
    List<Part> items() {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            return List.of();
        }
        List<Part> items = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            items.add(new Part(list.get(i), this, "", i));
        }
        return items;
    }

    /** The elements of the lists below one key of each element. */
    static List<Part> items(List<Part> parts, String... keys) {
        List<Part> items = new ArrayList<>();
        for (Part part : parts) {
            items.addAll(part.get(keys).items());
        }
        return items;
    }

    /** A text or number as text; empty if it is neither. */
    String text() {
        return text(value);
    }

    private static String text(@Nullable Object value) {
        return value instanceof String || value instanceof Number ? value.toString() : "";
    }

    /** All texts of a list. */
    List<String> texts() {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>(list.size());
        for (Object item : list) {
            String text = text(item);
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The entries of a map that are texts or numbers. */
    Map<String, String> labels() {
        if (!(value instanceof Map<?, ?> map) || map.isEmpty()) {
            return Map.of();
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            labels.put(String.valueOf(entry.getKey()), text(entry.getValue()));
        }
        return labels;
    }

    List<String> keys() {
        List<String> keys = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            map.keySet().forEach(key -> keys.add(String.valueOf(key)));
        }
        return keys;
    }
}
