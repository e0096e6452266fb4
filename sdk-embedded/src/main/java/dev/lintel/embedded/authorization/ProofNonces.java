package dev.lintel.embedded.authorization;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The nonces that DPoP proofs carry (RFC 9449, 8): one for each span of time, made with a key of this run, so that nothing
 * has to be kept. The one before is still good, because it may be on its way.
 */
final class ProofNonces {
    private final ProofNoncePolicy policy;
    private final Duration lifetime;
    private final InstantSource clock;
    private final byte[] key = new byte[32];

    ProofNonces(ProofNoncePolicy policy, Duration lifetime, InstantSource clock, SecureRandom random) {
        this.policy = policy;
        this.lifetime = lifetime;
        this.clock = clock;
        random.nextBytes(key);
    }

    ProofNoncePolicy policy() {
        return policy;
    }

    String current() {
        return at(span());
    }

    boolean isGood(String nonce) {
        long span = span();
        return isSame(nonce, at(span)) || isSame(nonce, at(span - 1));
    }

    private long span() {
        return Math.floorDiv(clock.millis(), lifetime.toMillis());
    }

    private String at(long span) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] tag = mac.doFinal(("nonce." + span).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
