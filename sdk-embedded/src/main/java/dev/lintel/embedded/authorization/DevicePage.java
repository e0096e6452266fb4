package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.Desk.Flow;
import dev.lintel.embedded.authorization.Desk.Kind;
import dev.lintel.embedded.authorization.Desk.Question;
import dev.lintel.embedded.authorization.Sessions.Session;
import dev.lintel.embedded.authorization.Sessions.Visit;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import dev.lintel.embedded.authorization.login.Attempts;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Where users let in devices that have no browser (RFC 8628, 3.3). Only who is logged in may type codes, and only a few wrong
 * ones, because there are not many codes (5.1).
 */
final class DevicePage {
    private static final int TRIES = 10;
    private static final Duration WITHIN = Duration.ofMinutes(15);

    private final Desk desk;
    private final ServerState state;
    private final Attempts attempts;

    DevicePage(Desk desk, ServerState state) {
        this.desk = desk;
        this.state = state;
        this.attempts = new Attempts(TRIES, WITHIN, state.clock);
    }

    /** The page that asks for a code; or, if the address holds one, the question about its device. */
    Reply open(Received received) {
        try {
            String code = plain(Form.parse(received.query()).get("user_code").orElse(""));
            Optional<Session> standing = desk.standIn();
            if (standing.isPresent() && !code.isEmpty()) {
                return allow(code, standing.get());
            }
            Visit visit = desk.sessions.welcome(received);
            Optional<Session> session = desk.sessions.of(received);
            if (session.isEmpty()) {
                return visit.on(desk.onward(new Flow(visit.id(), null, code, 0)));
            }
            return visit.on(code.isEmpty() ? ask(visit, session.get()) : look(visit, session.get(), code));
        } catch (OAuthError e) {
            return desk.refused(e);
        }
    }

    /** Takes a code that was typed. */
    Reply typed(Received received) {
        try {
            Form form = Form.of(received);
            Optional<Question> asked =
                    desk.sent(received, Kind.DEVICE_CODE, form.get("ticket").orElse(""));
            Optional<Session> session = desk.sessions.of(received);
            if (asked.isEmpty() || session.isEmpty()) {
                return desk.stale();
            }
            Visit visit = desk.sessions.welcome(received);
            return look(visit, session.get(), plain(form.get("user_code").orElse("")));
        } catch (OAuthError e) {
            return desk.stale();
        }
    }

    /** Takes the answer to the question about a device. */
    Reply decided(Received received) {
        try {
            Form form = Form.of(received);
            Optional<Question> asked =
                    desk.sent(received, Kind.DEVICE, form.get("ticket").orElse(""));
            Optional<Session> session = desk.sessions.of(received);
            if (asked.isEmpty() || session.isEmpty()) {
                return desk.stale();
            }
            String code = asked.get().about();
            if (form.get("action").filter("allow"::equals).isPresent()) {
                return allow(code, session.get());
            }
            return state.deviceCodes.deny(code)
                    ? desk.pages.message(200, "Device refused", "It gets no access to your account.")
                    : gone();
        } catch (OAuthError e) {
            return desk.stale();
        }
    }

    private Reply ask(Visit visit, Session session) {
        return desk.pages.deviceCode(200, ticket(visit, session), null);
    }

    private Reply look(Visit visit, Session session, String code) {
        String key = session.subject();
        Duration wait = attempts.begin(key);
        if (!wait.isZero()) {
            return desk.pages
                    .deviceCode(
                            429,
                            ticket(visit, session),
                            "Too many wrong codes. Try again in " + LoginPage.minutes(wait) + ".")
                    .header("Retry-After", Long.toString(wait.plusMillis(999).toSeconds()));
        }
        Optional<DeviceCodes.Asked> found = state.deviceCodes.look(code);
        Optional<Client> client = found.flatMap(asked -> state.clients.find(asked.client()));
        if (found.isEmpty() || client.isEmpty()) {
            return desk.pages.deviceCode(
                    400, ticket(visit, session), "No device waits for this code. Look at the device again.");
        }
        attempts.takeBack(key);
        return desk.pages.device(
                desk.ask(new Question(Kind.DEVICE, visit.id(), session.id(), code)),
                client.get().title(),
                shown(code),
                session.subject(),
                desk.permissions(found.get().scopes()));
    }

    private Reply allow(String code, Session session) {
        boolean allowed = state.deviceCodes
                .look(code)
                .map(asked -> new UserGrant(
                        asked.client(),
                        session.subject(),
                        asked.scopes(),
                        asked.audiences(),
                        null,
                        null,
                        null,
                        null,
                        session.authenticated()))
                .filter(grant -> state.deviceCodes.approve(code, grant))
                .isPresent();
        return allowed
                ? desk.pages.message(200, "Device connected", "You can close this page and go on at the device.")
                : gone();
    }

    private Reply gone() {
        return desk.pages.message(
                400, "This device no longer waits", "Its code has expired or was used. Start again at the device.");
    }

    private String ticket(Visit visit, Session session) {
        return desk.ask(new Question(Kind.DEVICE_CODE, visit.id(), session.id(), ""));
    }

    private static String plain(String typed) {
        return typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
    }

    private static String shown(String code) {
        return code.substring(0, code.length() / 2) + "-" + code.substring(code.length() / 2);
    }
}
