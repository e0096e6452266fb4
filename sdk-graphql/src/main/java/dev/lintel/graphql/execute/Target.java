package dev.lintel.graphql.execute;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Kind;
import dev.lintel.graphql.model.MediaType;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.name.Names;
import dev.lintel.graphql.request.RequestWriter;
import dev.lintel.graphql.upstream.Json;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.graphql.upstream.UpstreamCode;
import dev.lintel.graphql.upstream.UpstreamException;
import dev.lintel.graphql.upstream.UpstreamProblem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An operation that can be called.
 *
 * @param operation of the model
 * @param writer of its requests
 */
record Target(Operation operation, RequestWriter writer) {
    private static final Use BYTES = Use.of(Kind.BYTES, false);

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
        if (answer.body().length == 0) {
            return null;
        }
        String type = operation.answer().mediaType();
        if (MediaType.json(type)) {
            return Json.read(answer.body());
        }
        return operation.answer().use().equals(BYTES)
                ? Base64.getEncoder().encodeToString(answer.body())
                : new String(answer.body(), StandardCharsets.UTF_8);
    }
}
