package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes requests from clients themselves, who have to prove who they are, before any browser is involved (RFC 9126). What is
 * pushed is good for one use within a minute.
 */
final class PushedRequests implements ClientEndpoint.Work {
    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";
    private static final int MOST = 10_000;

    private final ClientAuthentication authentication;
    private final CodeRequests requests;
    private final Proofs proofs;
    private final URI uri;
    private final Tickets<CodeRequest> pushed;

    PushedRequests(BackChannel back, CodeRequests requests, URI uri, ServerState state) {
        this.authentication = back.authentication();
        this.proofs = back.proofs();
        this.requests = requests;
        this.uri = uri;
        this.pushed = new Tickets<>(MOST, state.clock, state.random);
    }

    @Override
    public Reply answer(Received received, ClientEndpoint.Attempt attempt) throws OAuthError {
        Form form = Form.of(received);
        Client client = authentication.client(received, form);
        attempt.client = client.id();
        if (form.get("request_uri").isPresent()) {
            throw OAuthError.of(ErrorCode.INVALID_REQUEST, "request_uri must not be pushed");
        }
        CodeRequest request = requests.read(requests.target(client, form), form);
        attempt.scopes = request.scopes();
        return accepted(bound(received, client, request));
    }

    /** A proof that comes along binds the code to its key (RFC 9449, 10.1). */
    private CodeRequest bound(Received received, Client client, CodeRequest request) throws OAuthError {
        Optional<String> proven = proofs.thumbprint(received, uri, client);
        if (proven.isPresent()
                && request.keyThumbprint() != null
                && !proven.get().equals(request.keyThumbprint())) {
            throw OAuthError.of(ErrorCode.INVALID_DPOP_PROOF, "the proof is not of the key that dpop_jkt names");
        }
        return proven.map(request::boundTo).orElse(request);
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
