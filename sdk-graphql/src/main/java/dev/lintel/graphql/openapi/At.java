package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.graphql.name.Words;

/**
 * A place in a document.
 *
 * @param document the reference of the document, empty for the one that is imported
 * @param node what stands there
 * @param id a JSON pointer that stays the same if the document is reordered
 * @param hint what a type that stands there would be called best
 */
record At(String document, JsonNode node, String id, String hint) {
    /** What stands below a key, missing if nothing does. */
    At child(String key) {
        return new At(document, node.path(key), id + "/" + escape(key), hint);
    }

    /** The same, of another name. */
    At child(String key, String more) {
        return child(key).called(hint + Words.pascal(more));
    }

    At called(String name) {
        return new At(document, node, id, name);
    }

    /** Something else that counts as standing here. */
    At holding(JsonNode other) {
        return new At(document, other, id, hint);
    }

    /** Something that stands below in a list, by a label instead of its number. */
    At labelled(JsonNode item, String list, String label) {
        return new At(document, item, id + "/" + list + "/" + escape(label), hint + Words.pascal(label));
    }

    String text(String key) {
        JsonNode value = node.path(key);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }

    boolean yes(String key) {
        return node.path(key).asBoolean(false);
    }

    boolean isReference() {
        return node.path("$ref").isTextual();
    }

    static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
