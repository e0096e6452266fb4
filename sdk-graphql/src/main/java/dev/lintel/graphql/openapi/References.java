package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.name.Words;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows {@code $ref}, inside the document and into those that were given beside it, and nowhere else. */
final class References {
    private static final Set<String> COLLECTIONS =
            Set.of("schemas", "definitions", "parameters", "responses", "requestBodies", "pathItems", "$defs");
    private static final Set<String> SILENT =
            Set.of("paths", "components", "properties", "content", "schema", "responses", "allOf", "schemas", "oneOf");

    private final JsonNode root;
    private final Map<String, JsonNode> others;
    private final Losses losses;

    References(OpenApi document, Losses losses) {
        this.root = document.root();
        this.others = document.others();
        this.losses = losses;
    }

    /** The place to which a reference leads in the end, or null and a loss. */
    @Nullable
    At follow(At from) {
        At at = from;
        Set<String> seen = new HashSet<>();
        while (at.isReference()) {
            if (!seen.add(at.document() + " " + at.text("$ref"))) {
                losses.widened(from, "$ref", "'" + from.text("$ref") + "' leads back to itself");
                return null;
            }
            At next = target(at);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    private @Nullable At target(At at) {
        String reference = at.text("$ref");
        int hash = reference.indexOf('#');
        String file = hash < 0 ? reference : reference.substring(0, hash);
        String document = file.isEmpty() ? at.document() : file;
        JsonNode tree = document.isEmpty() ? root : others.get(document);
        if (tree == null) {
            losses.widened(at, "$ref", "'" + reference + "' is in another document, which was not given");
            return null;
        }
        String pointer = hash < 0 ? "" : decode(reference.substring(hash + 1));
        JsonNode found = find(tree, pointer);
        if (found.isMissingNode()) {
            losses.widened(at, "$ref", "'" + reference + "' leads to nothing");
            return null;
        }
        return new At(document, found, "#" + pointer, hint(pointer, document));
    }

    /** A component of the document in which a place is. */
    At component(At at, String pointer) {
        JsonNode tree = at.document().isEmpty() ? root : others.get(at.document());
        JsonNode found = tree == null ? MissingNode.getInstance() : find(tree, pointer);
        return new At(at.document(), found, "#" + pointer, hint(pointer, at.document()));
    }

    private static JsonNode find(JsonNode tree, String pointer) {
        if (pointer.isEmpty()) {
            return tree;
        }
        if (!pointer.startsWith("/")) {
            return MissingNode.getInstance();
        }
        JsonNode node = tree;
        for (String step : pointer.substring(1).split("/", -1)) {
            String key = step.replace("~1", "/").replace("~0", "~");
            if (node.isArray()) {
                node = key.matches("[0-9]{1,9}") ? node.path(Integer.parseInt(key)) : MissingNode.getInstance();
            } else {
                node = node.path(key);
            }
        }
        return node;
    }

    private static String hint(String pointer, String document) {
        List<String> steps = List.of(pointer.split("/", -1));
        int size = steps.size();
        String last = steps.get(size - 1).replace("~1", "/").replace("~0", "~");
        if (pointer.isEmpty()) {
            return Words.pascal(document.replaceAll(".*/", "").replaceAll("\\..*", ""));
        }
        if (size >= 2 && COLLECTIONS.contains(steps.get(size - 2))) {
            return last;
        }
        StringBuilder name = new StringBuilder();
        for (String step : steps) {
            String key = step.replace("~1", "/").replace("~0", "~");
            boolean mediaType = key.indexOf('/') > 0;
            if (!SILENT.contains(key) && !mediaType && !key.matches("[0-9]*")) {
                name.append(key.equals("items") ? "Item" : Words.pascal(key));
            }
        }
        return name.toString();
    }

    private static String decode(String text) {
        try {
            return text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
