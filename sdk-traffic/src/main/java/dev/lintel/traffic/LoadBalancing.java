package dev.lintel.traffic;

import dev.lintel.core.Policy;
import dev.lintel.core.model.BalanceRule.Algorithm;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says which workload of a version gets a call. A service policy: it governs calls from inside as well.
 *
 * @param algorithm how one is picked
 * @param hashOn what is hashed, for a consistent hash; null for the others
 * @param nearbyFirst whether workloads nearby are preferred as long as enough of them are healthy
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings">Istio,
 *     LoadBalancerSettings</a>
 */
public record LoadBalancing(Algorithm algorithm, @Nullable HashOn hashOn, boolean nearbyFirst) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.load-balancing/v1";

    /** Checks that there is something to hash if and only if hashing is asked for. */
    public LoadBalancing {
        Objects.requireNonNull(algorithm, "algorithm");
        if ((algorithm == Algorithm.CONSISTENT_HASH) != (hashOn != null)) {
            throw new IllegalArgumentException("a consistent hash, and nothing else, needs what is hashed");
        }
    }

    /**
     * Workloads take turns.
     *
     * @return the policy
     */
    public static LoadBalancing roundRobin() {
        return new LoadBalancing(Algorithm.ROUND_ROBIN, null, false);
    }

    /**
     * Of two workloads drawn by chance, the one with fewer calls under way.
     *
     * @return the policy
     */
    public static LoadBalancing leastRequest() {
        return new LoadBalancing(Algorithm.LEAST_REQUEST, null, false);
    }

    /**
     * Any workload.
     *
     * @return the policy
     */
    public static LoadBalancing random() {
        return new LoadBalancing(Algorithm.RANDOM, null, false);
    }

    /**
     * Equal values get equal workloads, as long as these are there.
     *
     * @param on what is hashed
     * @return the policy
     */
    public static LoadBalancing consistentHash(HashOn on) {
        return new LoadBalancing(Algorithm.CONSISTENT_HASH, Objects.requireNonNull(on, "on"), false);
    }

    /**
     * The same, preferring workloads nearby as long as enough of them are healthy.
     *
     * @return a new policy
     */
    public LoadBalancing localityFirst() {
        return new LoadBalancing(algorithm, hashOn, true);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
