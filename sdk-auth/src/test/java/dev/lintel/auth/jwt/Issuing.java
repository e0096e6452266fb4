package dev.lintel.auth.jwt;

import com.nimbusds.jose.jwk.JWK;
import dev.lintel.auth.testing.FakeServer;
import dev.lintel.auth.testing.FakeServer.Answer;
import dev.lintel.auth.testing.TestClock;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.Issuer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An issuer on loopback and a verifier that trusts it. */
final class Issuing implements AutoCloseable {
    static final List<String> ALGORITHMS = List.of("RS256", "PS256", "ES256", "EdDSA", "Ed25519");

    final FakeServer server = new FakeServer();
    final TestClock clock = new TestClock();
    final ExecutorService verifying = Executors.newFixedThreadPool(2);
    final ExecutorService fetching = Executors.newCachedThreadPool();
    final TokenVerifiers verifiers;
    final TokenVerifier verifier;

    Issuing(JWK... keys) {
        this(VerifierSettings.DEFAULT, keys);
    }

    Issuing(VerifierSettings settings, JWK... keys) {
        publish(keys);
        verifiers = new TokenVerifiers(verifying, fetching, clock, settings);
        verifier = verifiers.of(List.of(issuer(server.uri("/jwks"))));
    }

    static VerifierSettings impatient(Duration timeout) {
        return VerifierSettings.DEFAULT.withKeys(KeySettings.DEFAULT.withFetchTimeout(timeout));
    }

    Issuer issuer(@Nullable URI jwks) {
        return new Issuer(server.url(), jwks, ALGORITHMS, Origin.unknown());
    }

    void publish(JWK... keys) {
        server.on("/jwks", Answer.json(TestKeys.jwks(keys)));
    }

    long fetches() {
        return server.asked("/jwks");
    }

    /** Claims of a token that is good for an hour, with more members, which begin with a comma. */
    String claims(String more) {
        return "{\"iss\":\"" + server.url() + "\",\"sub\":\"alice\",\"aud\":\"orders\",\"scope\":\"a b\",\"exp\":"
                + (clock.seconds() + 3600) + more + "}";
    }

    String good(JWK key) {
        return token(key, "\"typ\":\"at+jwt\"", "");
    }

    /** A token of a key, with members of the header beside algorithm and key id, and more claims. */
    String token(JWK key, String header, String claims) {
        String algorithm = algorithm(key);
        String members = header.isEmpty() ? "" : "," + header;
        return TestKeys.sign(
                key,
                algorithm,
                "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + key.getKeyID() + "\"" + members + "}",
                claims(claims));
    }

    static String algorithm(JWK key) {
        return switch (key.getKeyType().getValue()) {
            case "RSA" -> "RS256";
            case "EC" -> "ES256";
            default -> "EdDSA";
        };
    }

    Token verify(String raw) {
        return verifier.verify(raw)
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    String refusal(String raw) {
        return switch (kind(verify(raw))) {
            case "Rejected" -> ((Token.Rejected) verify(raw)).reason();
            case "Unverifiable" -> "unverifiable: " + ((Token.Unverifiable) verify(raw)).reason();
            default -> "accepted";
        };
    }

    static String kind(Token token) {
        return token.getClass().getSimpleName();
    }

    @Override
    public void close() {
        verifiers.close();
        server.close();
        verifying.shutdownNow();
        fetching.shutdownNow();
    }
}
