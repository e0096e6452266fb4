package dev.lintel.core.form;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads documents into values with lines, and reports what is wrong with their syntax. */
final class DocumentReader {
    private static final int SIZE = 1 << 20;
    private static final int DEPTH = 64;
    private static final int DIGITS = 1000;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private final Syntax syntax;
    private final Place root;

    DocumentReader(Syntax syntax, Place root) {
        this.syntax = syntax;
        this.root = root;
    }

    /** All documents up to the first one whose syntax is broken. */
    List<Node> read(String text) {
        List<Node> documents = new ArrayList<>();
        if (text.length() > SIZE || text.getBytes(StandardCharsets.UTF_8).length > SIZE) {
            root.problem("form.limit", 0, "must be at most 1 MiB", "write fewer definitions into one file");
            return documents;
        }
        try (JsonParser parser = syntax.parser(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            while (parser.nextToken() != null) {
                if (syntax == Syntax.JSON && !documents.isEmpty()) {
                    root.problem("form.syntax", line(parser), "text follows the end of the document", "remove it");
                    break;
                }
                documents.add(value(parser, root, 0));
            }
        } catch (StreamConstraintsException e) {
            root.problem("form.limit", line(e), sentence(e), "");
        } catch (JacksonException e) {
            root.problem("form.syntax", line(e), sentence(e), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    private Node value(JsonParser parser, Place place, int depth) throws IOException {
        int line = line(parser);
        if (depth > DEPTH) {
            throw new StreamConstraintsException(
                    "must not nest deeper than " + DEPTH + " levels", parser.currentTokenLocation());
        }
        references(parser, place, line);
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return new Node.Fields(fields(parser, place, depth), line);
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Node> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser, place.item(items.size()), depth + 1));
            }
            return new Node.Items(items, line);
        }
        return new Node.Scalar(scalar(parser, place, line), line);
    }

    private Map<String, Node.Field> fields(JsonParser parser, Place place, int depth) throws IOException {
        Map<String, Node.Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int line = line(parser);
            references(parser, place.field(name), line);
            parser.nextToken();
            Node.Field field = new Node.Field(value(parser, place.field(name), depth + 1), line);
            Node.Field first = fields.putIfAbsent(name, field);
            if (first != null) {
                place.field(name)
                        .problem(
                                "form.duplicate", line, "stands here twice, first on line " + first.line(), "keep one");
            }
        }
        return fields;
    }

    /** A stored definition says everything where it stands: no anchors, no aliases, no types of YAML's. */
    private static void references(JsonParser parser, Place place, int line) throws IOException {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            place.problem(
                    "form.alias", line, "is a YAML alias, '*" + Place.clip(parser.getText()) + "'", "write it out");
        } else if (parser.getObjectId() != null && parser.currentToken() != JsonToken.FIELD_NAME) {
            String anchor = Place.clip(String.valueOf(parser.getObjectId()));
            place.problem("form.alias", line, "has a YAML anchor, '&" + anchor + "'", "remove it");
        }
        if (parser.getTypeId() != null) {
            String tag = Place.clip(String.valueOf(parser.getTypeId()));
            place.problem("form.tag", line, "has a YAML tag, '" + tag + "'", "remove it");
        }
    }

    private static JsonNode scalar(JsonParser parser, Place place, int line) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> NullNode.getInstance();
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, place, line);
            default -> TextNode.valueOf(parser.getText());
        };
    }

    /** Leading zeros, other bases and underscores are read differently by different readers of YAML. */
    private static JsonNode number(JsonParser parser, Place place, int line) throws IOException {
        String text = parser.getText();
        if (text.length() > DIGITS || !NUMBER.matcher(text).matches()) {
            place.problem(
                    "form.number",
                    line,
                    "is a number that is too long or not plain decimal, " + Place.clip(text),
                    "write it in plain decimal, or in quotes if it is text");
            return MissingNode.getInstance();
        }
        return switch (parser.getNumberType()) {
            case INT -> IntNode.valueOf(parser.getIntValue());
            case LONG -> LongNode.valueOf(parser.getLongValue());
            case BIG_INTEGER -> BigIntegerNode.valueOf(parser.getBigIntegerValue());
            default -> DecimalNode.valueOf(parser.getDecimalValue());
        };
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static int line(JacksonException e) {
        if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
            return yaml.getProblemMark().getLine() + 1;
        }
        return e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
    }

    /** The parser's own words, in one line, without its place and its classes. */
    private static String sentence(JacksonException e) {
        String text = String.valueOf(e.getOriginalMessage());
        if (e.getCause() instanceof MarkedYAMLException yaml) {
            text = (yaml.getContext() == null ? "" : yaml.getContext() + ", ") + yaml.getProblem();
        }
        return "cannot be read: "
                + text.strip()
                        .replaceAll("(?s), got this instead.*", "")
                        .replaceAll(", from `[^`]*`", "")
                        .replaceAll("\\s*\\R\\s*", ", ");
    }
}
