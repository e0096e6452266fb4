package dev.lintel.graphql.request;

import dev.lintel.graphql.Graph;
import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.schema.GraphSchema;
import dev.lintel.graphql.upstream.UpstreamRequest;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.FieldCoordinates;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The requests that a query makes, its arguments coerced by graphql-java itself. */
final class Asked {
    private final Graph graph;

    Asked(String document) {
        this.graph = Graph.of("asked").from(OpenApi.of("api.yaml", document));
    }

    UpstreamRequest ask(String query, Map<String, Object> variables) {
        GraphSchema schema = graph.schema();
        List<UpstreamRequest> requests = new ArrayList<>();
        GraphQLCodeRegistry.Builder code =
                GraphQLCodeRegistry.newCodeRegistry(schema.graphQl().getCodeRegistry());
        for (Operation operation : graph.model().operations()) {
            RequestWriter writer = RequestWriter.of(operation, graph.model(), schema.names());
            DataFetcher<Object> fetcher = environment -> {
                requests.add(writer.write(environment.getArguments(), Duration.ofSeconds(1)));
                return null;
            };
            code.dataFetcher(
                    FieldCoordinates.coordinates(
                            operation.safe() ? "Query" : "Mutation",
                            schema.names().operation(operation)),
                    fetcher);
        }
        GraphQLSchema wired = schema.graphQl().transform(builder -> builder.codeRegistry(code.build()));
        ExecutionResult result = GraphQL.newGraphQL(wired)
                .build()
                .execute(ExecutionInput.newExecutionInput(query).variables(variables));
        if (!result.getErrors().isEmpty()) {
            throw new IllegalArgumentException(result.getErrors().get(0).getMessage());
        }
        return requests.get(0);
    }

    String body(String query, Map<String, Object> variables) {
        return BodyTest.text(ask(query, variables).body()).replace("application/json | ", "");
    }
}
