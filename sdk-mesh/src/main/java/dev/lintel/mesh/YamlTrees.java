package dev.lintel.mesh;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML of anybody into maps, lists, texts, numbers and booleans. Anchors, aliases, tags and merge keys are refused,
 * so that a small text cannot become a large tree, and so are keys that stand twice; a field that is null is left out.
 */
public final class YamlTrees {
    private static final int DEEPEST = 64;
    private static final int MOST = 1_000_000;

    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(40)
                    .maxStringLength(ManifestYaml.LIMIT)
                    .build())
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final YAMLParser parser;
    private int values;

    private YamlTrees(YAMLParser parser) {
        this.parser = parser;
    }

    /**
     * Reads documents.
     *
     * @param text any number of YAML documents, at most {@link ManifestYaml#LIMIT} characters
     * @return those that are not empty
     * @throws IllegalArgumentException if the text is too long or not such YAML; the message says the line and why
     */
    public static List<Object> read(String text) {
        if (text.length() > ManifestYaml.LIMIT) {
            throw new IllegalArgumentException("is longer than " + ManifestYaml.LIMIT + " characters");
        }
        return BlockYaml.read(text).<List<Object>>map(ArrayList::new).orElseGet(() -> any(text));
    }

    /** By the library, which knows all of YAML and says what is wrong. */
    static List<Object> any(String text) {
        List<Object> documents = new ArrayList<>();
        try (YAMLParser parser = FACTORY.createParser(text)) {
            YamlTrees trees = new YamlTrees(parser);
            while (parser.nextToken() != null) {
                Object document = trees.value(1);
                if (document != null && !"".equals(document)) {
                    documents.add(document);
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("line " + BrokenYaml.line(e) + " is not YAML: " + BrokenYaml.why(e), e);
        } catch (IOException | StackOverflowError e) {
            throw new IllegalArgumentException("is not YAML: " + e.getMessage(), e);
        }
        return documents;
    }

    /** The value at the current token. */
    private @Nullable Object value(int depth) throws IOException {
        JsonToken token = parser.currentToken();
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            throw refused("an anchor or an alias; say what is meant where it is meant");
        }
        if (parser.getTypeId() != null) {
            throw refused("a tag");
        }
        if (++values > MOST) {
            throw refused("more than " + MOST + " values");
        }
        if (depth > DEEPEST) {
            throw refused("more than " + DEEPEST + " levels");
        }
        return switch (token) {
            case START_OBJECT -> map(depth);
            case START_ARRAY -> list(depth);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            default -> parser.getText();
        };
    }

    private Map<String, Object> map(int depth) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (key.equals("<<")) {
                throw refused("a merge key");
            }
            JsonToken token = parser.nextToken();
            Object value = token == null ? null : value(depth + 1);
            if (value != null) {
                map.put(key, value);
            }
        }
        return map;
    }

    private List<Object> list(int depth) throws IOException {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(depth + 1);
            if (value == null) {
                throw refused("an item that is empty");
            }
            list.add(value);
        }
        return list;
    }

    private IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("line "
                + ((JsonParser) parser).currentTokenLocation().getLineNr() + " has " + what + ", which is not read");
    }
}
