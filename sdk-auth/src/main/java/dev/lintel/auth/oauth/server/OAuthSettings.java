package dev.lintel.auth.oauth.server;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a client of an authorization server works with.
 *
 * @param clock what time it is here; the difference to the server's clock is learned from the {@code Date} of its answers
 * @param random what {@code state}, {@code nonce}, {@code jti} and code verifiers are made of
 * @param timeout how long one exchange may take; 5 seconds
 * @param metadataAge after which metadata is fetched anew, when it is used; 1 hour
 * @param endpointHosts the hosts that endpoints may be at, in lower case; empty for any
 * @param readTokenExpiry whether the {@code exp} of an access token that happens to be a JWT shortens the lifetime that
 *     the server named; no
 * @param tls what TLS works with, for servers with a certificate that the JVM does not know; null for the JVM's own
 * @param pause how a device waits between two questions; sleeps
 */
public record OAuthSettings(
        InstantSource clock,
        RandomGenerator random,
        Duration timeout,
        Duration metadataAge,
        List<String> endpointHosts,
        boolean readTokenExpiry,
        @Nullable SSLContext tls,
        Pause pause) {
    /** The values named above, with this machine's clock. */
    public static final OAuthSettings DEFAULT = new OAuthSettings(
            InstantSource.system(),
            new SecureRandom(),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            List.of(),
            false,
            null,
            length -> Thread.sleep(length.toMillis()));

    /** Checks the times. */
    public OAuthSettings {
        endpointHosts = endpointHosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .toList();
        if (timeout.toMillis() < 1 || metadataAge.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "the time limit of an exchange and the age of metadata must be at least 1 ms, but were " + timeout
                            + " and " + metadataAge);
        }
    }

    /** Lets some time go by. */
    @FunctionalInterface
    public interface Pause {
        /**
         * Waits.
         *
         * @param length how long
         * @throws InterruptedException if the thread is to end
         */
        void pause(Duration length) throws InterruptedException;
    }

    /**
     * The same settings with another clock.
     *
     * @param other what time it is here
     * @return new settings
     */
    public OAuthSettings withClock(InstantSource other) {
        return new OAuthSettings(other, random, timeout, metadataAge, endpointHosts, readTokenExpiry, tls, pause);
    }

    /**
     * The same settings with another source of randomness.
     *
     * @param other must not be guessed outside tests
     * @return new settings
     */
    public OAuthSettings withRandom(RandomGenerator other) {
        return new OAuthSettings(clock, other, timeout, metadataAge, endpointHosts, readTokenExpiry, tls, pause);
    }

    /**
     * The same settings with another time limit for one exchange.
     *
     * @param limit at least 1 ms
     * @return new settings
     */
    public OAuthSettings withTimeout(Duration limit) {
        return new OAuthSettings(clock, random, limit, metadataAge, endpointHosts, readTokenExpiry, tls, pause);
    }

    /**
     * The same settings with another age of metadata.
     *
     * @param age at least 1 ms
     * @return new settings
     */
    public OAuthSettings withMetadataAge(Duration age) {
        return new OAuthSettings(clock, random, timeout, age, endpointHosts, readTokenExpiry, tls, pause);
    }

    /**
     * The same settings with endpoints at some hosts only: metadata that names another is refused as a whole, so that
     * whoever can change it cannot have secrets sent to a host of their own.
     *
     * @param hosts usually the issuer's
     * @return new settings
     */
    public OAuthSettings withEndpointHosts(String... hosts) {
        return new OAuthSettings(clock, random, timeout, metadataAge, List.of(hosts), readTokenExpiry, tls, pause);
    }

    /**
     * The same settings where the {@code exp} of an access token that is a JWT shortens its lifetime.
     *
     * @return new settings
     */
    public OAuthSettings readingTokenExpiry() {
        return new OAuthSettings(clock, random, timeout, metadataAge, endpointHosts, true, tls, pause);
    }

    /**
     * The same settings with another set of trusted certificates.
     *
     * @param context what TLS works with
     * @return new settings
     */
    public OAuthSettings withTls(SSLContext context) {
        return new OAuthSettings(clock, random, timeout, metadataAge, endpointHosts, readTokenExpiry, context, pause);
    }

    /**
     * The same settings with another way to wait.
     *
     * @param other how a device waits between two questions
     * @return new settings
     */
    public OAuthSettings withPause(Pause other) {
        return new OAuthSettings(clock, random, timeout, metadataAge, endpointHosts, readTokenExpiry, tls, other);
    }
}
