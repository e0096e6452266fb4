package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.graphql.document.OpenApi;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which schemas take in which others by {@code allOf}: the subtypes of a type that has a discriminator. */
final class Families {
    private final SortedMap<String, SortedSet<String>> children = new TreeMap<>();

    Families(OpenApi document) {
        scan("/components/schemas/", document.root().path("components").path("schemas"));
        scan("/definitions/", document.root().path("definitions"));
    }

    /** Pointers of all that take in the schema of an id, directly or not. */
    SortedSet<String> below(String id) {
        SortedSet<String> found = new TreeSet<>();
        collect(id, found);
        found.remove(id);
        return found;
    }

    private void collect(String id, SortedSet<String> found) {
        for (String child : children.getOrDefault(id, new TreeSet<>())) {
            if (found.add(child)) {
                collect(child, found);
            }
        }
    }

    private void scan(String folder, JsonNode schemas) {
        for (Map.Entry<String, JsonNode> schema : schemas.properties()) {
            for (JsonNode part : schema.getValue().path("allOf")) {
                String base = part.path("$ref").asText();
                if (List.of("#/components/schemas/", "#/definitions/").stream().anyMatch(base::startsWith)) {
                    boolean unusedNews = children.computeIfAbsent(base, b -> new TreeSet<>())
                            .add("#" + folder + At.escape(schema.getKey()));
                }
            }
        }
    }
}
