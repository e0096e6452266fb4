package dev.lintel.graphql.execute;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.name.Names;
import dev.lintel.graphql.request.AnswerReader;
import dev.lintel.graphql.request.RequestWriter;
import dev.lintel.graphql.upstream.ErrorDetails;

/**
 * An operation that can be called.
 *
 * @param operation of the model
 * @param writer of its requests
 * @param hidden reads its answers, and tells nothing of the service's own words
 * @param shown the same, and tells them
 */
record Target(Operation operation, RequestWriter writer, AnswerReader hidden, AnswerReader shown) {
    static Target of(Operation operation, ApiModel model, Names names) {
        RequestWriter writer = RequestWriter.of(operation, model, names);
        return new Target(
                operation,
                writer,
                AnswerReader.of(operation, ErrorDetails.HIDDEN, writer),
                AnswerReader.of(operation, ErrorDetails.SHOWN, writer));
    }

    AnswerReader reader(ErrorDetails details) {
        return details == ErrorDetails.SHOWN ? shown : hidden;
    }
}
