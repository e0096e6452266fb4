package dev.lintel.graphql.http;

import dev.lintel.core.evaluate.Token;
import dev.lintel.core.front.FrontRequest;
import dev.lintel.graphql.execute.GraphCaller;
import dev.lintel.graphql.execute.GraphEngine;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What answers one request, and for whom.
 *
 * @param engine of the graph, with the way to its services that this request goes
 * @param caller who asks
 */
public record GraphSession(GraphEngine engine, GraphCaller caller) {
    /** Checks that nothing is missing. */
    public GraphSession {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(caller, "caller");
    }

    /**
     * What is known of who asks by the verified token alone; no header is sent on.
     *
     * @param request as it was let through
     * @return authenticated if there is such a token
     */
    public static GraphCaller callerOf(FrontRequest request) {
        Optional<Token.Verified> token = request.verified();
        return new GraphCaller(
                token.isPresent(),
                new TreeSet<>(token.map(Token.Verified::scopes).orElse(List.of())),
                new TreeMap<>());
    }
}
