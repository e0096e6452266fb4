package dev.lintel.mesh.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of a part of a YAML document, and of all that is in it. It is asked for texts that were read already, and only
 * where there is something to tell.
 */
final class Lines {
    private static final int DEEPEST = 64;
    private static final int MOST = 1_000_000;
    private static final YAMLFactory FACTORY = new YAMLFactory();

    private final int line;
    private final Map<String, Lines> parts = new LinkedHashMap<>();

    private Lines(int line) {
        this.line = line;
    }

    /** Those of all documents that are not empty; none if the text is no YAML. */
    static List<Lines> of(String text) {
        List<Lines> documents = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(text)) {
            int[] left = {MOST};
            while (parser.nextToken() != null) {
                boolean empty = parser.currentToken() == JsonToken.VALUE_NULL
                        || parser.currentToken() == JsonToken.VALUE_STRING
                                && parser.getText().isEmpty();
                Lines document = read(parser, line(parser), 1, left);
                if (!empty) {
                    documents.add(document);
                }
            }
            return documents;
        } catch (IOException | IllegalStateException e) {
            return List.of();
        }
    }

    /** Counted from 1. */
    int line() {
        return line;
    }

    /** A part of this; this itself if there is none of that name. */
    Lines in(String name) {
        return parts.getOrDefault(name, this);
    }

    /** The part that a path leads to, for example {@code spec.http[0].match}; as far as it leads. */
    Lines at(String path) {
        Lines at = this;
        String rest = path;
        while (true) {
            String next = "";
            for (String name : at.parts.keySet()) {
                boolean begins = rest.startsWith(name)
                        && (rest.length() == name.length() || ".[: ".indexOf(rest.charAt(name.length())) >= 0);
                next = begins && name.length() > next.length() ? name : next;
            }
            if (next.isEmpty()) {
                return at;
            }
            at = at.in(next);
            rest = rest.substring(next.length());
            rest = rest.startsWith(".") ? rest.substring(1) : rest.startsWith(": ") ? rest.substring(2) : rest;
        }
    }

    private static Lines read(JsonParser parser, int line, int depth, int[] left) throws IOException {
        Lines read = new Lines(line);
        if (depth > DEEPEST || --left[0] < 0) {
            throw new IllegalStateException("too deep or too much");
        }
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                int at = line(parser);
                if (parser.nextToken() != null) {
                    read.parts.put(name, read(parser, at, depth + 1, left));
                }
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY && parser.currentToken() != null; i++) {
                read.parts.put("[" + i + "]", read(parser, line(parser), depth + 1, left));
            }
        }
        return read;
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
