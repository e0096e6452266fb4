package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.client.ClientCredentials;
import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.register.HydraRegistry;
import dev.lintel.auth.token.TokenException;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import dev.lintel.testkit.Hydra;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Second clients at a real Hydra, with whoever makes them killed at every moment. */
class SecondClientAtHydraTest {
    private static final int TRIES = 5;
    private static Hydra hydra;

    @BeforeAll
    static void start() {
        Path binary = Hydra.binary().orElse(null);
        Assumptions.assumeTrue(binary != null, "there is no Go or no C compiler of which Hydra could be built");
        hydra = Hydra.start(binary);
    }

    @AfterAll
    static void stop() {
        if (hydra != null) {
            hydra.close();
        }
    }

    /** Only a token and a refusal are answers; a server that is busy is asked again, and what it says then is the failure. */
    private static boolean getsAToken(Map<String, String> values) {
        Secret secret = Secret.of(values.get("client_secret"));
        TokenException last = null;
        for (int i = 0; i < TRIES; i++) {
            try (Tokens tokens = Tokens.of(
                    ClientCredentials.of(hydra.issuer().toString(), values.get("client_id"), secret, "orders.read"))) {
                return tokens.token().scopes().contains("orders.read");
            } catch (TokenException e) {
                if (e.kind() == TokenFetchException.Kind.PERMANENT) {
                    return false;
                }
                last = e;
            }
        }
        throw new AssertionError("Hydra gives no answer", last);
    }

    @Test
    void whoeverIsKilledGoesOnAndProgramsNeverNotice() {
        KilledRotation killed = new KilledRotation(SecondClientAtHydraTest::getsAToken);
        try (HydraRegistry registry =
                HydraRegistry.at(hydra.admin()).issuer(hydra.issuer().toString())) {
            assertThat(killed.killedAtEachMoment(registry, KilledRotation.alike("till", "elsewhere/till")))
                    .isEqualTo(12);
        }
    }
}
