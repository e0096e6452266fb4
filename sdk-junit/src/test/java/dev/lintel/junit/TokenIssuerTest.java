package dev.lintel.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenIssuerTest {
    private final Fixture fixture = Fixture.start(Sample.orders());
    private final TokenIssuer tokens = new TokenIssuer(fixture.authorization());

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static String claims(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
    }

    private int status(String bearer) {
        return Sample.get(fixture.gateway(), fixture.http(), "/orders/7", "Authorization", bearer)
                .statusCode();
    }

    @Test
    void aTokenSaysWhatIsAskedFor() {
        long now = fixture.clock().instant().getEpochSecond();
        String token =
                tokens.claim("tenant", "acme").lifetime(Duration.ofMinutes(1)).issue("alice", "a", "b");
        assertThat(claims(token))
                .contains("\"sub\":\"alice\"", "\"scope\":\"a b\"", "\"aud\":\"orders\"", "\"tenant\":\"acme\"")
                .contains("\"iss\":\"" + fixture.authorization().issuer() + "\"")
                .contains("\"iat\":" + now, "\"exp\":" + (now + 60));
        assertThat(claims(tokens.audience("x", "y").issue("bob")))
                .contains("\"aud\":[\"x\",\"y\"]")
                .doesNotContain("scope");
        fixture.journal().assertTokenRequests(0);
    }

    @Test
    void whatIsNoGoodIsRefused() {
        assertThat(status(tokens.bearer("alice", "orders.read"))).isEqualTo(200);
        assertThat(status(tokens.bearer("alice"))).isEqualTo(403);
        assertThat(status(tokens.expired().bearer("alice", "orders.read"))).isEqualTo(401);
        assertThat(status(tokens.forged().bearer("alice", "orders.read"))).isEqualTo(401);
        assertThat(status(tokens.audience("billing").bearer("alice", "orders.read")))
                .isEqualTo(401);
        assertThat(status(tokens.claim("iss", "http://127.0.0.1:1").bearer("alice", "orders.read")))
                .isEqualTo(401);
    }

    @Test
    void aValueDoesNotChange() {
        var unused = tokens.expired().forged().audience("other");
        assertThat(status(tokens.bearer("alice", "orders.read"))).isEqualTo(200);
        assertThat(tokens).hasToString("tokens of " + fixture.authorization().issuer());
        assertThat(tokens.forged())
                .hasToString("forged tokens of " + fixture.authorization().issuer());
    }
}
