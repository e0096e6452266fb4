package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import dev.lintel.embedded.log.LogWatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A secret that every flow gets to see, and that must not be seen anywhere else. */
class SecretsStaySecretTest {
    private static final String CANARY = "c4n4ry-7f3e9a";
    private static final String GRANT = "grant_type=client_credentials";

    @Test
    void noFlowLeaksASecretOrAToken() {
        List<String> seen = new ArrayList<>();
        List<String> tokens = new ArrayList<>();
        try (LogWatch logs = LogWatch.open()) {
            useEverything(seen, tokens);
            assertThat(logs.lines()).anyMatch(line -> line.contains("outcome=issued"));
            seen.addAll(logs.lines());
        }
        assertThat(seen).hasSizeGreaterThan(30).noneMatch(line -> line.contains(CANARY));
        for (String token : tokens) {
            String signature = token.substring(token.lastIndexOf('.'));
            assertThat(seen).noneMatch(line -> line.contains(signature));
        }
    }

    private static void useEverything(List<String> seen, List<String> tokens) {
        try (AuthorizationServer id = AuthorizationServer.start(s -> s.signingAlgorithm(SigningAlgorithm.ES256))) {
            ClientRegistration registration =
                    ClientRegistration.of("shop", Secret.of(CANARY)).scopes("orders.read");
            id.client(registration);
            Caller caller = new Caller(id);
            tokens.add(id.issue("alice", "orders"));
            tokens.add(caller.accessToken("shop", CANARY, GRANT));

            String post = "&client_id=shop&client_secret=" + CANARY;
            seen.add(caller.token("shop", CANARY + "x", GRANT).body());
            seen.add(caller.token(CANARY, "shop", GRANT).body());
            seen.add(caller.form(GRANT, "Authorization", "Bearer " + CANARY).body());
            seen.add(caller.form(GRANT, "Authorization", "Basic " + CANARY).body());
            seen.add(caller.form(GRANT + post + post).body());
            seen.add(caller.form(GRANT + post + "%").body());
            seen.add(caller.form("grant_type=" + CANARY + post).body());
            seen.add(caller.form(GRANT + post + "&resource=" + CANARY).body());
            seen.add(caller.form(GRANT + post + "&audience=" + CANARY).body());
            seen.add(caller.form(CANARY + "=" + CANARY).body());
            seen.add(caller.send("POST", "/token?client_secret=" + CANARY, GRANT + post)
                    .body());
            seen.add(caller.send("POST", "/token", GRANT + post, "Content-Type", "text/plain")
                    .body());
            seen.add(caller.send("PUT", "/token?client_secret=" + CANARY, GRANT + post)
                    .body());
            seen.add(caller.send("GET", "/?secret=" + CANARY, "", "Authorization", "Bearer " + CANARY)
                    .body());
            try (Wire wire = new Wire(id.issuer())) {
                seen.add(wire.send("POST /token HTTP/1.1\r\nHost: id\r\nAuthor" + (char) 1 + ": " + CANARY + "\r\n\r\n")
                        .rest());
            }
            try (Wire wire = new Wire(id.issuer())) {
                seen.add(wire.send("POST /token HTTP/1.1\r\nHost: id\r\nContent-Length: 70000\r\n\r\n"
                                + CANARY.repeat(5_000))
                        .rest());
            }
            seen.add(registration.toString());
            seen.add(id.toString());
            seen.add(id.journal().toString());
            id.rotateKeys();
        }
    }
}
