package dev.lintel.graphql.execute;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Link;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.name.Names;
import dev.lintel.graphql.schema.GraphSchema;
import dev.lintel.graphql.schema.VariantOf;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedOutputType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLUnionType;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the names of a schema stand for. */
final class Wiring {
    /** A link and where it leads; a schema has no field for one that leads nowhere. */
    record Linked(Link link, @Nullable Operation operation) {}

    private final GraphSchema schema;
    private final ApiModel model;
    private final SortedMap<String, Operation> operations = new TreeMap<>();
    private final SortedMap<String, Definition.Fields> objects = new TreeMap<>();
    private final SortedMap<String, Definition> families = new TreeMap<>();
    private final Map<String, SortedMap<String, Property>> properties = new ConcurrentHashMap<>();
    private final SortedMap<String, SortedMap<String, Linked>> links = new TreeMap<>();
    private final Map<String, Target> targets = new ConcurrentHashMap<>();

    Wiring(GraphSchema schema, ApiModel model) {
        this.schema = schema;
        this.model = model;
        Names names = schema.names();
        for (Operation operation : model.operations()) {
            operations.put((operation.safe() ? "Query." : "Mutation.") + names.operation(operation), operation);
        }
        SortedMap<String, Operation> known = new TreeMap<>();
        model.operations().forEach(operation -> known.put(operation.key(), operation));
        model.links()
                .forEach((id, all) -> all.values()
                        .forEach(link -> links.computeIfAbsent(id, key -> new TreeMap<>())
                                .put(names.link(id, link), new Linked(link, known.get(link.target())))));
        for (Definition definition : model.types().values()) {
            if (definition instanceof Definition.Choice) {
                continue;
            }
            String name = names.output(definition.id());
            if (!(definition instanceof Definition.Fields fields)) {
                families.put(name, definition);
            } else if (graphQl().getType(name) instanceof GraphQLObjectType) {
                objects.put(name, fields);
            } else {
                families.put(name, definition);
                if (!fields.subtypes().isEmpty()) {
                    objects.put(names.other(fields.id()), fields);
                }
            }
        }
    }

    GraphQLSchema graphQl() {
        return schema.graphQl();
    }

    ApiModel model() {
        return model;
    }

    Names names() {
        return schema.names();
    }

    /** The operation of a field of Query or Mutation. */
    @Nullable
    Target root(String type, String field) {
        Operation operation = operations.get(type + "." + field);
        return operation == null ? null : target(operation);
    }

    Target target(Operation operation) {
        return targets.computeIfAbsent(operation.key(), key -> Target.of(operation, model, names()));
    }

    /** The property that a field of an object stands for. */
    @Nullable
    Property property(String type, String field) {
        return properties
                .computeIfAbsent(type, name -> {
                    SortedMap<String, Property> found = new TreeMap<>();
                    Definition.Fields fields = objects.get(name);
                    if (fields != null) {
                        fields.properties().forEach(each -> found.put(names().field(fields.id(), each.name()), each));
                    }
                    return found;
                })
                .get(field);
    }

    /** Whether an object is a key with its value, and not an object of the API. */
    boolean entry(GraphQLObjectType type) {
        return !objects.containsKey(type.getName());
    }

    /** The link that a field of an object stands for. */
    @Nullable
    Linked link(String type, String field) {
        Definition.Fields fields = objects.get(type);
        SortedMap<String, Linked> all = fields == null ? null : links.get(fields.id());
        return all == null ? null : all.get(field);
    }

    /** The objects that a value of a type may be of, by their ids. */
    SortedMap<String, GraphQLObjectType> members(GraphQLNamedOutputType type) {
        SortedMap<String, GraphQLObjectType> members = new TreeMap<>();
        for (GraphQLObjectType each : possible(type)) {
            Definition.Fields fields = objects.get(each.getName());
            if (fields != null) {
                members.put(fields.id(), each);
            }
        }
        return members;
    }

    VariantOf variant(GraphQLNamedOutputType type) {
        SortedMap<String, Definition.Fields> types = new TreeMap<>();
        members(type).values().forEach(member -> {
            Definition.Fields fields = objects.get(member.getName());
            if (fields != null) {
                types.put(fields.id(), fields);
            }
        });
        Definition family = families.get(type.getName());
        return new VariantOf(types, family == null ? null : VariantOf.discriminator(family));
    }

    private List<GraphQLObjectType> possible(GraphQLNamedOutputType type) {
        if (type instanceof GraphQLInterfaceType family) {
            return graphQl().getImplementations(family);
        }
        return type instanceof GraphQLUnionType union
                ? union.getTypes().stream().map(GraphQLObjectType.class::cast).toList()
                : List.of();
    }
}
