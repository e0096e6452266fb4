package dev.lintel.mesh.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks into what a manifest says; what is missing or of another type is empty. */
final class SpecParts {
    private SpecParts() {}

    static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Each item of a list, in its place. */
    static List<Map<?, ?>> maps(@Nullable Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof List<?> all) {
            all.forEach(one -> maps.add(map(one)));
        }
        return maps;
    }

    /** Those items of a list that have fields, by where they stand. */
    static Map<String, Map<?, ?>> each(@Nullable Object list, String place) {
        Map<String, Map<?, ?>> items = new LinkedHashMap<>();
        if (list instanceof List<?> all) {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) instanceof Map<?, ?> item) {
                    items.put(place + "[" + i + "]", item);
                }
            }
        }
        return items;
    }

    static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .flatMap(one -> one instanceof String text ? Stream.of(text) : Stream.empty())
                        .toList()
                : List.of();
    }
}
