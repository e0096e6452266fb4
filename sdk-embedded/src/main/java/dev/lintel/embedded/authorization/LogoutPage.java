package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.Desk.Kind;
import dev.lintel.embedded.authorization.Desk.Question;
import dev.lintel.embedded.authorization.Sessions.Session;
import dev.lintel.embedded.authorization.Sessions.Visit;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import dev.lintel.embedded.authorization.login.Page;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where users log out (OpenID Connect RP-Initiated Logout 1.0). They are asked, unless the client shows an ID token about the
 * very user; so no other site can log anybody out.
 */
final class LogoutPage {
    private static final List<String> PARAMETERS =
            List.of("id_token_hint", "client_id", "post_logout_redirect_uri", "state");

    private final Desk desk;
    private final Clients clients;
    private final IdTokens idTokens;
    private final LogoutNotices notices;

    LogoutPage(Desk desk, Clients clients, IdTokens idTokens, LogoutNotices notices) {
        this.notices = notices;
        this.desk = desk;
        this.clients = clients;
        this.idTokens = idTokens;
    }

    Reply open(Received received) {
        try {
            Form form = Form.parse(received.query());
            Optional<String> shown = form.get("id_token_hint");
            Optional<IdTokens.Hint> hint = shown.flatMap(idTokens::read);
            if (shown.isPresent() && hint.isEmpty()) {
                throw bad("id_token_hint is not an ID token of this server");
            }
            String onwards = onwards(form, hint);
            Optional<Session> session = desk.sessions.of(received);
            if (session.isEmpty()) {
                return goodbye(onwards);
            }
            if (hint.filter(one -> one.subject().equals(session.get().subject()))
                    .isPresent()) {
                return ended(received, goodbye(onwards));
            }
            Visit visit = desk.sessions.welcome(received);
            String ticket =
                    desk.ask(new Question(Kind.LOGOUT, visit.id(), session.get().id(), onwards));
            return visit.on(
                    desk.pages.logout(ticket, session.get().subject(), onwards.isEmpty() ? null : URI.create(onwards)));
        } catch (OAuthError e) {
            return desk.refused(e);
        }
    }

    /** Browsers leave out cookies where another site makes them post, but not where it sends them. */
    Reply posted(Received received) {
        try {
            Map<String, String> parameters = new LinkedHashMap<>();
            Form form = Form.of(received);
            PARAMETERS.forEach(name -> form.get(name).ifPresent(value -> parameters.put(name, value)));
            return Page.guarded(Reply.seeOther(CodeAnswers.with(URI.create(Paths.LOGOUT), parameters)));
        } catch (OAuthError e) {
            return desk.refused(e);
        }
    }

    Reply decided(Received received) {
        try {
            Form form = Form.of(received);
            Optional<Question> asked =
                    desk.sent(received, Kind.LOGOUT, form.get("ticket").orElse(""));
            if (asked.isEmpty()) {
                return desk.stale();
            }
            return form.get("action").filter("logout"::equals).isPresent()
                    ? ended(received, goodbye(asked.get().about()))
                    : desk.pages.message(200, "Still logged in", "You can close this page.");
        } catch (OAuthError e) {
            return desk.stale();
        }
    }

    /** Every client that the user logged in to in this session is told of it. */
    private Reply ended(Received received, Reply reply) {
        desk.sessions.of(received).ifPresent(notices::left);
        return desk.sessions.end(received, reply);
    }

    /** Where to go then; empty if nowhere. */
    private String onwards(Form form, Optional<IdTokens.Hint> hint) throws OAuthError {
        Optional<String> id = form.get("client_id");
        Optional<String> hinted = hint.map(IdTokens.Hint::client);
        if (id.isPresent() && hinted.isPresent() && !id.equals(hinted)) {
            throw bad("client_id and id_token_hint are of different clients");
        }
        Optional<String> asked = form.get("post_logout_redirect_uri");
        if (asked.isEmpty()) {
            return "";
        }
        URI uri = id.or(() -> hinted)
                .flatMap(clients::find)
                .flatMap(client -> client.said().postLogoutRedirectUris.stream()
                        .filter(one -> one.toString().equals(asked.get()))
                        .findFirst())
                .orElseThrow(() -> bad("post_logout_redirect_uri is not one that is registered for a client that"
                        + " client_id or id_token_hint names"));
        Map<String, String> state = new LinkedHashMap<>();
        form.get("state").filter(one -> one.length() <= 1_000).ifPresent(one -> state.put("state", one));
        return CodeAnswers.with(uri, state);
    }

    private Reply goodbye(String onwards) {
        return onwards.isEmpty()
                ? desk.pages.message(200, "Logged out", "You are logged out here. You can close this page.")
                : Page.guarded(Reply.seeOther(onwards));
    }

    private static OAuthError bad(String description) {
        return OAuthError.of(ErrorCode.INVALID_REQUEST, description);
    }
}
