package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.Desk.Flow;
import dev.lintel.embedded.authorization.Desk.Kind;
import dev.lintel.embedded.authorization.Sessions.Session;
import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.util.Optional;

/** Takes users' answers to the question whether a client may have what it asks for. */
final class ConsentPage implements Endpoint {
    private final Desk desk;

    ConsentPage(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Reply answer(Received received) {
        try {
            Form form = Form.of(received);
            Optional<Session> session = desk.sessions.of(received);
            Optional<Flow> flow = desk.sent(
                            received, Kind.CONSENT, form.get("ticket").orElse(""))
                    .flatMap(asked -> desk.finish(asked.about()));
            if (session.isEmpty() || flow.isEmpty() || flow.get().request() == null) {
                return desk.stale();
            }
            return answer(form.get("action").orElse(""), flow.get(), flow.get().request(), session.get());
        } catch (OAuthError e) {
            return desk.stale();
        }
    }

    private Reply answer(String action, Flow flow, CodeRequest request, Session session) {
        return switch (action) {
            case "allow" -> desk.allow(request, session);
            case "switch" -> desk.onward(new Flow(flow.visit(), request.withLogin(), "", 0));
            default -> desk.denied(request);
        };
    }
}
