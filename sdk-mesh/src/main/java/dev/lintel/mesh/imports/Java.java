package dev.lintel.mesh.imports;

import dev.lintel.core.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pieces of Java source: literals, and what stands in a tree of the stored form. */
final class Java {
    /** How many pairs {@code Map.of} takes. */
    private static final int MOST_PAIRS = 10;

    /** The longest line of a comment, about. */
    private static final int WIDTH = 110;

    private Java() {}

    /** A string literal; what is not plain ASCII is escaped, so that no text can end it. */
    static String text(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        StringBuilder out = new StringBuilder("\"");
        for (char c : String.valueOf(value).toCharArray()) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default ->
                    out.append(
                            c >= ' ' && c < 127 ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return out.append('"').toString();
    }

    /**
     * Sentences as comments, each line with an indent before and a line end behind it; empty for none. What is not plain
     * ASCII and the backslash, by which a compiler reads other signs, is left out of them.
     */
    static String comment(String indent, String sentences) {
        StringBuilder out = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (String word : sentences.replaceAll("[^ -~]|\\\\", "?").split(" ", -1)) {
            if (line.length() > 0 && indent.length() + line.length() + word.length() > WIDTH) {
                out.append(indent).append("//").append(line).append('\n');
                line.setLength(0);
            }
            line.append(word.isEmpty() ? "" : " " + word);
        }
        return line.length() == 0
                ? out.toString()
                : out.append(indent).append("//").append(line).append('\n').toString();
    }

    static String texts(List<?> values) {
        return values.stream().map(Java::text).collect(Collectors.joining(", "));
    }

    static String number(@Nullable Object value) {
        return String.valueOf(value);
    }

    /** A time in the greatest unit that says it whole. */
    static String duration(@Nullable Object stored) {
        if (stored == null) {
            return "null";
        }
        Duration time = Durations.parse(String.valueOf(stored));
        if (time.isZero()) {
            return "Duration.ZERO";
        }
        if (time.toNanosPart() != 0) {
            boolean millis = time.toNanosPart() % 1_000_000 == 0;
            return millis ? "Duration.ofMillis(" + time.toMillis() + ")" : "Duration.ofNanos(" + time.toNanos() + "L)";
        }
        long seconds = time.toSeconds();
        if (seconds % 3600 == 0) {
            return "Duration.ofHours(" + seconds / 3600 + ")";
        }
        return seconds % 60 == 0 ? "Duration.ofMinutes(" + seconds / 60 + ")" : "Duration.ofSeconds(" + seconds + ")";
    }

    static String map(Map<String, Object> values) {
        if (values.size() > MOST_PAIRS) {
            return "Map.ofEntries("
                    + values.entrySet().stream()
                            .map(one -> "Map.entry(" + text(one.getKey()) + ", " + text(one.getValue()) + ")")
                            .collect(Collectors.joining(", "))
                    + ")";
        }
        List<Object> all = new ArrayList<>();
        values.forEach((key, value) -> {
            all.add(key);
            all.add(value);
        });
        return "Map.of(" + texts(all) + ")";
    }

    static String constant(Object word) {
        return String.valueOf(word).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    static Map<String, Object> part(Map<String, Object> tree, String name) {
        Map<String, Object> part = new java.util.LinkedHashMap<>();
        if (tree.get(name) instanceof Map<?, ?> map) {
            map.forEach((key, value) -> part.put(String.valueOf(key), value));
        }
        return part;
    }

    static List<Map<String, Object>> parts(Map<String, Object> tree, String name) {
        List<Map<String, Object>> parts = new ArrayList<>();
        for (Object one : list(tree, name)) {
            parts.add(part(Map.of("one", one), "one"));
        }
        return parts;
    }

    static List<?> list(Map<String, Object> tree, String name) {
        return tree.get(name) instanceof List<?> list ? list : List.of();
    }
}
