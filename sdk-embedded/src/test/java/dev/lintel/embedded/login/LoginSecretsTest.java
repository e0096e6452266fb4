package dev.lintel.embedded.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nothing of a login prints what is as good as a password. */
class LoginSecretsTest {
    private static final String CANARY = "canary-that-nobody-may-see";

    @Test
    void nothingOfALoginPrintsItsSecrets() {
        Secret secret = Secret.of(CANARY);
        Session session = new Session(
                CANARY, 0, 1, 2, 1, 2, 2, "alice", CANARY, List.of(), Map.of("email", CANARY), secret, secret, secret);
        Entrance entrance =
                new Entrance(session, session.verified("https://id.example", "web"), List.of("s=" + CANARY));

        assertThat(List.of(
                        session,
                        entrance,
                        Entrance.nobody(),
                        new Renewals.Answer(session, false, 0),
                        new Attempts.Attempt("name", 1, secret, secret, "/?q=" + CANARY),
                        LoginAnswer.redirect("https://id.example/?state=" + CANARY)
                                .cookies(List.of("s=" + CANARY))
                                .header("x", CANARY)))
                .allSatisfy(one -> assertThat(one.toString()).doesNotContain(CANARY));
    }
}
