package dev.lintel.mesh.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes fields as the linter reads them; what stands in several places is written once. */
final class CrdText {
    private static final int WIDTH = 112;
    /** Shorter ones are written out. */
    private static final int SHARED = 48;

    private final Map<String, Integer> seen = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final SortedMap<String, Map<String, CrdField>> shapes = new TreeMap<>();

    static String of(SortedMap<String, CrdField> kinds) {
        CrdText text = new CrdText();
        kinds.values().forEach(kind -> text.count(kind.fields()));
        kinds.values().forEach(kind -> text.name(kind.fields()));
        return text.write(kinds);
    }

    private void count(Map<String, CrdField> fields) {
        fields.values().stream()
                .map(CrdField::fields)
                .filter(below -> !below.isEmpty())
                .forEach(below -> {
                    if (seen.merge(whole(below), 1, Integer::sum) == 1) {
                        count(below);
                    }
                });
    }

    private void name(Map<String, CrdField> fields) {
        fields.forEach((field, value) -> {
            Map<String, CrdField> below = value.fields();
            String whole = whole(below);
            if (!below.isEmpty() && seen.getOrDefault(whole, 0) > 1 && whole.length() > SHARED) {
                if (!names.containsKey(whole)) {
                    String stem = field.equals("*") ? "each" : field;
                    String name = stem;
                    for (int i = 2; shapes.containsKey(name); i++) {
                        name = stem + i;
                    }
                    names.put(whole, name);
                    shapes.put(name, below);
                    name(below);
                }
            } else {
                name(below);
            }
        });
    }

    /** Without what is written once. */
    private static String whole(Map<String, CrdField> fields) {
        List<String> words = new ArrayList<>();
        fields.forEach((name, field) ->
                words.add(name + field.mark() + (field.fields().isEmpty() ? "" : "{" + whole(field.fields()) + "}")));
        return String.join(" ", words);
    }

    private String body(Map<String, CrdField> fields) {
        List<String> words = new ArrayList<>();
        fields.forEach((name, field) -> {
            Map<String, CrdField> below = field.fields();
            String shape = names.getOrDefault(whole(below), "");
            String rest = below.isEmpty() || field.mark().endsWith("any")
                    ? ""
                    : shape.isEmpty() ? "{" + body(below) + "}" : "$" + shape;
            words.add(name + field.mark() + rest);
        });
        return String.join(" ", words);
    }

    private String write(SortedMap<String, CrdField> kinds) {
        StringBuilder text = new StringBuilder();
        // What is inside of another is shorter, and comes first.
        Comparator<String> inside =
                Comparator.comparingInt(name -> whole(shapes.get(name)).length());
        TreeSet<String> order = new TreeSet<>(inside.thenComparing(Comparator.naturalOrder()));
        order.addAll(shapes.keySet());
        order.forEach(name -> text.append('$').append(name).append('\n').append(wrapped(body(shapes.get(name)))));
        kinds.forEach((name, kind) -> text.append(name).append('\n').append(wrapped(body(kind.fields()))));
        return text.toString();
    }

    private static String wrapped(String body) {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder(" ");
        for (String word : body.split(" ", -1)) {
            if (line.length() + word.length() >= WIDTH && !line.toString().isBlank()) {
                text.append(line).append('\n');
                line = new StringBuilder(" ");
            }
            line.append(' ').append(word);
        }
        return text.append(line).append('\n').toString();
    }
}
