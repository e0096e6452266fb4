package dev.lintel.mesh.lint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines on which the parts of an object stand.
 *
 * @param line of the part's key, or of what it begins with, counted from 1
 * @param text of a part that is no more than a value
 * @param fields below it, by their names
 * @param items in it
 */
record SourceLines(int line, String text, Map<String, SourceLines> fields, List<SourceLines> items) {
    /** For a longer path the line of the object is told. */
    private static final int LONGEST = 2_000;

    private static final YAMLFactory FACTORY = new YAMLFactory();

    /** The objects of a text that was read before, in the same order; lists of objects are taken apart. */
    static List<SourceLines> of(String text) {
        List<SourceLines> objects = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            while (parser.nextToken() != null) {
                SourceLines document = value(parser, line(parser));
                SourceLines kind = document.fields.get("kind");
                SourceLines items = document.fields.get("items");
                if (items != null && kind != null && kind.text.endsWith("List")) {
                    objects.addAll(items.items);
                } else if (!document.fields.isEmpty()) {
                    objects.add(document);
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("is not YAML: " + e.getMessage(), e);
        }
        return objects;
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static SourceLines value(JsonParser parser, int line) throws IOException {
        Map<String, SourceLines> fields = new LinkedHashMap<>();
        List<SourceLines> items = new ArrayList<>();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                int at = line(parser);
                parser.nextToken();
                fields.put(key, value(parser, at));
            }
        } else if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser, line(parser)));
            }
        }
        boolean more = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
        return new SourceLines(line, more ? "" : parser.getText(), fields, items);
    }

    /** The line of a part like {@code spec.http[0].match}, or of the nearest part around it that is there. */
    int of(String path, int from) {
        if (path.startsWith("[", from)) {
            int end = path.indexOf(']', from);
            int index = end < 0 ? -1 : Integer.parseInt(path.substring(from + 1, end));
            return index >= 0 && index < items.size() ? items.get(index).of(path, end + 1) : line;
        }
        int start = path.startsWith(".", from) ? from + 1 : from;
        // Names may have dots in them, as labels have; the longest that is there is meant.
        for (int end = path.length(); end > start && path.length() <= LONGEST; end--) {
            boolean whole = end == path.length() || ".[".indexOf(path.charAt(end)) >= 0;
            SourceLines next = whole ? fields.get(path.substring(start, end)) : null;
            if (next != null) {
                return next.of(path, end);
            }
        }
        return line;
    }
}
