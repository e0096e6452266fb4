package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where tokens are asked for (RFC 6749, 3.2): finds out who asks, then leaves it to the grant. */
final class TokenEndpoint implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(TokenEndpoint.class);

    private final ClientAuthentication authentication;
    private final List<Grant> grants;
    private final Journal journal;
    private final InstantSource clock;

    TokenEndpoint(ClientAuthentication authentication, List<Grant> grants, Journal journal, InstantSource clock) {
        this.authentication = authentication;
        this.grants = List.copyOf(grants);
        this.journal = journal;
        this.clock = clock;
    }

    /** What is known of a request so far, for the journal. */
    private static final class Attempt {
        @Nullable
        String client;

        @Nullable
        String grant;
    }

    @Override
    public Reply answer(Received request) {
        Attempt attempt = new Attempt();
        try {
            Issued issued = issue(request, attempt);
            note(attempt, issued.scopes(), TokenRequest.ISSUED);
            return unstored(issued.reply());
        } catch (OAuthError e) {
            note(attempt, List.of(), e.code().code());
            return unstored(e.reply());
        }
    }

    private Issued issue(Received request, Attempt attempt) throws OAuthError {
        Form form = Form.of(request);
        Client client = authentication.client(request, form);
        attempt.client = client.id();
        String type = form.require("grant_type");
        for (Grant grant : grants) {
            if (grant.type().equals(type)) {
                attempt.grant = type;
                return allowed(client, grant).issue(client, form);
            }
        }
        throw OAuthError.of(ErrorCode.UNSUPPORTED_GRANT_TYPE, "this grant_type is not offered here");
    }

    private static Grant allowed(Client client, Grant grant) throws OAuthError {
        if (!client.grants().contains(grant.type())) {
            throw OAuthError.of(ErrorCode.UNAUTHORIZED_CLIENT, "this client may not use this grant_type");
        }
        return grant;
    }

    private void note(Attempt attempt, List<String> scopes, String outcome) {
        TokenRequest noted = new TokenRequest(clock.instant(), attempt.client, attempt.grant, scopes, outcome);
        journal.add(noted);
        LOG.debug("{}", noted);
    }

    private static Reply unstored(Reply reply) {
        return reply.header("Cache-Control", "no-store").header("Pragma", "no-cache");
    }
}
