package dev.lintel.mesh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the maps and lists of which a manifest's {@code spec} consists. */
public final class Trees {
    private Trees() {}

    /**
     * A map in the order given. A value that is null, or an empty map or list, leaves its key out: in Kubernetes an empty
     * field and a missing one may mean different things, and what is not meant is not written.
     *
     * @param keysAndValues keys and values in turn
     * @return a changeable map
     */
    public static Map<String, Object> map(@Nullable Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            boolean empty =
                    value instanceof Map<?, ?> m && m.isEmpty() || value instanceof Collection<?> c && c.isEmpty();
            if (value != null && !empty) {
                map.put(String.valueOf(keysAndValues[i]), value);
            }
        }
        return map;
    }

    /**
     * A copy that can be changed, its values as they are.
     *
     * @param map any map
     * @return its entries in their order
     */
    public static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    /** The entries of a map in the order of another one, those that it lacks last; maps and lists inside as well. */
    @SuppressWarnings("unchecked")
    static <V> Map<String, V> ordered(Map<String, V> map, Map<?, ?> like) {
        Map<String, V> ordered = new LinkedHashMap<>();
        like.forEach((key, model) -> {
            V value = map.get(key);
            if (value != null) {
                ordered.put(String.valueOf(key), (V) alike(value, model));
            }
        });
        map.forEach(ordered::putIfAbsent);
        return ordered;
    }

    @SuppressWarnings("unchecked")
    private static Object alike(Object value, Object model) {
        if (value instanceof Map<?, ?> map && model instanceof Map<?, ?> like) {
            return ordered((Map<String, Object>) map, like);
        }
        if (value instanceof List<?> list && model instanceof List<?> like) {
            List<Object> items = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                items.add(i < like.size() ? alike(list.get(i), like.get(i)) : list.get(i));
            }
            return items;
        }
        return value;
    }

    /** A deep copy that cannot be changed. */
    static Map<String, Object> frozen(Map<String, ?> map) {
        return SmallMap.copy(map, Trees::frozen);
    }

    private static Object frozen(Object value) {
        if (value instanceof Map<?, ?> map) {
            return SmallMap.copy(map, Trees::frozen);
        }
        if (value instanceof List<?> list) {
            Object[] copy = list.toArray();
            for (int i = 0; i < copy.length; i++) {
                copy[i] = frozen(copy[i]);
            }
            return List.of(copy);
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException("a manifest holds maps, lists, texts, numbers and booleans, but was given "
                + (value == null ? "null" : value.getClass().getName()));
    }
}
