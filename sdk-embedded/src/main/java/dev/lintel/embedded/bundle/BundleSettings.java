package dev.lintel.embedded.bundle;

import dev.lintel.auth.opa.bundle.BundleSigner;
import dev.lintel.core.Secret;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How bundles are served.
 *
 * @param address where to listen
 * @param port where to listen; 0 takes a free one
 * @param token what OPA must present as {@code Authorization: Bearer}; null for nothing
 * @param signer whose signature bundles get; null for none
 * @param longestWait how long a request may wait for a new bundle, 1 second to 5 minutes
 * @param connections how many may be open at once, 1 to 10000; further ones are closed
 */
public record BundleSettings(
        InetAddress address,
        int port,
        @Nullable Secret token,
        @Nullable BundleSigner signer,
        Duration longestWait,
        int connections) {
    /** On a free port of the loopback, without a token and a signature, waiting a minute at most, 256 connections. */
    public static final BundleSettings DEFAULT =
            new BundleSettings(InetAddress.getLoopbackAddress(), 0, null, null, Duration.ofMinutes(1), 256);

    /** Checks the ranges, and that nobody is served over the network without a token. */
    public BundleSettings {
        Objects.requireNonNull(address, "address");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port must be 0 to 65535, but was " + port);
        }
        if (!address.isLoopbackAddress() && token == null) {
            throw new IllegalArgumentException("bundles are served beyond this machine to those with a token only:"
                    + " say withToken(…), or listen on loopback");
        }
        if (longestWait.compareTo(Duration.ofSeconds(1)) < 0 || longestWait.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "a request may wait 1 second to 5 minutes for a bundle, but was given " + longestWait);
        }
        if (connections < 1 || connections > 10_000) {
            throw new IllegalArgumentException("connections must be 1 to 10000, but were " + connections);
        }
    }

    /**
     * The same settings, listening on a port.
     *
     * @param number 0 takes a free one
     * @return new settings
     */
    public BundleSettings onPort(int number) {
        return new BundleSettings(address, number, token, signer, longestWait, connections);
    }

    /**
     * The same settings, serving only those who present a token.
     *
     * @param secret what OPA must present
     * @return new settings
     */
    public BundleSettings withToken(Secret secret) {
        return new BundleSettings(address, port, secret, signer, longestWait, connections);
    }

    /**
     * The same settings, listening on another address. Say the token first.
     *
     * @param where an address of this machine
     * @return new settings
     */
    public BundleSettings onAddress(InetAddress where) {
        return new BundleSettings(where, port, token, signer, longestWait, connections);
    }

    /**
     * The same settings, signing bundles.
     *
     * @param key whose public part OPA knows
     * @return new settings
     */
    public BundleSettings signedBy(BundleSigner key) {
        return new BundleSettings(address, port, token, key, longestWait, connections);
    }

    /**
     * The same settings with another limit for requests that wait.
     *
     * @param longest 1 second to 5 minutes
     * @return new settings
     */
    public BundleSettings withLongestWait(Duration longest) {
        return new BundleSettings(address, port, token, signer, longest, connections);
    }
}
