package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
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
}
