package dev.lintel.core.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A value of a document, and the line it begins on. */
sealed interface Node {
    int line();

    /** The same without lines. */
    JsonNode tree();

    /** What it is, for messages. */
    String describe();

    record Scalar(JsonNode tree, int line) implements Node {
        @Override
        public String describe() {
            if (tree.isNull()) {
                return "empty";
            }
            return tree.isTextual()
                    ? "the text '" + Place.clip(tree.textValue()) + "'"
                    : (tree.isNumber() ? "the number " : "") + Place.clip(tree.asText());
        }
    }

    record Items(List<Node> items, int line) implements Node {
        @Override
        public JsonNode tree() {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> array.add(item.tree()));
            return array;
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    record Fields(Map<String, Field> fields, int line) implements Node {
        /** The line of a field's name; that of the object if it has no such field. */
        int lineOf(String name) {
            Field field = fields.get(name);
            return field == null ? line : field.line();
        }

        @Override
        public ObjectNode tree() {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            fields.forEach((name, field) -> object.set(name, field.value().tree()));
            return object;
        }

        @Override
        public String describe() {
            return "an object";
        }
    }

    /** A value and the line of its name. */
    record Field(Node value, int line) {}
}
