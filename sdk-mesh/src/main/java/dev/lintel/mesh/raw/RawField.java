package dev.lintel.mesh.raw;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.lintel.core.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field of one of an API's objects, set or removed by hand after a dialect has written it: for what a mesh can do and no
 * policy says. The canonical constructor is for readers of stored definitions; of the four values at most one is given, and
 * none removes the field.
 *
 * @param object the kind of the object, or kind and name where there are several: {@code VirtualService/orders-entry}
 * @param path where in it, for example {@code spec.http[0].timeout}; names with other characters as {@code ["x-a"]}
 * @param text a text
 * @param number a whole number
 * @param flag a boolean
 * @param json a map or list, as JSON
 */
public record RawField(
        String object,
        String path,
        @Nullable String text,
        @Nullable Integer number,
        @Nullable Boolean flag,
        @Nullable String json)
        implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "mesh.raw/v1";

    private static final Pattern OBJECT = Pattern.compile("[A-Z][A-Za-z]{1,62}(/[a-z0-9][-a-z0-9.]{0,252})?");
    private static final int LONGEST = 64 * 1024;
    /** Maps of a program may have no order, as those of {@link Map#of()}; what is stored must not depend on that. */
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** Checks the object, the path and that there is at most one value. */
    public RawField {
        if (!OBJECT.matcher(object).matches()) {
            throw new IllegalArgumentException(
                    "a raw field is one of a kind, or of a kind and a name like VirtualService/orders-entry, but was given '"
                            + object + "'");
        }
        var unused = RawPath.parse(path);
        if (Stream.of(text, number, flag, json).filter(Objects::nonNull).count() > 1) {
            throw new IllegalArgumentException("a raw field has one value, but '" + path + "' was given several");
        }
        if (text != null && text.length() > LONGEST || json != null && json.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a raw value has at most " + LONGEST + " characters, but that of '" + path + "' has more");
        }
        if (json != null) {
            var unusedTree = tree(json);
        }
    }

    /**
     * Sets a field.
     *
     * @param object for example {@code VirtualService}
     * @param path for example {@code spec.http[0].timeout}
     * @param value a text, a whole number, a boolean, or a map or list of such
     * @return the policy
     * @throws IllegalArgumentException if object, path or value are none
     */
    public static RawField raw(String object, String path, Object value) {
        if (value instanceof String text) {
            return new RawField(object, path, text, null, null, null);
        }
        if (value instanceof Integer number) {
            return new RawField(object, path, null, number, null, null);
        }
        if (value instanceof Boolean flag) {
            return new RawField(object, path, null, null, flag, null);
        }
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            try {
                return new RawField(object, path, null, null, null, JSON.writeValueAsString(value));
            } catch (IOException e) {
                throw new IllegalArgumentException("the value of '" + path + "' is no plain data", e);
            }
        }
        throw new IllegalArgumentException(
                "a raw value is a text, a whole number, a boolean, a map or a list, but that of '" + path + "' is a "
                        + value.getClass().getName());
    }

    /**
     * Removes a field.
     *
     * @param object for example {@code VirtualService}
     * @param path for example {@code spec.http[0].retries}
     * @return the policy
     */
    public static RawField without(String object, String path) {
        return new RawField(object, path, null, null, null, null);
    }

    /** What is to be there; null to remove it. */
    @Nullable
    Object value() {
        if (json != null) {
            return tree(json);
        }
        return text != null ? text : number != null ? number : flag;
    }

    private static Object tree(String json) {
        try {
            Object tree = JSON.readValue(json, Object.class);
            if (tree instanceof Map<?, ?> || tree instanceof List<?>) {
                // Checks that there is no null in it, which Kubernetes would take for a missing field.
                return plain(tree);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("is no JSON: " + json, new UncheckedIOException(e));
        }
        throw new IllegalArgumentException("the json of a raw field is a map or a list, but was '" + json + "'");
    }

    private static Object plain(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(String.valueOf(key), plain(value)));
            return copy;
        }
        if (tree instanceof List<?> list) {
            return list.stream().map(RawField::plain).toList();
        }
        if (tree == null) {
            throw new IllegalArgumentException("a raw field has no null in it; leave the field out");
        }
        return tree;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return object + " " + path;
    }
}
