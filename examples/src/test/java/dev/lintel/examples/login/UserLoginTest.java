package dev.lintel.examples.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.TokenRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The example runs, and tells what it should. */
class UserLoginTest {
    @Test
    void aUserLogsInIsServedAndGetsANewTokenWithoutLoggingInAgain() throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try (AuthorizationServer authorization = AuthorizationServer.start();
                Gateway gateway = Gateway.start();
                Shop shop = UserLogin.shop(authorization, gateway)) {
            new Visitor(shop.uri(), new PrintStream(told, true, StandardCharsets.UTF_8)).visit();

            assertThat(authorization.journal())
                    .extracting(TokenRequest::grant)
                    .containsExactly("authorization_code", "client_credentials", "refresh_token");
            assertThat(authorization.journal())
                    .extracting(TokenRequest::outcome)
                    .containsOnly("issued");
        }
        assertThat(told.toString(StandardCharsets.UTF_8).replaceAll("  your token: .*", "  your token: …"))
                .isEqualToNormalizingNewlines("""
                        The shop says: nobody is logged in
                        The login page is at /continue
                        The question of consent is at /continue
                          orders, with your token: 200: three orders, one of them on its way to alice
                          billing, with the shop's own token: 200: two invoices are open
                          your token: …
                        Now with the refresh token:
                          orders, with your token: 200: three orders, one of them on its way to alice
                          billing, with the shop's own token: 200: two invoices are open
                          your token: …
                        """);
        assertThat(told.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("  your token: ")))
                .as("two tokens")
                .doesNotHaveDuplicates()
                .hasSize(2);
    }
}
