package dev.lintel.mesh.imports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A predicate or filter of a route, in the shortcut notation {@code Name=a,b} or fully expanded.
 *
 * @param name for example {@code Path}
 * @param args its arguments by name, those of the shortcut by their number from {@code 0}
 */
record SpringStep(String name, Map<String, Object> args) {
    /** What the arguments of a predicate or filter are called, in the order of the shortcut. */
    private static final Map<String, List<String>> KNOWN = Map.ofEntries(
            Map.entry("Header", List.of("header", "regexp")),
            Map.entry("Query", List.of("param", "regexp")),
            Map.entry("Weight", List.of("group", "weight")),
            Map.entry("StripPrefix", List.of("parts")),
            Map.entry("PrefixPath", List.of("prefix")),
            Map.entry("RewritePath", List.of("regexp", "replacement")),
            Map.entry("SetPath", List.of("template")),
            Map.entry("AddRequestHeader", List.of("name", "value")),
            Map.entry("SetRequestHeader", List.of("name", "value")),
            Map.entry("AddResponseHeader", List.of("name", "value")),
            Map.entry("SetResponseHeader", List.of("name", "value")),
            Map.entry("RemoveRequestHeader", List.of("name")),
            Map.entry("RemoveResponseHeader", List.of("name")),
            Map.entry("RedirectTo", List.of("status", "url", "includeRequestParams")));

    SpringStep {
        args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
    }

    /** Reads either notation; one without a name if it is neither. */
    static SpringStep read(Object said) {
        Map<String, Object> args = new LinkedHashMap<>();
        if (said instanceof Map<?, ?> map) {
            if (map.get("args") instanceof Map<?, ?> named) {
                named.forEach((key, value) -> args.put(String.valueOf(key).replace("_genkey_", ""), value));
            } else if (map.get("args") instanceof List<?> list) {
                list.forEach(each -> args.put(String.valueOf(args.size()), each));
            }
            return new SpringStep(map.get("name") == null ? "" : String.valueOf(map.get("name")), args);
        }
        String text = String.valueOf(said);
        int equals = text.indexOf('=');
        if (equals < 0) {
            return new SpringStep(said instanceof String ? text.trim() : "", args);
        }
        for (String one : text.substring(equals + 1).split(",", -1)) {
            args.put(String.valueOf(args.size()), one.trim());
        }
        return new SpringStep(text.substring(0, equals).trim(), args);
    }

    /** One argument by its name, or by its place in the shortcut; empty if it is missing. */
    String arg(String called, int place) {
        Object value = args.containsKey(called) ? args.get(called) : args.get(String.valueOf(place));
        return value == null ? "" : String.valueOf(value);
    }

    /** All arguments of a list: under its name, as numbered ones, or as the shortcut has them. */
    List<String> all(String called) {
        List<String> all = new ArrayList<>();
        Object value = args.get(called);
        if (value instanceof List<?> list) {
            list.forEach(each -> all.add(String.valueOf(each)));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(each -> all.add(String.valueOf(each)));
        } else if (value != null) {
            for (String one : String.valueOf(value).split(",", -1)) {
                all.add(one.trim());
            }
        }
        for (int i = 0; args.containsKey(String.valueOf(i)); i++) {
            all.add(String.valueOf(args.get(String.valueOf(i))));
        }
        return all;
    }

    /** Arguments that this predicate or filter has not, as far as its arguments are known. */
    List<String> beyond() {
        List<String> known = KNOWN.getOrDefault(name, List.of());
        return args.keySet().stream()
                .filter(key -> !known.isEmpty()
                        && !known.contains(key)
                        && !(key.matches("[0-9]") && Integer.parseInt(key) < known.size()))
                .toList();
    }
}
