package dev.lintel.kubernetes;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parts of a document that may be missing, or be something else than they should. */
final class Nodes {
    private Nodes() {}

    /** A map; an empty one for anything else. */
    static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** A list; an empty one for anything else. */
    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** A text; an empty one for nothing. */
    static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    /** The map below some keys. */
    static Map<?, ?> at(Map<?, ?> map, String... keys) {
        Map<?, ?> found = map;
        for (String key : keys) {
            found = map(found.get(key));
        }
        return found;
    }
}
