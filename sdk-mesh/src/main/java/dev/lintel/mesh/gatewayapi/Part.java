package dev.lintel.mesh.gatewayapi;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One part of an object while it is read. Whatever nobody takes is a problem, so that nothing is missed. */
final class Part {
    private final String object;
    private final String path;
    private final Map<String, Object> left = new LinkedHashMap<>();
    private final List<Problem> problems;

    Part(String object, String path, Map<?, ?> fields, List<Problem> problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
        fields.forEach((key, value) -> {
            if (value != null) {
                left.put(String.valueOf(key), value);
            }
        });
    }

    /** The object, as in {@code HTTPRoute shop/orders}. */
    String object() {
        return object;
    }

    boolean has(String name) {
        return left.containsKey(name);
    }

    @CanIgnoreReturnValue
    String text(String name, String otherwise) {
        Object value = left.remove(name);
        if (value != null && !(value instanceof String)) {
            problem(name + " is no text");
        }
        return value instanceof String text ? text : otherwise;
    }

    @Nullable
    String text(String name) {
        return has(name) ? text(name, "") : null;
    }

    /** A text that somebody else takes. */
    String peek(String name, String otherwise) {
        return left.get(name) instanceof String text ? text : otherwise;
    }

    @Nullable
    @CanIgnoreReturnValue
    Integer number(String name) {
        Object value = left.remove(name);
        if (value != null && !(value instanceof Integer)) {
            problem(name + " is no number");
        }
        return value instanceof Integer number ? number : null;
    }

    /** An address; null if it is missing or none. */
    @Nullable
    URI uri(String name) {
        String text = text(name);
        return text == null ? null : uri(name, text);
    }

    /** An address that is made of fields; null if it is none. */
    @Nullable
    URI uri(String name, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            problem(name + " is no part of an address");
            return null;
        }
    }

    boolean flag(String name) {
        Object value = left.remove(name);
        if (value != null && !(value instanceof Boolean)) {
            problem(name + " is neither true nor false");
        }
        return Boolean.TRUE.equals(value);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object each : list(name)) {
            if (each instanceof String text) {
                texts.add(text);
            } else {
                problem(name + " is no list of texts");
            }
        }
        return texts;
    }

    List<Integer> numbers(String name) {
        List<Integer> numbers = new ArrayList<>();
        for (Object each : list(name)) {
            if (each instanceof Integer number) {
                numbers.add(number);
            } else {
                problem(name + " is no list of numbers");
            }
        }
        return numbers;
    }

    Part part(String name) {
        return part(left.remove(name), name);
    }

    List<Part> parts(String name) {
        List<Part> parts = new ArrayList<>();
        for (Object each : list(name)) {
            parts.add(part(each, name + "[" + parts.size() + "]"));
        }
        return parts;
    }

    /** Parts that somebody else takes; whatever is none is left to them. */
    List<Part> peeks(String name) {
        List<Part> parts = new ArrayList<>();
        List<?> list = left.get(name) instanceof List<?> said ? said : List.of();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> map) {
                parts.add(new Part(object, path + "." + name + "[" + i + "]", map, problems));
            }
        }
        return parts;
    }

    /** Names and values of a list of such. */
    Map<String, String> named(String name) {
        Map<String, String> named = new LinkedHashMap<>();
        for (Part each : parts(name)) {
            String key = each.text("name", "");
            // Of two entries of one name only the first counts.
            named.putIfAbsent(key, each.text("value", ""));
            each.end();
        }
        return named;
    }

    Map<String, String> labels(String name) {
        Part part = part(name);
        Map<String, String> labels = new LinkedHashMap<>();
        for (String key : List.copyOf(part.left.keySet())) {
            labels.put(key, part.text(key, ""));
        }
        return labels;
    }

    private List<?> list(String name) {
        Object value = left.remove(name);
        if (value != null && !(value instanceof List<?>)) {
            problem(name + " is no list");
        }
        return value instanceof List<?> list ? list : List.of();
    }

    private Part part(@Nullable Object value, String name) {
        if (value != null && !(value instanceof Map<?, ?>)) {
            problem(name + " is no map");
        }
        return new Part(object, path + "." + name, value instanceof Map<?, ?> map ? map : Map.of(), problems);
    }

    /** Ends this part: what is left is not understood. */
    void end() {
        left.keySet().forEach(name -> problem(name + " is not read"));
        left.clear();
    }

    /** Asks for one value of a field, which may be missing. */
    void only(String name, String value) {
        String said = text(name, value);
        if (!said.equals(value)) {
            problem(name + " is '" + said + "', not '" + value + "'");
        }
    }

    void problem(String message) {
        problems.add(unread(object, path + ": " + message));
    }

    static Problem unread(String object, String message) {
        return new Problem(
                "gateway-api.unread",
                object,
                message,
                "it was not written by this dialect; what it means for requests is not known",
                Origin.unknown());
    }
}
