package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An endpoint that clients call themselves: what all of them have in common. Answers are not stored by anybody on the way,
 * errors are said as the protocol says them, and each request is noted.
 */
final class ClientEndpoint implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(ClientEndpoint.class);

    private final ServerState state;
    private final Work work;

    ClientEndpoint(ServerState state, Work work) {
        this.state = state;
        this.work = work;
    }

    /** What an endpoint does. */
    @FunctionalInterface
    interface Work {
        Reply answer(Received request, Attempt attempt) throws OAuthError;
    }

    /** What is known of a request so far, for the journal. */
    static final class Attempt {
        @Nullable
        String client;

        @Nullable
        String grant;

        List<String> scopes = List.of();
    }

    @Override
    public Reply answer(Received request) {
        Attempt attempt = new Attempt();
        String outcome = EndpointRequest.OK;
        Reply reply;
        try {
            reply = work.answer(request, attempt);
        } catch (OAuthError e) {
            outcome = e.code().code();
            reply = e.reply();
        }
        note(request, attempt, reply.status(), outcome);
        return reply.header("Cache-Control", "no-store").header("Pragma", "no-cache");
    }

    private void note(Received request, Attempt attempt, int status, String outcome) {
        EndpointRequest noted = new EndpointRequest(
                state.clock.instant(), request.method(), request.path(), attempt.client, status, outcome);
        state.journal.add(noted);
        if (request.path().equals(Paths.TOKEN)) {
            String tokenOutcome = outcome.equals(EndpointRequest.OK) ? TokenRequest.ISSUED : outcome;
            TokenRequest token =
                    new TokenRequest(noted.at(), attempt.client, attempt.grant, attempt.scopes, tokenOutcome);
            state.journal.add(token);
            LOG.debug("{}", token);
        } else {
            LOG.debug("{}", noted);
        }
    }
}
