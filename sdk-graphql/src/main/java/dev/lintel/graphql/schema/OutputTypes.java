package dev.lintel.graphql.schema;

import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Loss;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.name.Names;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeReference;
import graphql.schema.GraphQLUnionType;
import graphql.schema.TypeResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Objects, interfaces and unions as services answer them. */
final class OutputTypes {
    private static final String DEPRECATED = "deprecated by the document";

    private final Reach reach;
    private final Names names;
    private final Types types;
    private final List<Loss> losses;
    private final GraphQLCodeRegistry.Builder code;
    private final List<GraphQLType> made = new ArrayList<>();

    /** Interfaces by the ids of the objects that are of them, and what each interface promises. */
    private final SortedMap<String, TreeSet<String>> above = new TreeMap<>();

    private final SortedMap<String, List<Property>> promised = new TreeMap<>();

    private final SortedMap<String, List<GraphQLFieldDefinition>> linked;

    OutputTypes(
            Reach reach,
            Names names,
            Types types,
            List<Loss> losses,
            GraphQLCodeRegistry.Builder code,
            SortedMap<String, List<GraphQLFieldDefinition>> linked) {
        this.linked = linked;
        this.reach = reach;
        this.names = names;
        this.types = types;
        this.losses = losses;
        this.code = code;
    }

    List<GraphQLType> make() {
        for (String id : reach.ids()) {
            if (reach.definition(id) instanceof Definition.Fields fields && family(fields)) {
                promise(fields);
            }
        }
        for (String id : reach.ids()) {
            Definition definition = reach.definition(id);
            if (definition instanceof Definition.Variants && !reach.objects(id).isEmpty()) {
                union(id, definition);
            } else if (definition instanceof Definition.Fields fields) {
                fields(fields);
            }
        }
        types.values().forEach((key, value) -> {
            String text = types.said(value);
            made.add(GraphQLObjectType.newObject()
                    .name(types.entry(key))
                    .description("A key and its value.")
                    .field(field -> field.name("key").type(TypeText.output("String!")))
                    .field(field -> field.name("value").type(TypeText.output(text)))
                    .build());
        });
        return made;
    }

    private boolean family(Definition.Fields type) {
        TreeSet<String> objects = new TreeSet<>(reach.objects(type.id()));
        boolean unusedSelf = objects.remove(type.id());
        return !objects.isEmpty();
    }

    /** An interface promises the fields that all of its objects have with the same types, or narrower by a null. */
    private void promise(Definition.Fields base) {
        List<Property> kept = new ArrayList<>();
        for (Property property : reach.properties(base)) {
            boolean all = true;
            for (String id : reach.objects(base.id())) {
                all &= conforms((Definition.Fields) reach.definition(id), base, property);
            }
            if (all) {
                kept.add(property);
            } else {
                losses.add(new Loss(
                        Loss.Kind.WIDENED,
                        base.id(),
                        "discriminator",
                        "'" + property.name() + "' is of another type in a subtype, and only a field of the objects"));
            }
        }
        promised.put(base.id(), kept);
        for (String id : reach.objects(base.id())) {
            boolean unusedNews = above.computeIfAbsent(id, i -> new TreeSet<>()).add(base.id());
        }
    }

    private boolean conforms(Definition.Fields type, Definition.Fields base, Property property) {
        for (Property own : reach.properties(type)) {
            if (own.name().equals(property.name())) {
                String wide = said(property);
                String narrow = said(own);
                return (narrow.equals(wide) || narrow.equals(wide + "!"))
                        && names.field(type.id(), own.name()).equals(names.field(base.id(), property.name()));
            }
        }
        return false;
    }

    private String said(Property property) {
        return property.required() ? types.said(property.use()) : types.plain(property.use());
    }

    private void fields(Definition.Fields type) {
        boolean family = promised.containsKey(type.id());
        List<Property> properties = reach.properties(type);
        if (family && promised(type.id()).isEmpty()) {
            union(type.id(), type);
        } else if (family) {
            GraphQLInterfaceType.Builder made = GraphQLInterfaceType.newInterface()
                    .name(names.output(type.id()))
                    .description(type.description());
            promised(type.id()).forEach(property -> made.field(field(type, property)));
            this.made.add(made.build());
            code.typeResolver(names.output(type.id()), resolver(type.id(), type));
        }
        if (properties.isEmpty()) {
            lose(type);
            return;
        }
        GraphQLObjectType.Builder object = GraphQLObjectType.newObject()
                .name(family ? names.other(type.id()) : names.output(type.id()))
                .description(type.description());
        properties.forEach(property -> object.field(field(type, property)));
        linked.getOrDefault(type.id(), List.of()).forEach(object::field);
        for (String parent : above.getOrDefault(type.id(), new TreeSet<>())) {
            if (!promised(parent).isEmpty()) {
                object.withInterface(GraphQLTypeReference.typeRef(names.output(parent)));
            }
        }
        made.add(object.build());
    }

    private List<Property> promised(String id) {
        return promised.getOrDefault(id, List.of());
    }

    private void lose(Definition.Fields type) {
        losses.add(new Loss(
                Loss.Kind.WIDENED,
                type.id(),
                "writeOnly",
                "no property of it is answered, so that it is any JSON value"));
    }

    private GraphQLFieldDefinition field(Definition.Fields type, Property property) {
        GraphQLFieldDefinition.Builder field = GraphQLFieldDefinition.newFieldDefinition()
                .name(names.field(type.id(), property.name()))
                .description(property.description())
                .type(TypeText.output(said(property)));
        return (property.deprecated() ? field.deprecate(DEPRECATED) : field).build();
    }

    private void union(String id, Definition definition) {
        GraphQLUnionType.Builder union =
                GraphQLUnionType.newUnionType().name(names.output(id)).description(definition.description());
        for (String member : reach.objects(id)) {
            union.possibleType(GraphQLTypeReference.typeRef(object(member)));
        }
        GraphQLNamedType type = union.build();
        made.add(type);
        code.typeResolver(names.output(id), resolver(id, definition));
    }

    /** The name of the object, not of the interface, that a definition is. */
    private String object(String id) {
        return promised.containsKey(id) ? names.other(id) : names.output(id);
    }

    private TypeResolver resolver(String id, Definition definition) {
        Map<String, Definition.Fields> objects = new TreeMap<>();
        for (String member : reach.objects(id)) {
            objects.put(member, (Definition.Fields) reach.definition(member));
        }
        VariantOf variant = new VariantOf(objects, VariantOf.discriminator(definition));
        return environment -> {
            Object value = environment.getObject();
            String member = variant.of(value);
            return member == null ? null : environment.getSchema().getObjectType(object(member));
        };
    }
}
