package dev.lintel.graphql.schema;

import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Loss;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.name.Names;
import graphql.Directives;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Objects as clients send them; variants are objects of which exactly one field is given. */
final class InputTypes {
    private final Reach reach;
    private final Names names;
    private final Types types;
    private final List<Loss> losses;
    private final Set<String> relaxed = new HashSet<>();
    private final List<GraphQLType> made = new ArrayList<>();

    InputTypes(Reach reach, Names names, Types types, List<Loss> losses) {
        this.reach = reach;
        this.names = names;
        this.types = types;
        this.losses = losses;
    }

    List<GraphQLType> make() {
        relax();
        for (String id : reach.ids()) {
            Definition definition = reach.definition(id);
            SortedSet<String> objects = reach.objects(id);
            boolean choice = definition instanceof Definition.Variants || family(definition);
            if (choice && !objects.isEmpty()) {
                variants(id, definition, objects);
            }
            if (definition instanceof Definition.Fields fields) {
                object(fields, choice);
            }
        }
        types.values()
                .forEach((key, value) -> made.add(GraphQLInputObjectType.newInputObject()
                        .name(types.entry(key))
                        .description("A key and its value.")
                        .field(field -> field.name("key").type(TypeText.input("String!")))
                        .field(field -> field.name("value").type(TypeText.input(types.said(value))))
                        .build()));
        return made;
    }

    private boolean family(Definition definition) {
        return definition instanceof Definition.Fields fields
                && reach.objects(fields.id()).stream().anyMatch(id -> !id.equals(fields.id()));
    }

    private String object(String id) {
        return family(reach.definition(id)) ? names.otherInput(id) : names.input(id);
    }

    private void variants(String id, Definition definition, SortedSet<String> objects) {
        GraphQLInputObjectType.Builder type = GraphQLInputObjectType.newInputObject()
                .name(names.input(id))
                .description(definition.description())
                .withAppliedDirective(Directives.OneOfDirective.toAppliedDirective());
        TreeMap<String, String> fields = new TreeMap<>();
        for (String member : objects) {
            fields.put(names.variantOf(definition, member), object(member));
        }
        fields.forEach((name, member) -> type.field(field -> field.name(name).type(TypeText.input(member))));
        made.add(type.build());
    }

    private void object(Definition.Fields type, boolean choice) {
        List<Property> properties = reach.properties(type);
        if (properties.isEmpty()) {
            losses.add(new Loss(
                    Loss.Kind.WIDENED,
                    type.id(),
                    "readOnly",
                    "no property of it is sent, so that it is any JSON value"));
            return;
        }
        GraphQLInputObjectType.Builder made = GraphQLInputObjectType.newInputObject()
                .name(choice ? names.otherInput(type.id()) : names.input(type.id()))
                .description(type.description());
        for (Property property : properties) {
            boolean needed = needed(property) && !relaxed.contains(type.id() + " " + property.name());
            String text = types.plain(property.use()) + (needed ? "!" : "");
            GraphQLInputObjectField.Builder field = GraphQLInputObjectField.newInputObjectField()
                    .name(names.field(type.id(), property.name()))
                    .description(property.description())
                    .type(TypeText.input(text));
            made.field(
                    (property.deprecated() && !needed ? field.deprecate("deprecated by the document") : field).build());
        }
        this.made.add(made.build());
    }

    private static boolean needed(Property property) {
        return property.required() && !property.use().nullable() && !property.hasDefault();
    }

    /** Objects that require each other in a circle could never be sent: one field of each circle may be left out. */
    private void relax() {
        NavigableMap<String, NavigableMap<String, String>> needs = new TreeMap<>();
        for (String id : reach.ids()) {
            if (reach.definition(id) instanceof Definition.Fields fields && !family(fields)) {
                NavigableMap<String, String> edges = new TreeMap<>();
                for (Property property : reach.properties(fields)) {
                    if (needed(property) && property.use().shape() instanceof Shape.Named named) {
                        edges.put(property.name(), named.id());
                    }
                }
                needs.put(id, edges);
            }
        }
        while (true) {
            needs.values().forEach(edges -> edges.values().removeIf(target -> !needs.containsKey(target)));
            if (needs.values().removeIf(NavigableMap::isEmpty)) {
                continue;
            }
            if (needs.isEmpty()) {
                return;
            }
            String on = onCircle(needs);
            NavigableMap<String, String> edges = needs.getOrDefault(on, new TreeMap<>());
            String property = edges.firstKey();
            give(on, property);
            String unusedTarget = edges.remove(property);
        }
    }

    private void give(String id, String property) {
        boolean unusedNews = relaxed.add(id + " " + property);
        losses.add(new Loss(
                Loss.Kind.WIDENED,
                id,
                "required",
                "'" + property + "' leads back to an object that requires it, and may be left out"));
    }

    private static String onCircle(NavigableMap<String, NavigableMap<String, String>> needs) {
        Set<String> seen = new TreeSet<>();
        String at = needs.firstKey();
        while (seen.add(at)) {
            NavigableMap<String, String> edges = needs.getOrDefault(at, new TreeMap<>());
            at = edges.isEmpty() ? at : edges.values().iterator().next();
        }
        return at;
    }
}
