package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Pick;
import dev.lintel.graphql.execute.Plan.Source;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLSchema;
import graphql.schema.visibility.GraphqlFieldVisibility;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the schema says about itself, answered by the library; fields that the caller may not ask for are not there. */
final class Introspection {
    private record Visible(FieldGuard guard, GraphCaller caller) implements GraphqlFieldVisibility {
        @Override
        public List<GraphQLFieldDefinition> getFieldDefinitions(GraphQLFieldsContainer type) {
            return type.getFieldDefinitions().stream()
                    .filter(field -> allowed(type, field.getName()))
                    .toList();
        }

        @Override
        public @Nullable GraphQLFieldDefinition getFieldDefinition(GraphQLFieldsContainer type, String name) {
            return allowed(type, name) ? type.getFieldDefinition(name) : null;
        }

        private boolean allowed(GraphQLFieldsContainer type, String field) {
            return type.getName().startsWith("__")
                    || field.startsWith("__")
                    || guard.check(type.getName(), field, caller) == FieldGuard.Verdict.ALLOWED;
        }
    }

    private final GraphQLSchema schema;

    Introspection(GraphQLSchema schema, FieldGuard guard, GraphCaller caller) {
        this.schema = guard.equals(FieldGuard.OPEN)
                ? schema
                : schema.transformWithoutTypes(change -> change.codeRegistry(
                        schema.getCodeRegistry().transform(code -> code.fieldVisibility(new Visible(guard, caller)))));
    }

    /** Sets the fields of the root that ask for the schema, as far as they are shown and allowed. */
    void fill(Document document, GraphRequest request, Made root, Verdicts verdicts, Faults faults) {
        ExecutionResult result = GraphQL.newGraphQL(schema)
                .preparsedDocumentProvider(
                        (input, parse) -> CompletableFuture.completedFuture(new PreparsedDocumentEntry(document)))
                .build()
                .execute(ExecutionInput.newExecutionInput()
                        .query("{__typename}")
                        .operationName(request.operationName())
                        .variables(request.variables())
                        .locale(Locale.ENGLISH)
                        .build());
        for (GraphQLError error : result.getErrors()) {
            faults.add(Fault.of(Code.LIMIT_EXCEEDED, error));
        }
        Map<String, Object> data = result.getData();
        for (int i = 0; i < root.values().length; i++) {
            Pick pick = root.chosen().picks().get(i);
            boolean there = !Made.HIDDEN.equals(root.values()[i]) && verdicts.allows(pick);
            if (there && data != null && pick.source() instanceof Source.Schema) {
                root.values()[i] = data.get(pick.key());
            }
        }
    }
}
