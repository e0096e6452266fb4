package dev.lintel.graphql.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How values are written by OpenAPI's styles: those of RFC 6570, and {@code spaceDelimited}, {@code pipeDelimited} and
 * {@code deepObject} beside them. What is null is not written. What is nested deeper than a style can say is JSON.
 */
record Expansion(String style, boolean explode, UnaryOperator<String> encoder) {
    /** A name with a value, both encoded. */
    record Pair(String name, String value) {}

    /** For queries and forms. Reserved characters that would end a value are encoded also where others are not. */
    static Expansion ofQuery(String style, boolean explode, boolean allowReserved) {
        String kept = allowReserved ? Escape.OF_QUERY : "";
        // Not in lists whose items have commas between them.
        String safe = explode ? kept : kept.replace(",", "");
        return new Expansion(style, explode, text -> Escape.but(text, safe));
    }

    /** As one text, for paths and headers; null for what RFC 6570, 2.3 calls undefined. */
    @Nullable
    String text(String name, Object value) {
        boolean matrix = style.equals("matrix");
        String prefix = matrix ? ";" : style.equals("label") ? "." : "";
        String between = explode && !prefix.isEmpty() ? prefix : delimiter();
        String start = matrix ? Escape.all(name) : "";
        if (value instanceof Map<?, ?> map) {
            List<String> parts = parts(map);
            return parts.isEmpty() ? null : prefix + named(explode ? "" : start, String.join(between, parts));
        }
        if (value instanceof List<?> list) {
            List<String> items = new ArrayList<>();
            for (Object item : list) {
                if (item != null) {
                    items.add(explode ? named(start, encoder.apply(Texts.of(item))) : encoder.apply(Texts.of(item)));
                }
            }
            return items.isEmpty() ? null : prefix + named(explode ? "" : start, String.join(between, items));
        }
        String text = encoder.apply(Texts.of(value));
        return prefix + (text.isEmpty() ? start : named(start, text));
    }

    /** As pairs, for queries, cookies and forms; none for what is undefined. */
    List<Pair> pairs(String name, Object value) {
        List<Pair> pairs = new ArrayList<>();
        String encoded = Escape.all(name);
        if (style.equals("deepObject") && (value instanceof Map<?, ?> || value instanceof List<?>)) {
            deep(encoded, value, pairs);
        } else if (value instanceof Map<?, ?> map) {
            if (explode) {
                map.forEach((key, item) -> {
                    if (item != null) {
                        pairs.add(new Pair(Escape.all(String.valueOf(key)), encoder.apply(Texts.of(item))));
                    }
                });
            } else if (!parts(map).isEmpty()) {
                pairs.add(new Pair(encoded, String.join(delimiter(), parts(map))));
            }
        } else if (value instanceof List<?> list) {
            List<String> items = new ArrayList<>();
            for (Object item : list) {
                if (item != null) {
                    items.add(encoder.apply(Texts.of(item)));
                }
            }
            if (explode) {
                items.forEach(item -> pairs.add(new Pair(encoded, item)));
            } else if (!items.isEmpty()) {
                pairs.add(new Pair(encoded, String.join(delimiter(), items)));
            }
        } else {
            pairs.add(new Pair(encoded, encoder.apply(Texts.of(value))));
        }
        return pairs;
    }

    private void deep(String name, Object value, List<Pair> pairs) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> {
                if (item != null) {
                    deep(name + "%5B" + Escape.all(String.valueOf(key)) + "%5D", item, pairs);
                }
            });
        } else if (value instanceof List<?> list) {
            int index = -1;
            for (Object item : list) {
                index++;
                if (item instanceof Map<?, ?> || item instanceof List<?>) {
                    deep(name + "%5B" + index + "%5D", item, pairs);
                } else if (item != null) {
                    pairs.add(new Pair(name, encoder.apply(Texts.of(item))));
                }
            }
        } else {
            pairs.add(new Pair(name, encoder.apply(Texts.of(value))));
        }
    }

    private List<String> parts(Map<?, ?> map) {
        List<String> parts = new ArrayList<>();
        map.forEach((key, item) -> {
            if (item != null) {
                String name = encoder.apply(String.valueOf(key));
                String text = encoder.apply(Texts.of(item));
                if (explode) {
                    parts.add(name + "=" + text);
                } else {
                    parts.add(name);
                    parts.add(text);
                }
            }
        });
        return parts;
    }

    private String delimiter() {
        char c = between();
        return c == ',' ? "," : encoder.apply(String.valueOf(c));
    }

    /** What stands between items that are not written by themselves. */
    char between() {
        return switch (style) {
            case "spaceDelimited" -> ' ';
            case "pipeDelimited" -> '|';
            case "tabDelimited" -> '\t';
            default -> ',';
        };
    }

    private static String named(String name, String text) {
        return name.isEmpty() ? text : name + "=" + text;
    }
}
