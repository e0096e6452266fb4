package dev.lintel.auth.jwt;

import java.time.Duration;

/**
 * How tokens are verified and remembered.
 *
 * @param clockSkew how far the clocks of issuers may be off, up to 5 minutes; 60 seconds, as in Envoy
 * @param maxTokenLength the longest token that is looked at, in characters; 16 KiB
 * @param cachedTokens how many verified tokens are remembered; one that is longer than 1 KiB counts once for each KiB
 *     begun; 10,000
 * @param keys how the keys of issuers are kept
 */
public record VerifierSettings(Duration clockSkew, int maxTokenLength, int cachedTokens, KeySettings keys) {
    /** The values named above. */
    public static final VerifierSettings DEFAULT =
            new VerifierSettings(Duration.ofSeconds(60), 16 * 1024, 10_000, KeySettings.DEFAULT);

    /** Checks the ranges. */
    public VerifierSettings {
        if (clockSkew.isNegative() || clockSkew.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("the clock skew must be 0 to 5 minutes, but was " + clockSkew);
        }
        if (maxTokenLength < 256 || maxTokenLength > 64 * 1024) {
            throw new IllegalArgumentException(
                    "the longest token must be 256 to 65536 characters, but was " + maxTokenLength);
        }
        if (cachedTokens < 0) {
            throw new IllegalArgumentException("cached tokens must not be negative, but was " + cachedTokens);
        }
    }

    /**
     * The same settings with another clock skew.
     *
     * @param skew 0 to 5 minutes
     * @return new settings
     */
    public VerifierSettings withClockSkew(Duration skew) {
        return new VerifierSettings(skew, maxTokenLength, cachedTokens, keys);
    }

    /**
     * The same settings with another way to keep keys.
     *
     * @param how how keys are kept
     * @return new settings
     */
    public VerifierSettings withKeys(KeySettings how) {
        return new VerifierSettings(clockSkew, maxTokenLength, cachedTokens, how);
    }
}
