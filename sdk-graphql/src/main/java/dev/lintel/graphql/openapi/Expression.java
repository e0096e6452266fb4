package dev.lintel.graphql.openapi;

/** Runtime expressions of OpenAPI, as far as links use them. */
final class Expression {
    private Expression() {}

    /** Whether it is a value, or an expression that can be followed; texts with expressions in them cannot. */
    static boolean known(String text) {
        if (!text.startsWith("$")) {
            return !text.contains("{$");
        }
        return text.startsWith("$response.body#/")
                || text.startsWith("$response.header.")
                || text.startsWith("$request.path.")
                || text.startsWith("$request.query.")
                || text.startsWith("$request.header.");
    }
}
