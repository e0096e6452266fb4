package dev.lintel.graphql.schema;

import dev.lintel.graphql.model.Loss;
import dev.lintel.graphql.name.Names;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.SchemaPrinter;
import java.util.List;

/** A valid GraphQL schema, the names in it, and what the document says and it does not. */
public final class GraphSchema {
    private final GraphQLSchema schema;
    private final Names names;
    private final List<Loss> losses;
    private final int fields;
    private final int declared;

    GraphSchema(GraphQLSchema schema, Names names, List<Loss> losses, int fields, int declared) {
        this.schema = schema;
        this.names = names;
        this.losses = List.copyOf(losses);
        this.fields = fields;
        this.declared = declared;
    }

    /**
     * The schema in GraphQL's schema language.
     *
     * @return sorted by names, the same for the same document
     */
    public String sdl() {
        return new SchemaPrinter(SchemaPrinter.Options.defaultOptions()
                        .includeSchemaDefinition(false)
                        .includeDirectiveDefinitions(false)
                        .includeScalarTypes(true))
                .print(schema);
    }

    /**
     * The schema as graphql-java has it. Its fields are not connected to any service.
     *
     * @return the schema
     */
    public GraphQLSchema graphQl() {
        return schema;
    }

    /**
     * Which name each thing has.
     *
     * @return names and their meanings
     */
    public Names names() {
        return names;
    }

    /**
     * What the document says and the schema does not, or not exactly.
     *
     * @return sorted
     */
    public List<Loss> losses() {
        return losses;
    }

    /**
     * Operations that are fields of Query and Mutation.
     *
     * @return how many; with the losses of the kind {@code OMITTED} as many as {@link #declared}
     */
    public int fields() {
        return fields;
    }

    /**
     * Operations in the document.
     *
     * @return how many
     */
    public int declared() {
        return declared;
    }
}
