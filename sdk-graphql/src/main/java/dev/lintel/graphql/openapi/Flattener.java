package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.lintel.graphql.name.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Takes a schema and all its {@code allOf} together. */
final class Flattener {
    private static final int PARTS = 1000;
    private static final Set<String> TYPES =
            Set.of("string", "number", "integer", "boolean", "array", "object", "null");

    private final References references;
    private final Losses losses;
    private final Keywords keywords;
    private final Labels labels;
    private final Set<JsonNode> accounted = Collections.newSetFromMap(new IdentityHashMap<>());

    Flattener(References references, Losses losses) {
        this.references = references;
        this.losses = losses;
        this.keywords = new Keywords(losses);
        this.labels = new Labels();
    }

    Flat flatten(At at) {
        Flat flat = new Flat();
        add(flat, at, new HashSet<>(), false);
        return flat;
    }

    private void add(Flat flat, At at, Set<String> seen, boolean inherited) {
        if (at.isReference()) {
            At target = references.follow(at);
            if (target != null && seen.size() < PARTS && seen.add(target.document() + target.id())) {
                add(flat, target, seen, true);
            } else if (target != null) {
                losses.widened(at, "allOf", "'" + at.text("$ref") + "' is taken in by itself");
            }
            return;
        }
        if (accounted.add(at.node())) {
            keywords.account(at);
        }
        scalars(flat, at);
        object(flat, at);
        items(flat, at);
        variants(flat, at, inherited);
        for (JsonNode part : at.node().path("allOf")) {
            add(flat, at.holding(part), seen, inherited);
        }
        if (flat.description.isEmpty()) {
            flat.description = at.text("description");
        }
    }

    private void scalars(Flat flat, At at) {
        JsonNode type = at.node().path("type");
        List<String> said = new ArrayList<>();
        if (type.isArray()) {
            type.forEach(each -> said.add(each.asText()));
        } else if (type.isTextual()) {
            said.add(type.asText());
        }
        for (String each : said) {
            if (each.equals("file")) {
                flat.format = "binary";
            } else if (!TYPES.contains(each)) {
                losses.widened(at, "type", "'" + each + "' is no type");
            }
        }
        said.replaceAll(each -> each.equals("file") ? "string" : each);
        said.removeIf(each -> !TYPES.contains(each));
        if (said.remove("null")
                && (said.size() > 0 || type.isArray() || type.asText().equals("null"))) {
            flat.nullable = true;
        }
        if (flat.types.isEmpty() || Collections.disjoint(flat.types, said)) {
            flat.types.addAll(said);
        } else if (!said.isEmpty()) {
            flat.types.retainAll(said);
        }
        flat.nullable |= at.yes("nullable") || at.yes("x-nullable");
        flat.format = at.text("format").isEmpty() ? flat.format : at.text("format");
        flat.least =
                at.node().path("minimum").isNumber() ? at.node().path("minimum").decimalValue() : flat.least;
        flat.most =
                at.node().path("maximum").isNumber() ? at.node().path("maximum").decimalValue() : flat.most;
        values(flat, at);
    }

    private static void values(Flat flat, At at) {
        List<JsonNode> values = new ArrayList<>();
        if (at.node().has("const")) {
            values.add(at.node().path("const"));
        } else {
            at.node().path("enum").forEach(values::add);
        }
        if (values.removeIf(JsonNode::isNull)) {
            flat.nullable = true;
        }
        if (!values.isEmpty()) {
            flat.values = values;
        }
    }

    private void items(Flat flat, At at) {
        boolean several =
                at.node().has("prefixItems") || at.node().path("items").isArray();
        if (several) {
            losses.widened(at, "items", "items of several types in one list are any JSON values");
            flat.items = at.child("items").holding(BooleanNode.TRUE);
        } else if (at.node().has("items")) {
            flat.items = at.child("items").called(at.hint() + "Item");
        }
    }

    private void object(Flat flat, At at) {
        JsonNode properties = at.node().path("properties");
        if (!properties.isObject() && !properties.isMissingNode()) {
            losses.unused(at, "properties", "must be an object");
        }
        if (properties.isObject()) {
            properties.properties().forEach(entry -> {
                At place = at.child("properties").child(entry.getKey());
                add(flat, entry.getKey(), place.called(at.hint() + Words.pascal(entry.getKey())));
            });
        }
        at.node().path("required").forEach(each -> {
            if (each.isTextual()) {
                flat.required.add(each.asText());
            }
        });
        JsonNode additional = at.node().path("additionalProperties");
        flat.closed |= additional.isBoolean() && !additional.asBoolean();
        flat.open |= additional.isBoolean() && additional.asBoolean();
        if (additional.isObject() && additional.isEmpty()) {
            flat.open = true;
        } else if (additional.isObject()) {
            flat.additional = at.child("additionalProperties").called(at.hint() + "Value");
        }
        if (!at.node().path("discriminator").isMissingNode()) {
            flat.discriminator = flat.discriminator == null ? at : flat.discriminator;
        }
    }

    static void add(Flat flat, String name, At place) {
        List<At> known = flat.properties.computeIfAbsent(name, n -> new ArrayList<>());
        if (known.stream().noneMatch(other -> other.node().equals(place.node()))) {
            known.add(place);
        }
    }

    /** What a type inherits from is told apart from it by a discriminator; it does not inherit that choice. */
    private void variants(Flat flat, At at, boolean inherited) {
        boolean base = inherited && at.node().has("discriminator");
        for (String word : List.of("oneOf", "anyOf")) {
            JsonNode list = at.node().path(word);
            if (list.isEmpty() || base) {
                continue;
            }
            if (!flat.variants.isEmpty()) {
                losses.widened(at, word, "a second choice beside the first is not followed");
                continue;
            }
            flat.choice = word;
            for (At variant : labels.of(at, word)) {
                flat.nullable |= isNull(variant);
                if (!isNull(variant)) {
                    flat.variants.add(variant);
                }
            }
        }
    }

    static boolean isNull(At at) {
        JsonNode values = at.node().path("enum");
        return at.text("type").equals("null")
                || values.size() == 1 && values.get(0).isNull();
    }
}
