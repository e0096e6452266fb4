package dev.lintel.graphql.execute;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.name.Names;
import dev.lintel.graphql.request.RequestWriter;
import dev.lintel.graphql.upstream.Json;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.graphql.upstream.UpstreamCode;
import dev.lintel.graphql.upstream.UpstreamException;
import dev.lintel.graphql.upstream.UpstreamProblem;
import org.jspecify.annotations.Nullable;

/**
 * An operation that can be called.
 *
 * @param operation of the model
 * @param writer of its requests
 */
record Target(Operation operation, RequestWriter writer) {
    static Target of(Operation operation, ApiModel model, Names names) {
        return new Target(operation, RequestWriter.of(operation, model, names));
    }

    /** The value of an answer; an answer without content is true where none is expected. */
    @Nullable
    Object read(UpstreamAnswer answer) throws UpstreamException {
        if (answer.status() >= 300) {
            throw new UpstreamException(UpstreamProblem.of(UpstreamCode.of(answer.status())), true, null);
        }
        if (operation.answer().use() == null) {
            return true;
        }
        return answer.body().length == 0 ? null : Json.read(answer.body());
    }
}
