package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;

/** An endpoint whose requests are noted without a client: documents, and what browsers get to see. */
final class NotedEndpoint implements Endpoint {
    private static final int FIRST_ERROR = 400;

    private final ServerState state;
    private final Endpoint endpoint;

    NotedEndpoint(ServerState state, Endpoint endpoint) {
        this.state = state;
        this.endpoint = endpoint;
    }

    @Override
    public Reply answer(Received request) {
        Reply reply = endpoint.answer(request);
        String outcome = reply.status() < FIRST_ERROR ? EndpointRequest.OK : EndpointRequest.REFUSED;
        state.journal.add(new EndpointRequest(
                state.clock.instant(), request.method(), request.path(), null, reply.status(), outcome));
        return reply;
    }
}
