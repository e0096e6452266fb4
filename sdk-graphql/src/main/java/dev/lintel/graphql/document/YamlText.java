package dev.lintel.graphql.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML as JSON has it: keys are texts, so that {@code 200:} and {@code "200":} are the same; {@code yes}, dates and
 * {@code 010} are texts; tags say nothing. Aliases are written out, within the limit of values.
 */
final class YamlText {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,999})");
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,300})(\\.[0-9]{1,300})?([eE][-+]?[0-9]{1,3})?");
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");

    /** As the parser says it, which has no exception of its own for it. */
    private static final String TOO_DEEP = "Nesting Depth exceeded";

    private final Limits limits;
    private int values;

    YamlText(Limits limits) {
        this.limits = limits;
    }

    JsonNode read(String text) throws BadDocumentException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(limits.bytes());
        options.setNestingDepthLimit(limits.depth());
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                throw new BadDocumentException("graphql.syntax", 1, "the text is empty", "correct the text");
            }
            return value(root, 0);
        } catch (MarkedYAMLException e) {
            throw new BadDocumentException(
                    "graphql.syntax", line(e), "cannot be read as YAML: " + e.getProblem(), "correct the text");
        } catch (YAMLException e) {
            if (String.valueOf(e.getMessage()).startsWith(TOO_DEEP)) {
                throw BadDocumentException.limit(0, "nests deeper than " + limits.depth() + " levels");
            }
            throw new BadDocumentException(
                    "graphql.syntax", 0, "cannot be read as YAML: " + e.getMessage(), "correct the text");
        }
    }

    private JsonNode value(Node node, int depth) throws BadDocumentException {
        int line = node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
        if (depth > limits.depth()) {
            throw BadDocumentException.limit(line, "nests deeper than " + limits.depth() + " levels");
        }
        if (++values > limits.values()) {
            throw BadDocumentException.limit(line, "holds more than " + limits.values() + " values");
        }
        if (node instanceof MappingNode mapping) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw new BadDocumentException(
                            "graphql.syntax", line, "has a key that is no text", "write a text as the key");
                }
                if (key.getValue().equals("<<") && key.isPlain()) {
                    merge(object, value(tuple.getValueNode(), depth + 1));
                } else {
                    object.set(key.getValue(), value(tuple.getValueNode(), depth + 1));
                }
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Node item : sequence.getValue()) {
                array.add(value(item, depth + 1));
            }
            return array;
        }
        return node instanceof ScalarNode scalar ? scalar(scalar) : NullNode.getInstance();
    }

    /** YAML's merge key: what is said here goes before what is merged in. */
    private static void merge(ObjectNode into, JsonNode from) {
        if (from.isArray()) {
            from.forEach(each -> merge(into, each));
        }
        from.properties().forEach(field -> {
            if (!into.has(field.getKey())) {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN
                || scalar.getTag().equals(Tag.STR)) {
            return TextNode.valueOf(text);
        }
        JsonNode word = word(text);
        return word != null ? word : TextNode.valueOf(text);
    }

    private static @Nullable JsonNode word(String text) {
        if (NULL.matcher(text).matches()) {
            return NullNode.getInstance();
        }
        if (TRUE.matcher(text).matches()) {
            return BooleanNode.TRUE;
        }
        if (FALSE.matcher(text).matches()) {
            return BooleanNode.FALSE;
        }
        if (WHOLE.matcher(text).matches()) {
            return BigIntegerNode.valueOf(new BigInteger(text));
        }
        return NUMBER.matcher(text).matches() ? DecimalNode.valueOf(new BigDecimal(text)) : null;
    }

    private static int line(MarkedYAMLException e) {
        return e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
    }
}
