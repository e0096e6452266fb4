package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.Desk.Flow;
import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.util.Optional;

/** Shows a browser the page that is next on its way: a login, a question, or the way back to the client. */
final class ContinuePage implements Endpoint {
    private final Desk desk;

    ContinuePage(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Reply answer(Received received) {
        try {
            String ticket = Form.parse(received.query()).get("flow").orElse("");
            Optional<Flow> flow = desk.flow(received, ticket);
            return flow.isEmpty() ? desk.stale() : next(received, ticket, flow.get());
        } catch (OAuthError e) {
            return desk.stale();
        }
    }

    private Reply next(Received received, String ticket, Flow flow) {
        try {
            return desk.next(received, ticket, flow);
        } catch (OAuthError e) {
            CodeRequest request = flow.request();
            return request == null || desk.finish(ticket).isEmpty()
                    ? desk.stale()
                    : desk.answers.refused(request.target(), e);
        }
    }
}
