package dev.lintel.graphql.request;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Discriminator;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.name.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Values as graphql-java coerced them become values as the service has them: its names, its objects, its variants. */
final class Wire {
    private static final int DEPTH = 200;

    private final ApiModel model;
    private final Names names;
    private final Map<String, Form> forms = new ConcurrentHashMap<>();

    Wire(ApiModel model, Names names) {
        this.model = model;
        this.names = names;
    }

    /** What an object with known fields is made of; variants are by the names of their fields. */
    private record Form(Map<String, Property> properties, Map<String, Variant> variants) {}

    /** An object that a client chooses, and the property that tells it to the service. */
    private record Variant(String id, @Nullable Discriminator discriminator) {}

    @Nullable
    Object of(Use use, @Nullable Object value) {
        return of(use, value, 0);
    }

    private @Nullable Object of(Use use, @Nullable Object value, int depth) {
        if (depth > DEPTH) {
            throw new BadArgumentException("", "has more than " + DEPTH + " levels");
        }
        Shape shape = use.shape();
        if (value == null || shape instanceof Shape.Single) {
            return value;
        }
        if (shape instanceof Shape.Items items) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Object item : value instanceof List<?> many ? many : List.of(value)) {
                list.add(of(items.of(), item, depth + 1));
            }
            return list;
        }
        if (shape instanceof Shape.Entries entries) {
            return entries(entries.of(), value, depth);
        }
        String id = ((Shape.Named) shape).id();
        Form form = forms.computeIfAbsent(id, this::form);
        if (!(value instanceof Map<?, ?> map)
                || form.properties().isEmpty() && form.variants().isEmpty()) {
            // A text of a choice, of which graphql-java gives what it means; or JSON, because nothing of the type is
            // sent.
            return value;
        }
        return form.variants().isEmpty() ? object(form, map, depth) : variant(form, map, depth);
    }

    private Object entries(Use of, Object value, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> plain) {
            plain.forEach((key, item) -> map.put(String.valueOf(key), of(of, item, depth + 1)));
            return map;
        }
        for (Object entry : value instanceof List<?> list ? list : List.of(value)) {
            if (entry instanceof Map<?, ?> pair) {
                String key = String.valueOf(pair.get("key"));
                if (map.containsKey(key)) {
                    throw new BadArgumentException("", "has a key twice");
                }
                map.put(key, of(of, pair.get("value"), depth + 1));
            }
        }
        return map;
    }

    private Map<String, @Nullable Object> object(Form form, Map<?, ?> value, int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        value.forEach((field, item) -> {
            Property property = form.properties().get(String.valueOf(field));
            if (property == null) {
                throw new BadArgumentException("", "has a field that the service does not know");
            }
            if (item == null && !property.use().nullable()) {
                throw new BadArgumentException(String.valueOf(field), "must not be null; leave it out");
            }
            try {
                object.put(property.name(), of(property.use(), item, depth + 1));
            } catch (BadArgumentException e) {
                throw e.within(String.valueOf(field));
            }
        });
        return object;
    }

    private Map<String, @Nullable Object> variant(Form form, Map<?, ?> value, int depth) {
        String field =
                value.size() == 1 ? String.valueOf(value.keySet().iterator().next()) : "";
        Variant variant = form.variants().get(field);
        if (variant == null || !(value.get(field) instanceof Map<?, ?> said)) {
            throw new BadArgumentException("", "must have exactly one of its fields, which is not null");
        }
        try {
            Form own = forms.computeIfAbsent("object " + variant.id(), key -> object(variant.id()));
            Map<String, @Nullable Object> object = object(own, said, depth);
            if (variant.discriminator() != null) {
                discriminate(variant.id(), variant.discriminator(), object);
            }
            return object;
        } catch (BadArgumentException e) {
            throw e.within(field);
        }
    }

    private static void discriminate(String id, Discriminator discriminator, Map<String, @Nullable Object> object) {
        Object said = object.get(discriminator.property());
        String other = said instanceof String text ? discriminator.types().get(text) : null;
        if (other != null && !other.equals(id)) {
            throw new BadArgumentException("", "says by '" + discriminator.property() + "' that it is another type");
        }
        if (said == null) {
            discriminator.types().forEach((text, type) -> {
                if (type.equals(id)) {
                    Object unusedFormer = object.putIfAbsent(discriminator.property(), text);
                }
            });
        }
    }

    private Form form(String id) {
        Definition definition = model.definition(id);
        if (definition instanceof Definition.Choice) {
            return new Form(Map.of(), Map.of());
        }
        SortedSet<String> objects = model.objects(id, Property.Direction.IN);
        boolean choice =
                definition instanceof Definition.Variants || objects.stream().anyMatch(object -> !object.equals(id));
        if (!choice) {
            return object(id);
        }
        Discriminator discriminator = definition instanceof Definition.Variants variants
                ? variants.discriminator()
                : ((Definition.Fields) definition).discriminator();
        Map<String, Variant> variants = new LinkedHashMap<>();
        objects.forEach(
                object -> variants.put(names.variantOf(definition, object), new Variant(object, discriminator)));
        return new Form(Map.of(), variants);
    }

    private Form object(String id) {
        Map<String, Property> properties = new LinkedHashMap<>();
        for (Property property : ((Definition.Fields) model.definition(id)).properties(Property.Direction.IN)) {
            properties.put(names.field(id, property.name()), property);
        }
        return new Form(properties, Map.of());
    }
}
