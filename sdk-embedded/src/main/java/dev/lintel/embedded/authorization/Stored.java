package dev.lintel.embedded.authorization;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object that was written down. Whatever is not as it was written is an {@link IllegalArgumentException}. */
record Stored(Map<String, Object> members) {
    static Stored of(Object value) {
        if (!(value instanceof Map<?, ?> some)) {
            throw new IllegalArgumentException("not an object");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        some.forEach((name, one) -> members.put(String.valueOf(name), one));
        return new Stored(members);
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    String text(String name) {
        return optional(name).orElseThrow(() -> missing(name));
    }

    Optional<String> optional(String name) {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw missing(name);
    }

    long number(String name) {
        if (members.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw missing(name);
    }

    Instant time(String name) {
        return Instant.ofEpochSecond(number(name));
    }

    Map<String, Instant> times() {
        Map<String, Instant> times = new LinkedHashMap<>();
        members.keySet().forEach(name -> times.put(name, time(name)));
        return times;
    }

    Stored object(String name) {
        Object value = members.get(name);
        if (value == null) {
            throw missing(name);
        }
        return of(value);
    }

    List<Stored> all(String name) {
        List<Stored> all = new ArrayList<>();
        list(name).forEach(one -> all.add(of(one)));
        return all;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object one : list(name)) {
            if (!(one instanceof String text)) {
                throw missing(name);
            }
            texts.add(text);
        }
        return texts;
    }

    private List<?> list(String name) {
        if (members.get(name) instanceof List<?> several) {
            return several;
        }
        throw missing(name);
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("'" + name + "' is missing or of another type");
    }

    /** Which members there are, not what they hold. */
    @Override
    public String toString() {
        return "Stored" + members.keySet();
    }
}
