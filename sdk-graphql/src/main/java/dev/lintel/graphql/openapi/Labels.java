package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.graphql.name.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Names for the members of a list that say more, and stay longer, than their numbers. */
final class Labels {

    /** The members of a choice, sorted by their labels. */
    List<At> of(At at, String word) {
        List<At> members = new ArrayList<>();
        Map<String, Integer> taken = new HashMap<>();
        List<JsonNode> items = new ArrayList<>();
        at.node().path(word).forEach(items::add);
        Map<JsonNode, String> known = new HashMap<>();
        for (JsonNode item : items) {
            known.computeIfAbsent(item, this::label);
        }
        items.sort(Comparator.comparing((JsonNode item) -> known.getOrDefault(item, "Option"))
                .thenComparing(JsonNode::toString));
        for (JsonNode item : items) {
            String label = known.getOrDefault(item, "Option");
            int before = taken.merge(label, 1, Integer::sum);
            members.add(at.labelled(item, word, before == 1 ? label : label + before));
        }
        return members;
    }

    private String label(JsonNode item) {
        if (item.path("$ref").isTextual()) {
            return item.path("$ref").asText().replaceAll(".*/", "");
        }
        if (!Words.pascal(item.path("title").asText()).isEmpty()) {
            return Words.pascal(item.path("title").asText());
        }
        TreeSet<String> names = new TreeSet<>();
        for (Map.Entry<String, JsonNode> property : item.path("properties").properties()) {
            JsonNode value = property.getValue();
            JsonNode only = value.has("const")
                    ? value.path("const")
                    : value.path("enum").path(0);
            if (only.isTextual() && value.path("enum").size() < 2) {
                return Words.pascal(only.asText());
            }
            names.add(property.getKey());
        }
        if (!names.isEmpty()) {
            return "With" + Words.pascal(names.first());
        }
        String type = Words.pascal(item.path("type").asText());
        return type.isEmpty() ? "Option" : type;
    }
}
