package dev.lintel.graphql.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation as a request asks for it: with a text, or the id of a document. Prints neither text nor variables, which may be
 * secret.
 *
 * @param query the document
 * @param documentId the id of a document that is known
 * @param operationName which of its operations
 * @param variables by name; empty if none are given
 * @param extensions by name; empty if none are given
 */
record Asked(
        @Nullable String query,
        @Nullable String documentId,
        @Nullable String operationName,
        Map<String, @Nullable Object> variables,
        Map<String, @Nullable Object> extensions) {
    @Override
    public String toString() {
        return "an operation with " + variables.size() + " variables";
    }
}
