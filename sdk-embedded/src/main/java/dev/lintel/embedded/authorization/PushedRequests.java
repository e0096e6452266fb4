package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes requests from clients themselves, who have to prove who they are, before any browser is involved (RFC 9126). What is
 * pushed is good for one use within a minute.
 */
final class PushedRequests implements Endpoint {
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";
    private static final int MOST = 10_000;

    private final ClientAuthentication authentication;
    private final CodeRequests requests;
    private final Tickets<CodeRequest> pushed;

    PushedRequests(
            ClientAuthentication authentication, CodeRequests requests, InstantSource clock, SecureRandom random) {
        this.authentication = authentication;
        this.requests = requests;
        this.pushed = new Tickets<>(MOST, clock, random);
    }

    @Override
    public Reply answer(Received received) {
        Reply reply;
        try {
            reply = accepted(push(received));
        } catch (OAuthError e) {
            reply = e.reply();
        }
        return reply.header("Cache-Control", "no-store").header("Pragma", "no-cache");
    }

    private CodeRequest push(Received received) throws OAuthError {
        Form form = Form.of(received);
        Client client = authentication.client(received, form);
        if (form.get("request_uri").isPresent()) {
            throw OAuthError.of(ErrorCode.INVALID_REQUEST, "request_uri must not be pushed");
        }
        return requests.read(requests.target(client, form), form);
    }

    private Reply accepted(CodeRequest request) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("request_uri", PREFIX + pushed.issue(request, LIFETIME));
        members.put("expires_in", LIFETIME.toSeconds());
        return Reply.json(201, members);
    }

    /** What was pushed, once; a client that names the request of another one gets nothing, and spoils nothing. */
    CodeRequest take(String uri, String client) throws OAuthError {
        if (uri.startsWith(PREFIX)) {
            String ticket = uri.substring(PREFIX.length());
            boolean own = pushed.look(ticket)
                    .filter(request -> request.client().id().equals(client))
                    .isPresent();
            if (own) {
                return pushed.take(ticket).orElseThrow(PushedRequests::unknown);
            }
        }
        throw unknown();
    }

    private static OAuthError unknown() {
        return OAuthError.of(
                ErrorCode.INVALID_REQUEST_URI,
                "request_uri is not one that this client has pushed within the last minute and not used yet");
    }
}
