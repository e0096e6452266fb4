package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyRotationTest {
    private final MovableClock clock = new MovableClock();
    private final AuthorizationServer id = AuthorizationServer.start(
            s -> s.clock(clock).signingAlgorithm(SigningAlgorithm.ES256).accessTokenLifetime(Duration.ofMinutes(5)));
    private final Verifier verifier = new Verifier(id, SigningAlgorithm.ES256, clock);

    @AfterEach
    void stop() {
        id.close();
    }

    private List<String> published() {
        List<String> ids = new ArrayList<>();
        for (JsonNode key : Caller.json(new Caller(id).get("/jwks").body()).get("keys")) {
            ids.add(key.get("kid").textValue());
        }
        return ids;
    }

    private static String keyOf(String token) throws ParseException {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }

    @Test
    void theNewKeySignsAtOnceAndTheOldOneStillVerifies() throws Exception {
        String old = id.issue("alice", "orders");
        id.rotateKeys();
        String young = id.issue("bob", "orders");

        assertThat(published()).containsExactly(keyOf(young), keyOf(old)).doesNotHaveDuplicates();
        assertThat(verifier.verify(old, "orders").getSubject()).isEqualTo("alice");
        assertThat(verifier.verify(young, "orders").getSubject()).isEqualTo("bob");
    }

    @Test
    void anOldKeyStaysUntilTheLastTokenThatItSignedHasExpired() throws Exception {
        id.issue("alice", "orders");
        clock.forward(Duration.ofMinutes(2));
        String last = id.issue("bob", "orders");
        id.rotateKeys();
        String young = id.issue("carol", "orders");

        clock.forward(Duration.ofSeconds(299));
        assertThat(published()).containsExactly(keyOf(young), keyOf(last));
        clock.forward(Duration.ofSeconds(1));
        assertThat(published()).containsExactly(keyOf(young));
    }

    @Test
    void aKeyThatNeverSignedIsNotKept() throws Exception {
        id.rotateKeys();
        id.rotateKeys();
        assertThat(published()).containsExactly(keyOf(id.issue("alice", "orders")));
    }

    @Test
    void aNewKeyMayComeUnderTheOldName() throws Exception {
        String old = id.issue("alice", "orders");
        id.rotateKeySameKid();
        String young = id.issue("bob", "orders");

        assertThat(keyOf(young)).isEqualTo(keyOf(old));
        assertThat(published()).containsExactly(keyOf(old));
        assertThat(verifier.verify(young, "orders").getSubject()).isEqualTo("bob");
        assertThatThrownBy(() -> verifier.verify(old, "orders")).isInstanceOf(BadJOSEException.class);
    }

    /** The kid stays that of the first key, so that a verifier which trusts names alone goes on failing. */
    @Test
    void theSameNameCanBeTakenAgainAndIsGivenUpByARotation() throws Exception {
        String first = keyOf(id.issue("alice", "orders"));
        id.rotateKeySameKid();
        id.rotateKeySameKid();
        assertThat(keyOf(id.issue("alice", "orders"))).isEqualTo(first);
        id.rotateKeys();
        assertThat(keyOf(id.issue("alice", "orders"))).isNotEqualTo(first);
    }

    @Test
    void retiringDropsOldKeysAtOnce() throws Exception {
        String old = id.issue("alice", "orders");
        id.rotateKeys();
        id.retireOldKeys();
        assertThat(published()).hasSize(1).doesNotContain(keyOf(old));
        assertThatThrownBy(() -> verifier.verify(old, "orders")).isInstanceOf(BadJOSEException.class);
        assertThat(verifier.verify(id.issue("bob", "orders"), "orders").getSubject())
                .isEqualTo("bob");
    }
}
