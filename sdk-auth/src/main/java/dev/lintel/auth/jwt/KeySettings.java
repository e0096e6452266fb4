package dev.lintel.auth.jwt;

import java.time.Duration;

/**
 * How the keys of an issuer are kept.
 *
 * @param refreshAfter the age from which they are fetched anew in the background, when they are used; 5 minutes
 * @param waitAfter the age from which a token waits for them to be fetched anew, unless the issuer is known to be down;
 *     15 minutes
 * @param keepFor the age up to which they are used while the issuer is down; 24 hours
 * @param refetchAfter how long after a fetch a token of an unknown key, or with a wrong signature, may cause another one;
 *     10 seconds
 * @param fetchTimeout how long one exchange with the issuer may take; 5 seconds
 */
public record KeySettings(
        Duration refreshAfter, Duration waitAfter, Duration keepFor, Duration refetchAfter, Duration fetchTimeout) {
    /** The values named above. */
    public static final KeySettings DEFAULT = new KeySettings(
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(24),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5));

    /** Checks that all are positive and that the ages grow. */
    public KeySettings {
        if (refreshAfter.compareTo(waitAfter) > 0 || waitAfter.compareTo(keepFor) > 0) {
            throw new IllegalArgumentException("keys must be refreshed, waited for and given up in this order, but were"
                    + " given " + refreshAfter + ", " + waitAfter + ", " + keepFor);
        }
        if (refreshAfter.toMillis() < 1 || refetchAfter.toMillis() < 1 || fetchTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("the times of keys must be at least 1 ms, but were given " + refreshAfter
                    + ", " + refetchAfter + ", " + fetchTimeout);
        }
    }

    /**
     * The same settings with another time limit for one exchange.
     *
     * @param timeout at least 1 ms
     * @return new settings
     */
    public KeySettings withFetchTimeout(Duration timeout) {
        return new KeySettings(refreshAfter, waitAfter, keepFor, refetchAfter, timeout);
    }
}
