package dev.lintel.graphql.schema;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Body;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Link;
import dev.lintel.graphql.model.Loss;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.name.NameLock;
import dev.lintel.graphql.name.Names;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.validation.InvalidSchemaException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From a model to a schema. An operation whose types cannot be said is left out and listed; all others stay. */
public final class SchemaAssembler {
    private final ApiModel model;
    private final Settings settings;
    private final Names names;
    private final List<Loss> omitted = new ArrayList<>();

    private SchemaAssembler(ApiModel model, Settings settings, NameLock lock) {
        this.model = model;
        this.settings = settings;
        this.names = Names.of(model, lock);
    }

    /**
     * Makes the schema.
     *
     * @param model of an API
     * @param settings what can be chosen
     * @param lock names to be kept
     * @return a valid schema; without operations its Query has one field that says so
     */
    public static GraphSchema assemble(ApiModel model, Settings settings, NameLock lock) {
        return new SchemaAssembler(model, settings, lock).assemble();
    }

    private GraphSchema assemble() {
        List<Operation> operations = model.operations();
        List<Loss> losses = new ArrayList<>();
        GraphQLSchema schema;
        try {
            schema = build(operations, losses);
        } catch (InvalidSchemaException e) {
            operations = valid(operations);
            losses.clear();
            schema = build(operations, losses);
        }
        TreeSet<Loss> all = new TreeSet<>(model.losses());
        all.addAll(losses);
        all.addAll(omitted);
        return new GraphSchema(schema, names, List.copyOf(all), operations.size(), model.declared());
    }

    /** Halves, until those are alone that make a schema invalid. */
    private List<Operation> valid(List<Operation> operations) {
        try {
            GraphQLSchema unusedSchema = build(operations, new ArrayList<>());
            return operations;
        } catch (InvalidSchemaException e) {
            if (operations.size() == 1) {
                String reason = "its types make no valid schema: "
                        + String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
                omitted.add(new Loss(Loss.Kind.OMITTED, operations.get(0).key(), "operation", reason));
                return List.of();
            }
            int middle = operations.size() / 2;
            List<Operation> left = valid(operations.subList(0, middle));
            List<Operation> right = valid(operations.subList(middle, operations.size()));
            return Stream.concat(left.stream(), right.stream()).toList();
        }
    }

    private GraphQLSchema build(List<Operation> operations, List<Loss> losses) {
        Reach out = Reach.of(model, operations, false);
        Reach in = Reach.of(model, operations, true);
        Types outputs = new Types(out, names, settings, false);
        Types inputs = new Types(in, names, settings, true);
        for (Operation operation : operations) {
            Use answer = operation.answer().use();
            if (answer != null) {
                outputs.note(answer);
            }
            operation.parameters().forEach(parameter -> inputs.note(parameter.use()));
            if (operation.body() != null) {
                inputs.note(operation.body().use());
            }
        }
        note(out, outputs);
        note(in, inputs);
        TreeMap<String, String> stems = new TreeMap<>(outputs.stems());
        stems.putAll(inputs.stems());
        var entries = names.entries(stems);
        outputs.entries(entries);
        inputs.entries(entries);
        GraphQLCodeRegistry.Builder code = GraphQLCodeRegistry.newCodeRegistry();
        List<GraphQLType> types = new ArrayList<>(
                new OutputTypes(out, names, outputs, losses, code, linked(operations, outputs, inputs)).make());
        types.addAll(new InputTypes(in, names, inputs, losses).make());
        TreeSet<String> both = new TreeSet<>(out.ids());
        both.addAll(in.ids());
        for (String id : both) {
            if (model.types().get(id) instanceof Definition.Choice choice) {
                types.add(choice(choice));
            }
        }
        GraphQLSchema.Builder schema = GraphQLSchema.newSchema()
                .codeRegistry(code.build())
                .query(root("Query", operations.stream().filter(Operation::safe).toList(), outputs, inputs));
        List<Operation> changing =
                operations.stream().filter(operation -> !operation.safe()).toList();
        if (!changing.isEmpty()) {
            schema.mutation(root("Mutation", changing, outputs, inputs));
        }
        types.forEach(schema::additionalType);
        return schema.build();
    }

    /** Links as fields of the objects that have them, by ids; those that lead to what is left out are left out as well. */
    private SortedMap<String, List<GraphQLFieldDefinition>> linked(
            List<Operation> operations, Types outputs, Types inputs) {
        SortedMap<String, Operation> known = new TreeMap<>();
        operations.forEach(operation -> known.put(operation.key(), operation));
        SortedMap<String, List<GraphQLFieldDefinition>> fields = new TreeMap<>();
        model.links()
                .forEach((id, links) -> links.values().forEach(link -> {
                    Operation target = known.get(link.target());
                    if (target != null) {
                        fields.computeIfAbsent(id, key -> new ArrayList<>())
                                .add(field(names.link(id, link), target, link, outputs, inputs));
                    }
                }));
        return fields;
    }

    private static void note(Reach reach, Types types) {
        for (String id : reach.ids()) {
            if (reach.definition(id) instanceof Definition.Fields fields) {
                for (Property property : reach.properties(fields)) {
                    types.note(property.use());
                }
            }
        }
    }

    private GraphQLEnumType choice(Definition.Choice choice) {
        GraphQLEnumType.Builder type =
                GraphQLEnumType.newEnum().name(names.output(choice.id())).description(choice.description());
        for (String value : choice.values()) {
            type.value(names.value(choice.id(), value), value);
        }
        return type.build();
    }

    private GraphQLObjectType root(String name, List<Operation> operations, Types outputs, Types inputs) {
        GraphQLObjectType.Builder root = GraphQLObjectType.newObject().name(name);
        if (operations.isEmpty()) {
            root.field(field -> field.name("_empty")
                    .description("The document has no operation that only reads.")
                    .type(TypeText.output("Boolean")));
        }
        operations.forEach(
                operation -> root.field(field(names.operation(operation), operation, null, outputs, inputs)));
        return root.build();
    }

    /** What a link gives is no argument. */
    private GraphQLFieldDefinition field(
            String name, Operation operation, @Nullable Link link, Types outputs, Types inputs) {
        Use answer = operation.answer().use();
        GraphQLFieldDefinition.Builder field = GraphQLFieldDefinition.newFieldDefinition()
                .name(name)
                .description(
                        link == null || link.description().isEmpty() ? operation.description() : link.description())
                .type(TypeText.output(answer == null ? "Boolean" : outputs.plain(answer)));
        for (Parameter parameter : operation.parameters()) {
            if (link != null && link.gives(parameter)) {
                continue;
            }
            boolean needed = parameter.required() && !parameter.use().nullable() && !parameter.hasDefault();
            field.argument(GraphQLArgument.newArgument()
                    .name(names.argument(operation, parameter))
                    .description(parameter.description())
                    .type(TypeText.input(inputs.plain(parameter.use()) + (needed ? "!" : "")))
                    .build());
        }
        Body body = operation.body();
        if (body != null) {
            boolean needed = body.required() && !body.use().nullable();
            field.argument(GraphQLArgument.newArgument()
                    .name(names.body(operation))
                    .description(body.description())
                    .type(TypeText.input(inputs.plain(body.use()) + (needed ? "!" : "")))
                    .build());
        }
        return (operation.deprecated() ? field.deprecate("deprecated by the document") : field).build();
    }
}
