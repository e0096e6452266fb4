package dev.lintel.auth.jwt;

import dev.lintel.auth.jwt.IdTokenVerifier.Expected;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims of an ID token, checked (OpenID Connect Core, 2 and 3.1.3.7). */
final class IdClaims {
    /** As long as that of other tokens. */
    private static final long SKEW = VerifierSettings.DEFAULT.clockSkew().toMillis();

    private IdClaims() {}

    static IdToken read(Map<String, Object> claims, String issuer, Expected expected, Algorithm algorithm, long now)
            throws RefusedToken {
        if (!AccessClaims.issuer(claims).equals(issuer)) {
            throw RefusedToken.forever("it is of another issuer");
        }
        String subject = AccessClaims.text(claims, "sub");
        if (subject == null || subject.isEmpty() || subject.length() > 255) {
            throw RefusedToken.forever("its 'sub' must have 1 to 255 characters");
        }
        checkAudience(claims, expected.clientId());
        long expires = checkTimes(claims, now);
        if (expected.nonce() != null && !same(expected.nonce(), AccessClaims.text(claims, "nonce"))) {
            throw RefusedToken.forever("its 'nonce' is not that of this login");
        }
        checkAge(claims, expected, now);
        String hash = AccessClaims.text(claims, "at_hash");
        if (hash != null && !same(half(expected.accessToken(), algorithm), hash)) {
            throw RefusedToken.forever("its 'at_hash' is not that of the access token that came with it");
        }
        return new IdToken(subject, Instant.ofEpochMilli(expires), AccessClaims.withoutNulls(claims));
    }

    private static void checkAudience(Map<String, Object> claims, String clientId) throws RefusedToken {
        List<String> audiences = AccessClaims.list(claims, "aud");
        if (!audiences.contains(clientId)) {
            throw RefusedToken.forever("its 'aud' is not this client");
        }
        String party = AccessClaims.text(claims, "azp");
        if (party != null ? !party.equals(clientId) : audiences.size() > 1) {
            throw RefusedToken.forever("its 'azp' is not this client");
        }
    }

    private static long checkTimes(Map<String, Object> claims, long now) throws RefusedToken {
        Long expires = AccessClaims.time(claims, "exp");
        Long issued = AccessClaims.time(claims, "iat");
        Long notBefore = AccessClaims.time(claims, "nbf");
        if (expires == null || issued == null) {
            throw RefusedToken.forever("it must have 'exp' and 'iat'");
        }
        if (now >= expires + SKEW) {
            throw RefusedToken.forever("it has expired");
        }
        if (now < issued - SKEW || notBefore != null && now < notBefore - SKEW) {
            throw RefusedToken.fornow("it is not valid yet");
        }
        return expires;
    }

    private static void checkAge(Map<String, Object> claims, Expected expected, long now) throws RefusedToken {
        if (expected.maxAge() == null) {
            return;
        }
        Long since = AccessClaims.time(claims, "auth_time");
        if (since == null || now - since > expected.maxAge().toMillis() + SKEW) {
            throw RefusedToken.forever("its 'auth_time' is not as recent as this login asks for");
        }
    }

    private static boolean same(String expected, @Nullable String came) {
        return came != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), came.getBytes(StandardCharsets.UTF_8));
    }

    /** The left half of the hash that goes with the signature's algorithm; SHA-512 for Ed25519. */
    private static String half(String accessToken, Algorithm algorithm) {
        String name = algorithm.name();
        String digest = name.endsWith("256") ? "SHA-256" : name.endsWith("384") ? "SHA-384" : "SHA-512";
        try {
            byte[] hash = MessageDigest.getInstance(digest).digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has " + digest, e);
        }
    }
}
