package dev.lintel.examples.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The example runs, and tells what it should. */
class ServiceElsewhereTest {
    @Test
    void ourTokensStandInFrontOfAServiceElsewhereAndItsTokensBehind() throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        ServiceElsewhere.run(new PrintStream(told, true, StandardCharsets.UTF_8));

        String text = told.toString(StandardCharsets.UTF_8);
        assertThat(text.substring(text.indexOf("== Calls"))).isEqualToNormalizingNewlines("""
                        == Calls
                          without a token: 401
                          without the scope: 403
                          with a token of the provider's issuer: 401
                          with alice's token: 200 charged at api.psp.example/charges?amount=42
                          with alice's token: 200 charged at api.psp.example/charges?amount=42
                          with alice's token: 200 charged at api.psp.example/charges?amount=42
                        the provider was shown 3 tokens, 1 different, alice's among them: false

                        == Somebody else at the provider's address, with a good certificate for another name
                          with alice's token: 503
                        the impostor was shown 0 tokens
                        """);
        assertThat(text)
                .contains("kind: traffic.served-by/v1", "== The plan")
                .doesNotContain("secret at the provider")
                .doesNotContain("BEGIN CERTIFICATE");
    }
}
