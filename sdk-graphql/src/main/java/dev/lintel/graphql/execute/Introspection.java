package dev.lintel.graphql.execute;

import graphql.schema.GraphQLSchema;

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
    void fill(Plan plan, GraphRequest request, String document, Made root, Faults faults, Verdicts verdicts) {}
}
