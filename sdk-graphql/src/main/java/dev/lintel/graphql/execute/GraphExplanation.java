package dev.lintel.graphql.execute;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What would be sent to services for a request, without sending it.
 *
 * @param calls in the order of the document, each request once
 * @param refusal the answer if the request would be refused before anything is sent, else null
 */
public record GraphExplanation(List<Call> calls, @Nullable GraphAnswer refusal) {
    /** Keeps a copy. */
    public GraphExplanation {
        calls = List.copyOf(calls);
    }

    /**
     * A request.
     *
     * @param field keys of the answer that lead to the field, such as {@code orders.items.buyer}
     * @param service which of several services is asked; empty for the first
     * @param method in capitals
     * @param target path and query, encoded; what comes from an answer stands in it as an expression, such as
     *     {@code /customers/{$response.body#/customer-id}}
     * @param headers names, with no values
     * @param depends whether it is sent only if an earlier answer has what it needs, and perhaps more than once
     */
    public record Call(
            String field, String service, String method, String target, List<String> headers, boolean depends) {
        /** Keeps a copy. */
        public Call {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(service, "service");
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(target, "target");
            headers = List.copyOf(headers);
        }
    }

    /**
     * One line for each call.
     *
     * @return such as {@code orders: GET /orders [authorization]}
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Call call : calls) {
            text.append(call.field())
                    .append(": ")
                    .append(call.service().isEmpty() ? "" : call.service() + " ")
                    .append(call.method())
                    .append(' ')
                    .append(call.target());
            text.append(call.headers().isEmpty() ? "" : " " + call.headers());
            text.append(call.depends() ? " if an answer says so" : "").append('\n');
        }
        return refusal == null ? text.toString() : refusal.toString();
    }
}
