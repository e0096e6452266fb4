package dev.lintel.graphql.openapi;

import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.name.Words;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a document says of two operations although it is to be of one: an {@code operationId}, of which one field is called,
 * and a path, which OpenAPI takes for the same whatever the words in its braces are.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.0#paths-object">OpenAPI 3.1, Paths Object</a>
 */
final class Doubles {
    private Doubles() {}

    /** Lists them; the operations are sorted by path and method. */
    static void list(List<Operation> operations, Losses losses) {
        Map<String, Operation> names = new LinkedHashMap<>();
        // As names are given: who is called so letter by letter comes first, and then by method and path.
        operations.stream()
                .sorted(Comparator.comparing((Operation one) -> !said(one).equals(one.hint()))
                        .thenComparing(Operation::key))
                .forEach(one -> {
                    Operation first = said(one).isEmpty() ? null : names.putIfAbsent(one.safe() + " " + said(one), one);
                    if (first != null) {
                        losses.unused(
                                one.key(),
                                "operationId",
                                "'" + one.hint() + "' names " + first.key()
                                        + ", and this is called by method and path");
                    }
                });
        Map<String, Operation> paths = new LinkedHashMap<>();
        for (Operation one : operations) {
            Operation first = paths.putIfAbsent(one.method() + " " + bare(one.path()), one);
            if (first != null) {
                losses.unused(
                        one.key(),
                        "path",
                        "differs from " + first.key()
                                + " by words in braces alone, and is the same path: both are fields");
            }
        }
    }

    private static String said(Operation operation) {
        String id = operation.hint();
        return Words.isName(id) ? id : Words.camel(id);
    }

    private static String bare(String path) {
        StringBuilder bare = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            depth -= c == '}' ? 1 : 0;
            if (depth == 0 || c == '{' && depth == 1) {
                bare.append(c);
            }
            depth += c == '{' ? 1 : 0;
        }
        return bare.toString();
    }
}
