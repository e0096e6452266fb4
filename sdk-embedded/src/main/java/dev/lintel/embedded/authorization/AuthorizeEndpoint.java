package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.CodeRequest.Target;
import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.util.Optional;

/**
 * Where a client sends its users' browsers (RFC 6749, 3.1). As long as it is not known whose request it is and where the
 * answer goes, an error is shown to the user; afterwards it is the client's.
 */
final class AuthorizeEndpoint implements Endpoint {
    private final CodeRequests requests;
    private final PushedRequests pushed;
    private final Desk desk;
    private final boolean pushedOnly;

    AuthorizeEndpoint(CodeRequests requests, PushedRequests pushed, Desk desk, boolean pushedOnly) {
        this.requests = requests;
        this.pushed = pushed;
        this.desk = desk;
        this.pushedOnly = pushedOnly;
    }

    @Override
    public Reply answer(Received received) {
        try {
            Form form = received.method().equals("GET") ? Form.parse(received.query()) : Form.of(received);
            Optional<String> uri = form.get("request_uri");
            if (uri.isPresent()) {
                CodeRequest request = pushed.take(uri.get(), form.require("client_id"));
                return answer(received, request.target(), () -> request);
            }
            Target target = requests.target(form);
            return answer(received, target, () -> read(target, form));
        } catch (OAuthError e) {
            return desk.refused(e);
        }
    }

    private interface Reading {
        CodeRequest request() throws OAuthError;
    }

    private Reply answer(Received received, Target target, Reading reading) {
        try {
            return desk.take(received, reading.request());
        } catch (OAuthError e) {
            return desk.answers.refused(target, e);
        }
    }

    private CodeRequest read(Target target, Form form) throws OAuthError {
        if (pushedOnly) {
            throw OAuthError.of(ErrorCode.INVALID_REQUEST, "requests must be pushed first and named by request_uri");
        }
        return requests.read(target, form);
    }
}
