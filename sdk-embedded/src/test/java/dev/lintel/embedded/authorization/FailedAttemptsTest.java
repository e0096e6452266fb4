package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {
    private static final String FORM = "grant_type=client_credentials";

    private final Office office = new Office(s -> s.failedAuthentications(3));

    @AfterEach
    void stop() {
        office.close();
    }

    private HttpResponse<String> guess(String client) {
        return office.caller.form(FORM + "&" + Office.form("client_id", client, "client_secret", "guess"));
    }

    private static void isLocked(HttpResponse<String> answer) {
        Office.isError(
                answer,
                429,
                "temporarily_unavailable",
                "this client has failed to authenticate too often, wait a minute");
    }

    @Test
    void whatNoClientCanBeCalledIsCountedAsOne() {
        for (int i = 0; i < 3; i++) {
            assertThat(guess(i + "x".repeat(200)).statusCode()).isEqualTo(401);
        }
        isLocked(guess("y".repeat(201)));
        isLocked(guess("é"));
        assertThat(guess("y".repeat(200)).statusCode()).isEqualTo(401);
    }

    @Test
    void namesThatAreMadeUpTakeNoRoomFromClients() {
        office.server.client(Office.shop("shop").grants(GrantTypes.CLIENT_CREDENTIALS));
        for (int i = 0; i < 10_000; i++) {
            assertThat(guess("stranger" + i).statusCode()).isEqualTo(401);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(guess("shop").statusCode()).isEqualTo(401);
        }
        isLocked(guess("shop"));
        isLocked(office.caller.token("shop", "s3cret", FORM));
    }

    @Test
    void nobodyLocksOutAClientThatHasNoSecret() {
        office.server.client(Office.app("app"));
        for (int i = 0; i < 100; i++) {
            assertThat(guess("app").statusCode()).isEqualTo(401);
        }
        Office.good(office.caller.form(Office.redeem(office.code("app"), "client_id", "app")));
    }

    @Test
    void guessesFromOneAddressAreLimitedAndLockNobodyOutElsewhere() throws Exception {
        FailedAttempts attempts = attempts();
        for (int i = 0; i < 3; i++) {
            attempts.check("shop", "192.0.2.1");
            attempts.failed("shop", "192.0.2.1");
        }
        isRefused(attempts, "192.0.2.1");
        attempts.check("shop", "192.0.2.2");
    }

    @Test
    void aNetworkOfIpv6IsOneAddress() throws Exception {
        FailedAttempts attempts = attempts();
        for (int i = 0; i < 3; i++) {
            attempts.check("shop", "2001:db8:0:1:0:0:0:" + i);
            attempts.failed("shop", "2001:db8:0:1:0:0:0:" + i);
        }
        isRefused(attempts, "2001:db8:0:1:a:b:c:d");
        attempts.check("shop", "2001:db8:0:2:0:0:0:0");
    }

    @Test
    void guessesFromEverywhereAreLimitedToo() throws Exception {
        FailedAttempts attempts = attempts();
        for (int i = 0; i < 300; i++) {
            attempts.check("shop", "192.0.2.250");
            attempts.failed("shop", "198.51.100." + i % 150);
        }
        isRefused(attempts, "192.0.2.250");
        office.clock.forward(Duration.ofMinutes(1));
        attempts.check("shop", "192.0.2.250");
    }

    private FailedAttempts attempts() {
        Clients clients = new Clients(office.clock, new SecureRandom(), new Changes());
        clients.register(Office.shop("shop"));
        return new FailedAttempts(clients, office.clock, 3);
    }

    private static void isRefused(FailedAttempts attempts, String address) {
        assertThatThrownBy(() -> attempts.check("shop", address))
                .isInstanceOf(OAuthError.class)
                .hasMessageContaining("too often");
    }
}
