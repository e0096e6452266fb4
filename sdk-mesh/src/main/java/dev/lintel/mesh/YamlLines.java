package dev.lintel.mesh;

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
public final class YamlLines {
    private static final int DEEPEST = 64;
    private static final int MOST = 1_000_000;
    private static final YAMLFactory FACTORY = new YAMLFactory();

    private final int line;
    private final Map<String, YamlLines> parts = new LinkedHashMap<>();

    private YamlLines(int line) {
        this.line = line;
    }

    /**
     * Those of a text.
     *
     * @param text any number of YAML documents
     * @return one for each document that is not empty, as {@link YamlTrees} reads them; none if the text is no YAML, is
     *     longer than {@link ManifestYaml#LIMIT}, or has more than a million parts
     */
    public static List<YamlLines> of(String text) {
        List<YamlLines> documents = new ArrayList<>();
        if (text.length() > ManifestYaml.LIMIT) {
            return documents;
        }
        try (JsonParser parser = FACTORY.createParser(text)) {
            int[] left = {MOST};
            while (parser.nextToken() != null) {
                boolean empty = parser.currentToken() == JsonToken.VALUE_NULL
                        || parser.currentToken() == JsonToken.VALUE_STRING
                                && parser.getText().isEmpty();
                YamlLines document = read(parser, line(parser), 1, left);
                if (!empty) {
                    documents.add(document);
                }
            }
            return documents;
        } catch (IOException | IllegalStateException e) {
            return List.of();
        }
    }

    /**
     * Where the part stands.
     *
     * @return the line of its key, or of what it begins with, counted from 1
     */
    public int line() {
        return line;
    }

    /**
     * A part of this.
     *
     * @param path for example {@code spec.http[0].match}; names may have dots in them, and there may be words behind it
     * @return the part as far as the path leads; this itself if it leads nowhere
     */
    public YamlLines at(String path) {
        YamlLines at = this;
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
            at = at.parts.getOrDefault(next, at);
            rest = rest.substring(next.length());
            rest = rest.startsWith(".") ? rest.substring(1) : rest.startsWith(": ") ? rest.substring(2) : rest;
        }
    }

    private static YamlLines read(JsonParser parser, int line, int depth, int[] left) throws IOException {
        YamlLines read = new YamlLines(line);
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
