package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Pick;
import dev.lintel.graphql.execute.Plan.Source;
import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.UpstreamRequest;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.execution.ValuesResolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From fields and arguments to requests of services. */
final class Requests {
    private final CoercedVariables variables;
    private final GraphCaller caller;

    Requests(CoercedVariables variables, GraphCaller caller) {
        this.variables = variables;
        this.caller = caller;
    }

    /** What the document gives; what a link gives is not among it. */
    Map<String, Object> arguments(Source.Call source, Pick pick) {
        Map<String, Object> constant = source.constant();
        return constant != null
                ? constant
                : ValuesResolver.getArgumentValues(
                        source.definition().getArguments(),
                        pick.node().getArguments(),
                        variables,
                        GraphQLContext.getDefault(),
                        Locale.ENGLISH);
    }

    /** The request with what is sent on of the caller's; headers that the document speaks of stay as they are. */
    UpstreamRequest write(Target target, Map<String, Object> arguments, Duration timeout) {
        UpstreamRequest plain = target.writer().write(arguments, timeout);
        if (caller.headers().isEmpty()) {
            return plain;
        }
        List<Header> headers = new ArrayList<>(plain.headers());
        caller.headers().forEach((name, value) -> {
            if (Header.first(headers, name) == null) {
                headers.add(new Header(name, value));
            }
        });
        return new UpstreamRequest(plain.method(), plain.target(), headers, plain.body(), plain.timeout());
    }
}
