package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Discriminator;
import dev.lintel.graphql.model.Kind;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** From schemas to uses and definitions. Objects are defined after the one in which they were met: cycles end there. */
final class SchemaReader {
    private static final List<String> STRUCTURE = List.of(
            "properties", "items", "additionalProperties", "enum", "const", "required", "format", "discriminator");

    private final References references;
    private final Losses losses;
    private final Families families;
    private final Flattener flattener;
    private final Choices choices;
    private final Map<String, Use> uses = new HashMap<>();
    private final Set<String> active = new HashSet<>();
    private final Deque<Runnable> pending = new ArrayDeque<>();
    private final Set<String> objects = new HashSet<>();
    private final SortedMap<String, Definition> types = new TreeMap<>();

    SchemaReader(References references, Losses losses, Families families) {
        this.references = references;
        this.losses = losses;
        this.families = families;
        this.flattener = new Flattener(references, losses);
        this.choices = new Choices(this, references, flattener, losses);
    }

    /** What was defined so far, everything that it needs included. */
    SortedMap<String, Definition> types() {
        while (!pending.isEmpty()) {
            pending.pop().run();
        }
        return types;
    }

    Use use(At at) {
        String key = at.document() + at.id();
        Use known = uses.get(key);
        if (known != null) {
            return known;
        }
        if (!active.add(key)) {
            losses.widened(at, "type", "it consists of itself, and there is no object between");
            return Use.JSON;
        }
        Use use = read(at);
        boolean unusedLast = active.remove(key);
        uses.put(key, use);
        return use;
    }

    boolean isObject(String id) {
        return objects.contains(id);
    }

    @Nullable
    Definition type(String id) {
        return types.get(id);
    }

    private Use read(At at) {
        if (at.isReference()) {
            At target = references.follow(at);
            return target == null ? Use.JSON : use(target).orNull(at.yes("nullable") || at.yes("x-nullable"));
        }
        At inner = wrapped(at);
        if (inner != null) {
            boolean orNull = at.yes("nullable") || at.yes("x-nullable") || hasNull(at);
            return (inner.isReference() ? read(inner) : read(inner.called(at.hint()))).orNull(orNull);
        }
        return shape(flattener.flatten(at), at);
    }

    /** What a schema says that does nothing but pass on another one. */
    private static @Nullable At wrapped(At at) {
        if (STRUCTURE.stream().anyMatch(at.node()::has)
                || at.node().path("type").isArray()) {
            return null;
        }
        List<At> parts = new ArrayList<>();
        for (String word : List.of("allOf", "oneOf", "anyOf")) {
            for (JsonNode part : at.node().path(word)) {
                At member = at.holding(part);
                if (word.equals("allOf") || !Flattener.isNull(member)) {
                    parts.add(member);
                }
            }
        }
        return parts.size() == 1 ? parts.get(0) : null;
    }

    private static boolean hasNull(At at) {
        for (String word : List.of("oneOf", "anyOf")) {
            for (JsonNode part : at.node().path(word)) {
                if (Flattener.isNull(at.holding(part))) {
                    return true;
                }
            }
        }
        return false;
    }

    private Use shape(Flat flat, At at) {
        Use choice = flat.variants.isEmpty() ? null : choices.use(flat, at);
        if (choice != null) {
            return choice.orNull(flat.nullable);
        }
        if (flat.values != null) {
            return new Use(enumeration(flat, flat.values, at), flat.nullable);
        }
        return switch (flat.type()) {
            case "object" -> object(flat, at);
            case "array" -> new Use(new Shape.Items(flat.items == null ? Use.JSON : use(flat.items)), flat.nullable);
            case "several" -> {
                losses.widened(at, "type", "one of " + String.join(", ", flat.types) + " is any JSON value");
                yield Use.JSON;
            }
            default -> {
                Kind kind = Formats.kind(flat, at, losses);
                yield Use.of(kind, flat.nullable || kind == Kind.JSON);
            }
        };
    }

