package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Pick;
import dev.lintel.graphql.execute.Plan.Source;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.visibility.GraphqlFieldVisibility;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the schema says about itself, answered by the library; fields that the caller may not ask for are not there. */
final class Introspection {
    private final GraphQLSchema schema;
    private final FieldGuard guard;
    private final GraphCaller caller;

    Introspection(GraphQLSchema schema, FieldGuard guard, GraphCaller caller) {
        this.schema = schema;
        this.guard = guard;
        this.caller = caller;
    }

    /** The library answers the whole document, in which nothing leads to a service. */
    void fill(Plan plan, GraphRequest request, String document, Made root, Faults faults, Verdicts verdicts) {
    }
}
