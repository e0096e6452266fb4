package dev.lintel.core.model;

import dev.lintel.core.Origin;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which workload of a version gets a call.
 *
 * @param algorithm how one is picked
 * @param hashOn what is hashed, for {@link Algorithm#CONSISTENT_HASH}; null for the others
 * @param localityFirst whether workloads nearby are preferred as long as enough of them are healthy (Envoy, locality
 *     priorities)
 * @param origin the line that said it
 */
public record BalanceRule(Algorithm algorithm, @Nullable HashOn hashOn, boolean localityFirst, Origin origin) {
    /** Checks that there is something to hash if and only if hashing is asked for. */
    public BalanceRule {
        Objects.requireNonNull(algorithm, "algorithm");
        if ((algorithm == Algorithm.CONSISTENT_HASH) != (hashOn != null)) {
            throw new IllegalArgumentException("a consistent hash, and nothing else, needs what is hashed");
        }
        origin = Origin.orUnknown(origin);
    }

    /** How a workload is picked (Istio, LoadBalancerSettings). */
    public enum Algorithm {
        /** They take turns. */
        ROUND_ROBIN,
        /** Of two drawn ones the one with fewer calls under way. */
        LEAST_REQUEST,
        /** Any. */
        RANDOM,
        /** Equal values get equal workloads, as long as these are there. */
        CONSISTENT_HASH
    }

    /**
     * What is hashed.
     *
     * @param by where it is
     * @param name of the header (in lower case), cookie or query parameter; empty for the address
     */
    public record HashOn(By by, String name) {}

    /** Where the hashed value is. A call without it is given to any workload. */
    public enum By {
        /** A header. */
        HEADER,
        /** A cookie. */
        COOKIE,
        /** A query parameter. */
        QUERY,
        /** The address that the call comes from. */
        ADDRESS
    }
}
