package dev.lintel.embedded.authorization.chaos;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.VirtualClock;
import java.util.List;

/**
 * The bad days of one authorization server. A disturbance holds from when it is said until it has met as many requests as
 * was said, or until it or the chaos is {@linkplain #clear() cleared}. Where several meet one request, the one that was
 * said first comes first, and those behind it see only what it lets through. Safe for use by many threads.
 */
public interface Chaos {
    /**
     * The token endpoint.
     *
     * @return where to say what goes wrong
     */
    ChaosPoint token();

    /**
     * Where keys are published.
     *
     * @return where to say what goes wrong
     */
    ChaosPoint jwks();

    /**
     * Where the server tells of itself, under both names (RFC 8414, and OpenID Connect Discovery).
     *
     * @return where to say what goes wrong
     */
    ChaosPoint metadata();

    /**
     * The authorization endpoint.
     *
     * @return where to say what goes wrong
     */
    ChaosPoint authorization();

    /**
     * Where tokens are looked up (RFC 7662).
     *
     * @return where to say what goes wrong
     */
    ChaosPoint introspection();

    /**
     * Where tokens are revoked (RFC 7009).
     *
     * @return where to say what goes wrong
     */
    ChaosPoint revocation();

    /**
     * Where clients register (RFC 7591).
     *
     * @return where to say what goes wrong
     */
    ChaosPoint registration();

    /**
     * Where devices begin (RFC 8628).
     *
     * @return where to say what goes wrong
     */
    ChaosPoint deviceAuthorization();

    /**
     * Where authorization requests are pushed (RFC 9126).
     *
     * @return where to say what goes wrong
     */
    ChaosPoint pushedAuthorization();

    /**
     * One path, whatever is there.
     *
     * @param path as it is asked for, for example {@code /token}
     * @return where to say what goes wrong
     */
    ChaosPoint at(String path);

    /**
     * All paths.
     *
     * @return where to say what goes wrong
     */
    ChaosPoint everywhere();

    /**
     * The server is down: connections are refused, and those that are open are reset. The port stays taken.
     *
     * @return until it is closed
     */
    @CanIgnoreReturnValue
    Disturbance refuseConnections();

    /**
     * Connections are reset before anything is read, and those that are open are reset now.
     *
     * @return until it is closed
     */
    @CanIgnoreReturnValue
    Disturbance resetConnections();

    /**
     * The next connections are reset before anything is read, and those that are open are reset now.
     *
     * @param connections how many
     * @return until so many were reset
     */
    @CanIgnoreReturnValue
    Disturbance resetConnections(int connections);

    /**
     * No keys are to be had: where they are published the answer is 503.
     *
     * @return until it is closed
     */
    @CanIgnoreReturnValue
    Disturbance jwksOutage();

    /**
     * The next refresh (RFC 6749, 6) that succeeds is executed, and its reply is never sent: the old refresh token is used
     * up, and nobody has the new one.
     *
     * @return until one reply was lost
     */
    @CanIgnoreReturnValue
    Disturbance loseNextRotationReply();

    /** A new key signs from now on; the one before it stays published while its tokens are good. */
    void rotateKey();

    /** A new key signs from now on, under the name of the one before it, which is gone. */
    void rotateKeySameKid();

    /**
     * The clock that the server goes by.
     *
     * @return to be moved: {@code chaos.clock().forward(Duration.ofHours(2))}
     * @throws IllegalStateException if the server was not started with a {@link VirtualClock}
     */
    VirtualClock clock();

    /**
     * What was disturbed.
     *
     * @return the last 10,000, the oldest first
     */
    List<ChaosHit> hits();

    /** Ends all disturbances, lets through what is held, and forgets the hits. Keys and clock stay as they are. */
    void clear();
}
