package dev.lintel.mesh.kyma;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of an APIRule while it is read. Whatever nobody takes is a problem, so that nothing is missed. */
final class Part {
    private final String object;
    private final String path;
    private final Map<String, Object> left;
    private final List<Problem> problems;

    Part(String object, String path, Map<String, ?> fields, List<Problem> problems) {
        this.object = object;
        this.path = path;
        this.left = new LinkedHashMap<>(fields);
        this.problems = problems;
    }

    boolean has(String name) {
        return left.containsKey(name);
    }

    void ignore(String name) {
        left.remove(name);
    }

    @Nullable
    String text(String name) {
        return take(name, String.class, "text");
    }

    @Nullable
    Integer number(String name) {
        return take(name, Integer.class, "number");
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(take(name, Boolean.class, "truth value"));
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object each : list(name)) {
            if (each instanceof String text) {
                texts.add(text);
            } else {
                problem(name + " holds something else than texts");
            }
        }
        return texts;
    }

    /** A field as it stands; whoever takes it reads it on. */
    @Nullable
    Object raw(String name) {
        return left.remove(name);
    }

    /** A map of texts to texts. */
    Map<String, String> pairs(String name) {
        Map<String, String> pairs = new LinkedHashMap<>();
        Part map = part(name);
        for (String key : List.copyOf(map.left.keySet())) {
            String value = map.text(key);
            if (value != null) {
                pairs.put(key, value);
            }
        }
        return pairs;
    }

    /** A part; one without fields if it is missing. */
    Part part(String name) {
        return of(left.remove(name), name);
    }

    List<Part> parts(String name) {
        List<Part> parts = new ArrayList<>();
        List<?> all = list(name);
        for (int i = 0; i < all.size(); i++) {
            parts.add(of(all.get(i), name + "[" + i + "]"));
        }
        return parts;
    }

    private List<?> list(String name) {
        List<?> list = take(name, List.class, "list");
        return list == null ? List.of() : list;
    }

    private <T> @Nullable T take(String name, Class<T> type, String what) {
        Object value = left.remove(name);
        if (value != null && !type.isInstance(value)) {
            problem(name + " is no " + what);
        }
        return type.isInstance(value) ? type.cast(value) : null;
    }

    private Part of(@Nullable Object value, String name) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> {
                if (each != null) {
                    fields.put(String.valueOf(key), each);
                }
            });
        } else if (value != null) {
            problem(name + " is no map");
        }
        return new Part(object, path + "." + name, fields, problems);
    }

    /** Ends this part: what is left is not understood. */
    void end() {
        left.keySet().forEach(name -> problem(name + " is not read"));
    }

    void problem(String message) {
        problem("unread", message, "what it means for requests is not known");
    }

    void problem(String code, String message, String hint) {
        problems.add(new Problem("kyma." + code, object, path + ": " + message, hint, Origin.unknown()));
    }
}
