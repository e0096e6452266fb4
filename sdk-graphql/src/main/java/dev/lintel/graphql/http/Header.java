package dev.lintel.graphql.http;

import java.util.List;

/** Names of headers. */
final class Header {
    /** Any of them says that a browser has asked whether the page may: none can be sent across origins without that. */
    static final List<String> PREFLIGHT =
            List.of("graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name");

    private Header() {}
}