    private Shape enumeration(Flat flat, List<JsonNode> values, At at) {
        String type = flat.type();
        if (type.isEmpty() || type.equals("string")) {
            boolean texts = values.stream().allMatch(value -> value.isTextual() || type.equals("string"));
            boolean single = values.stream().allMatch(JsonNode::isValueNode);
            if (texts && single) {
                TreeSet<String> names = new TreeSet<>();
                values.forEach(value -> names.add(value.asText()));
                String id = at.document() + at.id();
                types.put(id, new Definition.Choice(id, at.hint(), flat.description, List.copyOf(names)));
                return new Shape.Named(id);
            }
        }
        losses.widened(at, "enum", "values that are no texts cannot be names");
        flat.values = null;
        return shape(flat, at).shape();
    }

    private Use object(Flat flat, At at) {
        if (!flat.properties.isEmpty()) {
            String id = at.document() + at.id();
            if (objects.add(id)) {
                pending.add(() -> types.put(id, fields(id, flat, at)));
            }
            if (flat.open || flat.additional != null) {
                losses.widened(at, "additionalProperties", "only the properties that are named are fields");
            }
            return new Use(new Shape.Named(id), flat.nullable);
        }
        if (flat.additional != null) {
            return new Use(new Shape.Entries(use(flat.additional)), flat.nullable);
        }
        if (!flat.open) {
            losses.widened(at, "type", "an object of which no property is known is any JSON value");
        }
        return Use.of(Kind.JSON, flat.nullable);
    }

    private Definition fields(String id, Flat flat, At at) {
        // With variants it may be theirs.
        if (flat.variants.isEmpty()) {
            flat.required.stream()
                    .filter(name -> !flat.properties.containsKey(name))
                    .forEach(name -> losses.unused(at, "required", "there is no property '" + name + "'"));
        }
        List<Property> properties = new ArrayList<>();
        flat.properties.forEach((name, places) -> properties.add(property(name, places, flat, at)));
        List<String> subtypes = new ArrayList<>();
        Discriminator discriminator = null;
        At origin = flat.discriminator;
        if (origin != null && (origin.document() + origin.id()).equals(id)) {
            for (String pointer : families.below(id)) {
                Use child = use(references.component(at, pointer.substring(1)));
                if (child.shape() instanceof Shape.Named named
                        && isObject(named.id())
                        && !named.id().equals(id)) {
                    subtypes.add(named.id());
                }
            }
            discriminator = choices.discriminator(origin, subtypes);
        }
        return new Definition.Fields(id, at.hint(), flat.description, properties, subtypes, discriminator);
    }

    /** Where several parts define one property, the last one that says what it is counts. */
    private Property property(String name, List<At> places, Flat owner, At at) {
        At chosen = places.get(0);
        int said = 0;
        for (At place : places) {
            boolean says = place.isReference()
                    || place.node().has("type")
                    || place.node().has("allOf")
                    || place.node().has("enum")
                    || STRUCTURE.stream().anyMatch(place.node()::has);
            if (says) {
                chosen = place;
                said++;
            }
        }
        if (said > 1) {
            losses.widened(at, "allOf", "property '" + name + "' is defined more than once, and the last one counts");
        }
        boolean out = false;
        boolean in = false;
        boolean preset = false;
        boolean deprecated = false;
        String description = "";
        for (At place : places) {
            At target = place.isReference() ? references.follow(place) : place;
            At seen = target == null ? place : target;
            out |= place.yes("readOnly") || seen.yes("readOnly");
            in |= place.yes("writeOnly") || seen.yes("writeOnly");
            preset |= place.node().has("default") || seen.node().has("default");
            deprecated |= place.yes("deprecated") || seen.yes("deprecated");
            description = place.text("description").isEmpty() ? description : place.text("description");
            description = description.isEmpty() ? seen.text("description") : description;
        }
        if (out && in) {
            losses.widened(at, "readOnly", "property '" + name + "' is said to be read only and write only");
        }
        Property.Direction direction =
                out == in ? Property.Direction.BOTH : out ? Property.Direction.OUT : Property.Direction.IN;
        return new Property(
                name, use(chosen), owner.required.contains(name), direction, preset, description, deprecated);
    }

    void define(Definition definition) {
        types.put(definition.id(), definition);
    }
}
