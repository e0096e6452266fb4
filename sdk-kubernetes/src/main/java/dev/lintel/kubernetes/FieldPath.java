package dev.lintel.kubernetes;

import dev.lintel.mesh.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The path of a field as an apiserver writes it: {@code .spec.ports[number=80].name}, {@code .spec.names[="a"]}. Names in it
 * are not quoted although they may have dots, so that it is read along an object alone.
 *
 * @param text the path
 * @see <a href="https://pkg.go.dev/sigs.k8s.io/structured-merge-diff/v6/fieldpath#Path">structured-merge-diff: Path</a>
 */
record FieldPath(String text) {
    private static final String VALUE = "(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\",\\]]*)";
    private static final Pattern ITEM =
            Pattern.compile("\\[([^=\\[\\]\"]*=" + VALUE + "(?:,[^=\\[\\]\"]+=" + VALUE + ")*)\\]");
    private static final Pattern PAIR = Pattern.compile("([^=,\"]*)=(" + VALUE + ")");

    /**
     * An object without this field, and without what is empty thereby.
     *
     * @return empty if the object does not have it
     */
    Optional<Map<String, Object>> removedFrom(Map<?, ?> object, Json json) {
        Object left = removed(object, text, json);
        return left instanceof Map<?, ?> map && !left.equals(object) ? Optional.of(Trees.copy(map)) : Optional.empty();
    }

    private static @Nullable Object removed(Object node, String path, Json json) {
        if (path.isEmpty()) {
            return null;
        }
        if (node instanceof Map<?, ?> map && path.startsWith(".")) {
            Optional<String> key = key(map, path.substring(1));
            if (key.isEmpty()) {
                return node;
            }
            Map<String, Object> left = new LinkedHashMap<>(Trees.copy(map));
            replace(
                    left,
                    key.get(),
                    removed(
                            Objects.requireNonNull(map.get(key.get())),
                            path.substring(1 + key.get().length()),
                            json));
            return left;
        }
        Matcher item = ITEM.matcher(path);
        if (node instanceof List<?> items && item.lookingAt()) {
            List<Object> left = new ArrayList<>();
            for (Object each : items) {
                Object kept =
                        isMeant(each, item.group(1), json) ? removed(each, path.substring(item.end()), json) : each;
                if (kept != null) {
                    left.add(kept);
                }
            }
            return left;
        }
        return node;
    }

    private static void replace(Map<String, Object> map, String key, @Nullable Object value) {
        if (value == null
                || value instanceof Map<?, ?> inner && inner.isEmpty()
                || value instanceof List<?> items && items.isEmpty()) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }

    /** The longest name with which a path goes on. */
    private static Optional<String> key(Map<?, ?> map, String path) {
        return map.keySet().stream()
                .map(String::valueOf)
                .filter(path::startsWith)
                .filter(each -> path.length() == each.length() || ".[".indexOf(path.charAt(each.length())) >= 0)
                .max((one, other) -> Integer.compare(one.length(), other.length()));
    }

    private static boolean isMeant(Object item, String keys, Json json) {
        Matcher pair = PAIR.matcher(keys);
        boolean meant = false;
        while (pair.find()) {
            Object value = json.read(pair.group(2));
            Object own = pair.group(1).isEmpty() ? item : item instanceof Map<?, ?> map ? map.get(pair.group(1)) : null;
            if (!value.equals(own)) {
                return false;
            }
            meant = true;
        }
        return meant;
    }
}
