package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.Desk.Flow;
import dev.lintel.embedded.authorization.Desk.Kind;
import dev.lintel.embedded.authorization.Sessions.Session;
import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import dev.lintel.embedded.authorization.login.Users;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes user names and passwords, from the form that {@link Desk#next} shows. */
final class LoginPage implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(LoginPage.class);

    private final Desk desk;
    private final Users users;
    private final Addresses addresses;

    LoginPage(Desk desk, Users users, Addresses addresses) {
        this.desk = desk;
        this.users = users;
        this.addresses = addresses;
    }

    @Override
    public Reply answer(Received received) {
        try {
            Form form = Form.of(received);
            Optional<String> ticket = desk.sent(
                            received, Kind.LOGIN, form.get("ticket").orElse(""))
                    .map(Desk.Question::about);
            Optional<Flow> flow = ticket.flatMap(one -> desk.flow(received, one));
            return flow.isEmpty() ? desk.stale() : answer(received, form, ticket.orElseThrow(), flow.get());
        } catch (OAuthError e) {
            return desk.stale();
        }
    }

    private Reply answer(Received received, Form form, String ticket, Flow flow) {
        CodeRequest request = flow.request();
        if (request != null && form.get("action").filter("cancel"::equals).isPresent()) {
            return desk.finish(ticket).isEmpty() ? desk.stale() : desk.denied(request);
        }
        String name = form.get("username").orElse("");
        String password = form.get("password").orElse("");
        if (name.isEmpty() || password.isEmpty()) {
            return desk.login(ticket, flow, 400, name, "Type your user name and your password.");
        }
        Users.Outcome outcome = users.check(name, Secret.of(password), addresses.of(received));
        if (outcome.right()) {
            LOG.debug("a user has logged in");
            Session session = desk.sessions.made(name);
            return desk.finish(ticket).isEmpty()
                    ? desk.stale()
                    : desk.sessions.start(received, session, desk.onward(flow.after(session)));
        }
        if (outcome.pause().isZero()) {
            LOG.debug("a login was refused");
            return desk.login(ticket, flow, 403, name, "The user name or the password is wrong.");
        }
        LOG.info("too many logins were tried; the next is looked at in {}", outcome.pause());
        return desk.login(ticket, flow, 429, name, "Too many tries. Try again in " + minutes(outcome.pause()) + ".")
                .header(
                        "Retry-After",
                        Long.toString(outcome.pause().plusMillis(999).toSeconds()));
    }

    static String minutes(Duration wait) {
        long minutes = wait.plusSeconds(59).toMinutes();
        return minutes <= 1 ? "a minute" : minutes + " minutes";
    }
}
