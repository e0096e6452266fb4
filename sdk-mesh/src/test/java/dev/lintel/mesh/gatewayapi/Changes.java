package dev.lintel.mesh.gatewayapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trees with changed values. */
final class Changes {
    private Changes() {}

    /**
     * The same tree with one beginning of a value in place of another.
     *
     * @param under the field below which something is changed
     * @param from a field and how its value begins, {@code name=value}; a list begins with a bracket
     * @param to the field and what takes its place
     */
    static Map<String, Object> of(Map<String, Object> tree, String under, String from, String to) {
        return map(tree, under, from, to, false);
    }

    private static Map<String, Object> map(Map<?, ?> tree, String under, String from, String to, boolean inside) {
        Map<String, Object> changed = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            String name = String.valueOf(key);
            changed.put(name, value(name, value, under, from, to, inside || name.equals(under)));
        });
        return changed;
    }

    private static Object value(String name, Object value, String under, String from, String to, boolean inside) {
        String said = name + "=" + value;
        if (inside && value instanceof List<?> list && said.startsWith(from) && from.endsWith("[")) {
            List<Object> more = new ArrayList<>(list);
            more.add("more");
            return more;
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, under, from, to, inside);
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(one -> all.add(value(name, one, under, from, to, inside)));
            return all;
        }
        if (!inside) {
            return value;
        }
        String changed = said.startsWith(from) ? to + said.substring(from.length()) : said;
        String text = changed.substring(changed.indexOf('=') + 1);
        return value instanceof Integer ? Integer.valueOf(text) : value instanceof Boolean ? value : text;
    }
}
