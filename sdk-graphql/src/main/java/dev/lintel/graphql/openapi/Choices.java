package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Discriminator;
import dev.lintel.graphql.model.Kind;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code oneOf} and {@code anyOf}. */
final class Choices {
    private final SchemaReader schemas;
    private final References references;
    private final Flattener flattener;
    private final Losses losses;

    Choices(SchemaReader schemas, References references, Flattener flattener, Losses losses) {
        this.schemas = schemas;
        this.references = references;
        this.flattener = flattener;
        this.losses = losses;
    }

    /** What a choice is, or null if it only narrows or widens what stands beside it, as it then says itself. */
    @Nullable
    Use use(Flat flat, At at) {
        List<Flat> flats = new ArrayList<>();
        flat.variants.forEach(variant -> flats.add(flattener.flatten(variant)));
        boolean beside = !flat.properties.isEmpty() || flat.types.stream().anyMatch(type -> !type.equals("object"));
        if (flats.stream().allMatch(Flat::trivial)
                && (beside || flats.stream().noneMatch(each -> !each.types.isEmpty()))) {
            losses.unchecked(at, flat.choice);
            return null;
        }
        if (!flat.properties.isEmpty()) {
            merge(flat, flats);
            losses.widened(at, flat.choice, "the properties of all variants are fields of one type");
            return null;
        }
        if (beside && flat.items == null && flats.stream().allMatch(each -> each.types.isEmpty())) {
            losses.unchecked(at, flat.choice);
            return null;
        }
        if (flat.choice.equals("anyOf")) {
            losses.widened(at, flat.choice, "a value that is of several variants is taken for one of them");
        }
        return together(flat, at);
    }

    private static void merge(Flat flat, List<Flat> flats) {
        for (Flat each : flats) {
            each.properties.forEach((name, places) -> places.forEach(place -> Flattener.add(flat, name, place)));
        }
    }

    private Use together(Flat flat, At at) {
        Set<Shape> shapes = new LinkedHashSet<>();
        boolean nullable = false;
        for (At variant : flat.variants) {
            Use use = schemas.use(variant);
            nullable |= use.nullable();
            boolean unusedNews = shapes.add(use.shape());
        }
        if (shapes.size() == 1) {
            return new Use(shapes.iterator().next(), nullable);
        }
        TreeSet<String> members = new TreeSet<>();
        if (shapes.stream().allMatch(shape -> members(shape, members))) {
            if (members.size() == 1) {
                return new Use(new Shape.Named(members.first()), nullable);
            }
            String id = at.document() + at.id();
            Discriminator discriminator =
                    flat.discriminator == null ? null : discriminator(flat.discriminator, members);
            schemas.define(
                    new Definition.Variants(id, at.hint(), flat.description, List.copyOf(members), discriminator));
            return new Use(new Shape.Named(id), nullable);
        }
        Kind kind = common(shapes);
        String wide = kind == Kind.JSON ? "any JSON value" : kind.name().toLowerCase(Locale.ROOT);
        losses.widened(at, flat.choice, "variants that are not all objects are " + wide);
        return Use.of(kind, nullable || kind == Kind.JSON);
    }

    private boolean members(Shape shape, Set<String> members) {
        if (!(shape instanceof Shape.Named named)) {
            return false;
        }
        if (schemas.isObject(named.id())) {
            boolean unusedNews = members.add(named.id());
            return true;
        }
        if (schemas.type(named.id()) instanceof Definition.Variants variants) {
            members.addAll(variants.members());
            return true;
        }
        return false;
    }

    /** The narrowest single value that holds all of them. */
    private Kind common(Set<Shape> shapes) {
        Set<Kind> kinds = new HashSet<>();
        for (Shape shape : shapes) {
            if (shape instanceof Shape.Single single) {
                kinds.add(single.kind());
            } else if (shape instanceof Shape.Named named && schemas.type(named.id()) instanceof Definition.Choice) {
                kinds.add(Kind.STRING);
            } else {
                return Kind.JSON;
            }
        }
        Set<Kind> texts = Set.of(Kind.STRING, Kind.DATE, Kind.DATE_TIME, Kind.UUID, Kind.BASE64);
        if (texts.containsAll(kinds)) {
            return Kind.STRING;
        }
        if (Set.of(Kind.INT, Kind.LONG, Kind.INTEGER).containsAll(kinds)) {
            return Kind.INTEGER;
        }
        Set<Kind> numbers = Set.of(Kind.INT, Kind.LONG, Kind.INTEGER, Kind.FLOAT, Kind.DECIMAL);
        return numbers.containsAll(kinds) ? Kind.DECIMAL : Kind.JSON;
    }

    /** Values that are mapped, and for all other members the names of their schemas. */
    @Nullable
    Discriminator discriminator(At at, Collection<String> members) {
        JsonNode said = at.node().path("discriminator");
        String property =
                said.isTextual() ? said.asText() : said.path("propertyName").asText();
        if (property.isEmpty()) {
            losses.unused(at, "discriminator", "names no property");
            return null;
        }
        TreeMap<String, String> types = new TreeMap<>();
        for (Map.Entry<String, JsonNode> mapping : said.path("mapping").properties()) {
            String id = mapped(at, mapping.getValue().asText(), members);
            if (id == null) {
                losses.unused(at, "mapping", "'" + mapping.getKey() + "' is none of the types");
            } else {
                types.put(mapping.getKey(), id);
            }
        }
        Set<String> known = new HashSet<>(types.values());
        for (String member : members) {
            if (!known.contains(member)) {
                types.putIfAbsent(
                        member.replaceAll(".*/", "").replace("~1", "/").replace("~0", "~"), member);
            }
        }
        return Discriminator.of(property, types);
    }

    private @Nullable String mapped(At at, String target, Collection<String> members) {
        for (String pointer : List.of("/components/schemas/", "/definitions/")) {
            if (members.contains(at.document() + "#" + pointer + At.escape(target))) {
                return at.document() + "#" + pointer + At.escape(target);
            }
        }
        if (target.indexOf('#') < 0) {
            return null;
        }
        At place = references.follow(
                at.holding(JsonNodeFactory.instance.objectNode().put("$ref", target)));
        String id = place == null ? null : place.document() + place.id();
        return id != null && members.contains(id) ? id : null;
    }
}
