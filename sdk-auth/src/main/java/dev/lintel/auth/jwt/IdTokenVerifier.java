package dev.lintel.auth.jwt;

import dev.lintel.auth.jwt.KeyRing.Known;
import dev.lintel.auth.net.Http;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the ID tokens of one issuer (OpenID Connect Core, 3.1.3.7): signature, issuer, audience, times, nonce, and that
 * they belong to the access token that came with them. Blocks while keys are fetched. No algorithm with a shared secret is
 * accepted.
 */
public final class IdTokenVerifier implements AutoCloseable {
    private static final int LONGEST = 64 * 1024;
    private static final Set<String> TYPES = Set.of("", "jwt");
    private static final Set<String> LOGOUT_TYPES = Set.of("", "jwt", "logout+jwt");

    private final String issuer;
    private final Http http;
    private final KeyRing ring;
    private final InstantSource clock;

    /**
     * A verifier that has no keys yet.
     *
     * @param issuer as it stands in the tokens
     * @param jwksUri where the issuer's keys are
     * @param clock what time it is
     * @param timeout how long one exchange with the issuer may take
     * @param tls what TLS works with; null for the JVM's own
     */
    public IdTokenVerifier(
            String issuer, URI jwksUri, InstantSource clock, Duration timeout, @Nullable SSLContext tls) {
        this.issuer = issuer;
        this.clock = clock;
        this.http = new Http(timeout, tls, reply -> {});
        this.ring = new KeyRing(
                issuer,
                new KeySource(http, issuer, jwksUri),
                KeySettings.DEFAULT.withFetchTimeout(timeout),
                Runnable::run,
                clock);
    }

    /**
     * What an ID token must say.
     *
     * @param clientId the client that it must be for
     * @param nonce the {@code nonce} of the authorization request; null if there was none
     * @param accessToken the access token that came with it; in clear, so it is never printed
     * @param maxAge how long ago the user may have logged in; null if that was not asked for
     */
    public record Expected(
            String clientId,
            @Nullable String nonce,
            String accessToken,
            @Nullable Duration maxAge) {
        @Override
        public String toString() {
            return "ID token for '" + clientId + "'";
        }
    }

    /**
     * Verifies one.
     *
     * @param raw the token as it came
     * @param expected what it must say
     * @return what it says
     * @throws IdTokenException if it must not be believed, or the issuer's keys cannot be had
     */
    public IdToken verify(String raw, Expected expected) throws IdTokenException {
        try {
            Jws jws = parsed(raw, false);
            Algorithm algorithm = algorithm(jws);
            if (!TYPES.contains(jws.type())) {
                throw RefusedToken.forever("the token's type is not that of an ID token");
            }
            IdToken token = IdClaims.read(jws.claims(), issuer, expected, algorithm, clock.millis());
            checkSignature(jws, algorithm);
            return token;
        } catch (RefusedToken e) {
            throw new IdTokenException("The ID token of " + issuer + " is refused: " + e.getMessage());
        }
    }

    /**
     * Verifies a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6). That its {@code jti} comes once is the caller's to
     * see.
     *
     * @param raw the token as it came
     * @param clientId the client that it must be for
     * @return whom it logs out
     * @throws IdTokenException if it must not be believed, or the issuer's keys cannot be had
     */
    public LogoutToken verifyLogout(String raw, String clientId) throws IdTokenException {
        try {
            Jws jws = parsed(raw, true);
            Algorithm algorithm = algorithm(jws);
            if (!LOGOUT_TYPES.contains(jws.type())) {
                throw RefusedToken.forever("the token's type is not that of a logout token");
            }
            LogoutToken token = LogoutClaims.read(jws.claims(), issuer, clientId, clock.millis());
            checkSignature(jws, algorithm);
            return token;
        } catch (RefusedToken e) {
            throw new IdTokenException("The logout token of " + issuer + " is refused: " + e.getMessage());
        }
    }

    private static Jws parsed(String raw, boolean anyType) throws RefusedToken {
        if (raw.length() > LONGEST) {
            throw RefusedToken.forever("the token is too long");
        }
        return anyType ? Jws.parseAny(raw) : Jws.parse(raw);
    }

    private static Algorithm algorithm(Jws jws) throws RefusedToken {
        return Algorithm.named(jws.algorithm())
                .orElseThrow(() -> RefusedToken.forever("the token's signature algorithm is not accepted"));
    }

    private void checkSignature(Jws jws, Algorithm algorithm) throws RefusedToken {
        if (!isSigned(jws, algorithm)) {
            throw RefusedToken.forever("the token's signature is wrong, or its key is not known");
        }
    }

    @Override
    public void close() {
        http.close();
    }

    /** A key that is not known, or a new one under an old name, is worth one more fetch. */
    private boolean isSigned(Jws jws, Algorithm algorithm) throws RefusedToken {
        Known known = had(ring.keys().toCompletableFuture().join());
        return isSigned(jws, algorithm, known)
                || isSigned(
                        jws,
                        algorithm,
                        had(ring.newerThan(known).toCompletableFuture().join()));
    }

    private static boolean isSigned(Jws jws, Algorithm algorithm, Known known) {
        return known.keys().candidates(algorithm, jws.keyId()).stream().anyMatch(key -> jws.isSignedBy(key, algorithm));
    }

    private static Known had(Optional<Known> known) throws RefusedToken {
        return known.orElseThrow(() -> RefusedToken.fornow("the issuer's keys cannot be had"));
    }
}
