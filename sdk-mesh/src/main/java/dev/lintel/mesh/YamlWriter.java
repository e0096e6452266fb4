package dev.lintel.mesh;

import java.util.List;
import java.util.Map;

/**
 * Writes trees as YAML that a person would write: keys in their order, lists not indented below their key, texts of
 * several lines as blocks.
 */
final class YamlWriter {
    /** A key may be this long where it stands before its colon, in characters, quotes included. */
    static final int SIMPLE_KEY = 1000;

    private static final String INDENT = "  ";

    private final StringBuilder out;

    YamlWriter(StringBuilder out) {
        this.out = out;
    }

    /** A whole document: a block map, ending with a line feed. */
    void document(Map<String, ?> map) {
        if (map.isEmpty()) {
            out.append("{}\n");
        } else {
            entries(map, 0, false);
        }
    }

    /** The entries of a map; the first one stands behind the dash of a list where it begins one. */
    private void entries(Map<?, ?> map, int depth, boolean begun) {
        boolean first = begun;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first) {
                indent(depth);
            }
            first = false;
            String key = YamlScalars.inline(String.valueOf(entry.getKey()));
            if (key.length() > SIMPLE_KEY) {
                out.append("? ").append(key).append('\n');
                indent(depth);
                out.append(':');
            } else {
                out.append(key).append(':');
            }
            value(entry.getValue(), depth);
        }
    }

    private void value(Object value, int depth) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            entries(map, depth + 1, false);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            out.append('\n');
            items(list, depth, false);
        } else {
            out.append(' ');
            scalar(value, depth + 1);
        }
    }

    private void items(List<?> list, int depth, boolean begun) {
        boolean first = begun;
        for (Object item : list) {
            if (!first) {
                indent(depth);
            }
            first = false;
            out.append("- ");
            if (item instanceof Map<?, ?> map && !map.isEmpty()) {
                entries(map, depth + 1, true);
            } else if (item instanceof List<?> inner && !inner.isEmpty()) {
                items(inner, depth + 1, true);
            } else {
                scalar(item, depth + 1);
            }
        }
    }

    private void scalar(Object value, int depth) {
        if (value instanceof String text) {
            if (YamlScalars.isBlock(text)) {
                block(text, depth);
                return;
            }
            out.append(YamlScalars.inline(text));
        } else if (value instanceof Map<?, ?>) {
            out.append("{}");
        } else if (value instanceof List<?>) {
            out.append("[]");
        } else {
            out.append(value);
        }
        out.append('\n');
    }

    private void block(String text, int depth) {
        out.append(text.endsWith("\n") ? "|\n" : "|-\n");
        text.lines().forEach(line -> {
            if (!line.isEmpty()) {
                indent(depth);
                out.append(line);
            }
            out.append('\n');
        });
    }

    private void indent(int depth) {
        for (int i = 0; i < depth; i++) {
            out.append(INDENT);
        }
    }
}
