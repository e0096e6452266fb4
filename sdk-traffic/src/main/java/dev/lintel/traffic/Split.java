package dev.lintel.traffic;

import dev.lintel.core.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shares calls among versions by weight, each call by itself. A service policy: it governs calls from inside as well.
 *
 * @param shares one for each version; the weights are percent and add up to 100
 * @param sticky what keeps a caller on its version; null for nothing
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRouteDestination">Istio,
 *     HTTPRouteDestination</a>
 */
public record Split(List<Share> shares, @Nullable Sticky sticky) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.split/v1";

    /** Checks that every version is named once and that the weights add up to 100. */
    public Split {
        shares = List.copyOf(shares);
        Map<String, Integer> weights = new LinkedHashMap<>();
        for (Share share : shares) {
            if (weights.put(share.version(), share.weight()) != null) {
                throw new IllegalArgumentException(
                        "a split must name each version once, but '" + share.version() + "' is named twice");
            }
        }
        if (weights.isEmpty()) {
            throw new IllegalArgumentException("a split must name at least one version");
        }
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        if (sum != 100) {
            throw new IllegalArgumentException("weights must add up to 100, but " + weights + " adds up to " + sum);
        }
    }

    /**
     * The share of one version.
     *
     * @param version its name
     * @param weight percent, 0 to 100; 0 gets exactly none
     */
    public record Share(String version, int weight) {
        /** Checks name and weight. */
        public Share {
            VersionOf.name(version);
            if (weight < 0 || weight > 100) {
                throw new IllegalArgumentException(
                        "a weight must be 0 to 100 percent, but '" + version + "' was given " + weight);
            }
        }
    }

    /**
     * A split between two versions.
     *
     * @param first a version
     * @param firstWeight its percent
     * @param second another version
     * @param secondWeight its percent
     * @return the split
     */
    public static Split split(String first, int firstWeight, String second, int secondWeight) {
        return new Split(List.of(new Share(first, firstWeight), new Share(second, secondWeight)), null);
    }

    /**
     * A split among any number of versions.
     *
     * @param weights percent by version, in the order in which they should be read; sorted by version if the map keeps none,
     *     as that of {@link Map#of()}
     * @return the split
     */
    public static Split split(Map<String, Integer> weights) {
        List<Share> shares = new ArrayList<>();
        boolean ordered = weights instanceof LinkedHashMap || weights instanceof SortedMap;
        Map<String, Integer> read = ordered ? weights : new TreeMap<>(weights);
        read.forEach((version, weight) -> shares.add(new Share(version, weight)));
        return new Split(shares, null);
    }

    /**
     * The same split, keeping callers on their version.
     *
     * @param by {@link Sticky#cookie}, {@link Sticky#header} or {@link Sticky#claim}
     * @return a new split
     */
    public Split sticky(Sticky by) {
        return new Split(shares, by);
    }

    @Override
    public String kind() {
        return KIND;
    }
}
