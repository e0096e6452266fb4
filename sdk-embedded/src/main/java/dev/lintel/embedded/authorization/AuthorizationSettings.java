package dev.lintel.embedded.authorization;

import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an authorization server is run. Each wither answers new settings.
 *
 * @param address what it listens on; the loopback address unless said
 * @param port 0, the default, takes a free one
 * @param issuer how callers reach it; null, the default, means {@code http://address:port}
 * @param audience whom tokens are for, if the client has no audiences of its own; null, the default, means the issuer
 * @param accessTokenLifetime how long an access token is good, in whole seconds up to a day; five minutes unless said
 * @param signingAlgorithm how tokens are signed; RS256 unless said
 * @param clock what time it is
 * @param random where keys, identifiers and salts come from
 */
public record AuthorizationSettings(
        InetAddress address,
        int port,
        @Nullable URI issuer,
        @Nullable String audience,
        Duration accessTokenLifetime,
        SigningAlgorithm signingAlgorithm,
        InstantSource clock,
        SecureRandom random) {
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Checks each value, and that secrets do not travel in clear beyond this machine. */
    public AuthorizationSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(signingAlgorithm, "signingAlgorithm");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(random, "random");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port must be 0 to 65535, but was " + port);
        }
        if (audience != null && audience.isEmpty()) {
            throw new IllegalArgumentException("an audience must not be empty");
        }
        if (accessTokenLifetime.compareTo(Duration.ofSeconds(1)) < 0 || accessTokenLifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "an access token's lifetime must be 1 s to 24 h, but was " + accessTokenLifetime);
        }
        if (issuer != null) {
            Issuers.check(issuer);
        }
        if (!address.isLoopbackAddress() && (issuer == null || !Issuers.isHttps(issuer))) {
            throw new IllegalArgumentException("on " + address.getHostAddress() + " secrets would travel in clear:"
                    + " listen on the loopback address, or put TLS in front and say issuer(https://…)");
        }
    }

    /**
     * A free port on the loopback address, RS256, tokens for five minutes.
     *
     * @return the settings
     */
    public static AuthorizationSettings defaults() {
        return new AuthorizationSettings(
                InetAddress.getLoopbackAddress(),
                0,
                null,
                null,
                Duration.ofMinutes(5),
                SigningAlgorithm.RS256,
                InstantSource.system(),
                new SecureRandom());
    }

    /**
     * The same settings, listening elsewhere.
     *
     * @param address of this machine; beyond loopback say {@link #issuer(URI)} first
     * @return new settings
     */
    public AuthorizationSettings address(InetAddress address) {
        return new AuthorizationSettings(
                address, port, issuer, audience, accessTokenLifetime, signingAlgorithm, clock, random);
    }

    /**
     * The same settings on another port.
     *
     * @param port 0 to 65535; 0 takes a free one
     * @return new settings
     */
    public AuthorizationSettings port(int port) {
        return new AuthorizationSettings(
                address, port, issuer, audience, accessTokenLifetime, signingAlgorithm, clock, random);
    }

    /**
     * The same settings with an issuer of its own, for a server that callers reach through something else.
     *
     * @param issuer {@code https://host} or {@code https://host:port}; {@code http} only for loopback
     * @return new settings
     */
    public AuthorizationSettings issuer(URI issuer) {
        return new AuthorizationSettings(
                address, port, issuer, audience, accessTokenLifetime, signingAlgorithm, clock, random);
    }

    /**
     * The same settings with another default audience.
     *
     * @param audience as resource servers know themselves, for example {@code orders}
     * @return new settings
     */
    public AuthorizationSettings audience(String audience) {
        return new AuthorizationSettings(
                address, port, issuer, audience, accessTokenLifetime, signingAlgorithm, clock, random);
    }

    /**
     * The same settings with another lifetime of access tokens.
     *
     * @param lifetime 1 second to 24 hours
     * @return new settings
     */
    public AuthorizationSettings accessTokenLifetime(Duration lifetime) {
        return new AuthorizationSettings(address, port, issuer, audience, lifetime, signingAlgorithm, clock, random);
    }

    /**
     * The same settings with another algorithm.
     *
     * @param algorithm for all keys of the server
     * @return new settings
     */
    public AuthorizationSettings signingAlgorithm(SigningAlgorithm algorithm) {
        return new AuthorizationSettings(
                address, port, issuer, audience, accessTokenLifetime, algorithm, clock, random);
    }

    /**
     * The same settings with another clock.
     *
     * @param clock what time it is
     * @return new settings
     */
    public AuthorizationSettings clock(InstantSource clock) {
        return new AuthorizationSettings(
                address, port, issuer, audience, accessTokenLifetime, signingAlgorithm, clock, random);
    }

    /**
     * The same settings with another source of randomness.
     *
     * @param random where keys, identifiers and salts come from
     * @return new settings
     */
    public AuthorizationSettings random(SecureRandom random) {
        return new AuthorizationSettings(
                address, port, issuer, audience, accessTokenLifetime, signingAlgorithm, clock, random);
    }
}
