package dev.lintel.graphql.document;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Reads JSON, numbers exactly. */
final class JsonText {
    private static final int DIGITS = 1000;

    private final Limits limits;
    private final Map<String, String> words = new HashMap<>();
    private int values;

    JsonText(Limits limits) {
        this.limits = limits;
    }

    JsonNode read(String text) throws BadDocumentException {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth() + 10)
                        .maxStringLength(limits.bytes())
                        .maxNameLength(50_000)
                        .maxNumberLength(DIGITS)
                        .build())
                .build();
        try (JsonParser parser = factory.createParser(text)) {
            parser.nextToken();
            JsonNode root = value(parser, 0);
            if (parser.nextToken() != null) {
                throw bad(parser, "text follows the end of the document");
            }
            return root;
        } catch (StreamConstraintsException e) {
            throw BadDocumentException.limit(0, sentence(e));
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            throw new BadDocumentException("graphql.syntax", line, sentence(e), "correct the text");
        } catch (IOException e) {
            throw new BadDocumentException("graphql.syntax", 0, "cannot be read as JSON", "correct the text");
        }
    }

    private JsonNode value(JsonParser parser, int depth) throws IOException, BadDocumentException {
        if (depth > limits.depth()) {
            throw BadDocumentException.limit(line(parser), "nests deeper than " + limits.depth() + " levels");
        }
        if (++values > limits.values()) {
            throw BadDocumentException.limit(line(parser), "holds more than " + limits.values() + " values");
        }
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw bad(parser, "the text is empty or ends too early");
        }
        return switch (token) {
            case START_OBJECT -> object(parser, depth);
            case START_ARRAY -> array(parser, depth);
            case VALUE_STRING -> TextNode.valueOf(word(parser.getText()));
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.getInstance();
            case VALUE_NUMBER_INT -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(parser.getDecimalValue());
            default -> throw bad(parser, "there is no value where one is needed");
        };
    }

    /** A key that stands twice keeps its last value, as most readers of JSON have it. */
    private ObjectNode object(JsonParser parser, int depth) throws IOException, BadDocumentException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = word(parser.currentName());
            parser.nextToken();
            object.set(name, value(parser, depth + 1));
        }
        return object;
    }

    private ArrayNode array(JsonParser parser, int depth) throws IOException, BadDocumentException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, depth + 1));
        }
        return array;
    }

    /** Documents say few words often: each is kept once. */
    private String word(String text) {
        if (text.length() > 64) {
            return text;
        }
        String first = words.putIfAbsent(text, text);
        return first == null ? text : first;
    }

    private static BadDocumentException bad(JsonParser parser, String message) {
        return new BadDocumentException("graphql.syntax", line(parser), message, "correct the text");
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String sentence(JacksonException e) {
        return "cannot be read as JSON: "
                + String.valueOf(e.getOriginalMessage()).strip().replaceAll("\\s*\\R\\s*", ", ");
    }
}
