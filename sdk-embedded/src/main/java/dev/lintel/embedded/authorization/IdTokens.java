package dev.lintel.embedded.authorization;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.lintel.auth.jwt.SignedClaims;
import dev.lintel.embedded.authorization.keys.KeyRing;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells a client who its user is (OpenID Connect Core, 2): made when a code is redeemed, read when it is shown as a hint. */
final class IdTokens {
    /** The scope that asks for one. */
    static final String SCOPE = "openid";

    private static final String TYPE = "JWT";
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration LOGOUT_LIFETIME = Duration.ofMinutes(2);

    private final String issuer;
    private final SigningAlgorithm algorithm;
    private final KeyRing keys;
    private final InstantSource clock;

    IdTokens(URI issuer, SigningAlgorithm algorithm, KeyRing keys, InstantSource clock) {
        this.issuer = issuer.toString();
        this.algorithm = algorithm;
        this.keys = keys;
        this.clock = clock;
    }

    /** Whom a token was about, and whom it was for. */
    record Hint(String subject, String client) {}

    /**
     * A token for the client of a grant, if the user allowed the scope {@code openid}.
     *
     * @param about what else is said about the user
     * @param id in the family of the access token, so that what it is exchanged for allows no more and ends with it
     */
    Optional<String> of(UserGrant grant, String accessToken, String id, Map<String, Object> about) {
        if (!grant.scopes().contains(SCOPE)) {
            return Optional.empty();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant end = now.plus(LIFETIME);
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(grant.subject())
                .audience(grant.client())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(end))
                .jwtID(id)
                .claim("auth_time", grant.authenticated().getEpochSecond())
                .claim("at_hash", leftHalf(accessToken));
        about.forEach(claims::claim);
        if (grant.nonce() != null) {
            claims.claim("nonce", grant.nonce());
        }
        if (grant.session() != null) {
            claims.claim("sid", grant.session());
        }
        return Optional.of(keys.keyForTokenUntil(end).sign(JOSEObjectType.JWT, claims.build()));
    }

    /** Tells a client that somebody has logged out (OpenID Connect Back-Channel Logout 1.0, 2.4). */
    String logoutToken(String client, String subject, String session, String id) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant end = now.plus(LOGOUT_LIFETIME);
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject)
                .audience(client)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(end))
                .jwtID(id)
                .claim("sid", session)
                .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))
                .build();
        return keys.keyForTokenUntil(end).sign(new JOSEObjectType("logout+jwt"), claims);
    }

    /** What a token says that this server signed, with a key that is still published; it may have expired. */
    Optional<Hint> read(String token) {
        Optional<SignedClaims> parsed = SignedClaims.parse(token);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> claims = parsed.get().claims();
        Optional<String> client = client(claims.get("aud"));
        boolean ours = TYPE.equals(parsed.get().header().get("typ"))
                && issuer.equals(claims.get("iss"))
                && parsed.get().isSignedBy(keys.verifying());
        return ours && client.isPresent() && claims.get("sub") instanceof String subject
                ? Optional.of(new Hint(subject, client.get()))
                : Optional.empty();
    }

    private static Optional<String> client(@Nullable Object audience) {
        Object one = audience instanceof List<?> several && several.size() == 1 ? several.get(0) : audience;
        return one instanceof String client ? Optional.of(client) : Optional.empty();
    }

    /** The claim {@code at_hash} (OpenID Connect Core, 3.1.3.6), which ties both tokens together. */
    private String leftHalf(String accessToken) {
        try {
            byte[] digest = MessageDigest.getInstance(hash()).digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, digest.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has " + hash(), e);
        }
    }

    private String hash() {
        return algorithm == SigningAlgorithm.EDDSA ? "SHA-512" : "SHA-256";
    }
}
