package dev.lintel.graphql.check;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.schema.GraphSchema;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLType;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a query for all that an operation can answer, to a depth. Each property has an alias of its own. */
final class SelfQuery {
    private static final int DEPTH = 4;
    private static final int FIELDS = 2_000;

    private final ApiModel model;
    private final GraphSchema schema;
    private final StringBuilder text = new StringBuilder();
    private final SortedMap<String, String> aliases = new TreeMap<>();
    private int count;

    SelfQuery(ApiModel model, GraphSchema schema) {
        this.model = model;
        this.schema = schema;
    }

    /** The alias of a property, null if it was too deep to be asked for. */
    @Nullable
    String alias(String id, Property property) {
        return aliases.get(id + " " + property.name());
    }

    /** The head says the variables, the arguments which of them are given. */
    String write(Operation operation, String head, String arguments) {
        text.append("query").append(head).append(" { it: ");
        text.append(schema.names().operation(operation)).append(arguments);
        Use use = operation.answer().use();
        if (use != null) {
            below(use, 0);
        }
        return text.append(" }").toString();
    }

    private void below(Use use, int depth) {
        Shape shape = use.shape();
        if (shape instanceof Shape.Items items) {
            below(items.of(), depth);
        } else if (shape instanceof Shape.Entries entries) {
            text.append(" { key value");
            below(entries.of(), depth);
            text.append(" }");
        } else if (shape instanceof Shape.Named named && objects(named.id())) {
            text.append(" { __typename");
            for (String member : model.objects(named.id(), Property.Direction.OUT)) {
                if (model.definition(member) instanceof Definition.Fields fields) {
                    text.append(" ... on ").append(object(fields)).append(" {");
                    fields(fields, depth + 1);
                    text.append(" }");
                }
            }
            text.append(" }");
        }
    }

    private boolean objects(String id) {
        return !(model.definition(id) instanceof Definition.Choice)
                && !model.objects(id, Property.Direction.OUT).isEmpty();
    }

    String object(Definition.Fields fields) {
        String name = schema.names().output(fields.id());
        GraphQLType type = schema.graphQl().getType(name);
        return type instanceof GraphQLObjectType || fields.subtypes().isEmpty()
                ? name
                : schema.names().other(fields.id());
    }

    private void fields(Definition.Fields fields, int depth) {
        text.append(" __typename");
        for (Property property : fields.properties(Property.Direction.OUT)) {
            if ((depth >= DEPTH || count > FIELDS) && deep(property.use())) {
                continue;
            }
            count++;
            String key = fields.id() + " " + property.name();
            String alias = aliases.computeIfAbsent(key, fresh -> "p" + aliases.size());
            text.append(' ').append(alias).append(": ").append(schema.names().field(fields.id(), property.name()));
            below(property.use(), depth);
        }
    }

    private boolean deep(Use use) {
        if (use.shape() instanceof Shape.Items items) {
            return deep(items.of());
        } else if (use.shape() instanceof Shape.Entries entries) {
            return deep(entries.of());
        }
        return use.shape() instanceof Shape.Named named && objects(named.id());
    }
}
