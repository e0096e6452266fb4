package dev.lintel.traffic.rollout;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.traffic.Split;
import dev.lintel.traffic.Split.Share;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The weights of a step: the new version gets its own, the others share the rest in proportion to what they had. */
final class Weights {
    private Weights() {}

    static Split split(ApiDefinition api) {
        return api.policies().stream()
                .map(Said::policy)
                .filter(Split.class::isInstance)
                .map(Split.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + api.id()
                        + "' says no split, and a rollout moves the weights of one: say"
                        + " .split(\"v1\", 100, \"v2\", 0)"));
    }

    /** What a version has before it is rolled out. */
    static int before(ApiDefinition api, String version) {
        List<Share> shares = split(api).shares();
        int weight = shares.stream()
                .filter(share -> share.version().equals(version))
                .mapToInt(Share::weight)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the split of '" + api.id() + "' has no version '"
                        + version + "'; its versions are "
                        + shares.stream().map(Share::version).collect(Collectors.joining(", "))));
        if (weight == 100) {
            throw new IllegalArgumentException(
                    "'" + version + "' of '" + api.id() + "' gets all calls already, so there is nothing to roll out");
        }
        return weight;
    }

    private record Part(int index, int whole, int remainder) {}

    /** By the largest remainder; of equal ones the first that was said gets more. They add up to 100. */
    static List<Share> at(List<Share> original, String version, int weight) {
        int others = original.stream()
                .filter(share -> !share.version().equals(version))
                .mapToInt(Share::weight)
                .sum();
        int rest = 100 - weight;
        List<Part> parts = new ArrayList<>();
        int[] weights = new int[original.size()];
        for (int i = 0; i < weights.length; i++) {
            if (original.get(i).version().equals(version)) {
                weights[i] = weight;
            } else {
                int product = rest * original.get(i).weight();
                parts.add(new Part(i, product / others, product % others));
                weights[i] = product / others;
            }
        }
        int left = rest - parts.stream().mapToInt(Part::whole).sum();
        parts.sort(Comparator.comparingInt(Part::remainder).reversed().thenComparingInt(Part::index));
        for (int i = 0; i < left; i++) {
            weights[parts.get(i).index()]++;
        }
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            shares.add(new Share(original.get(i).version(), weights[i]));
        }
        return List.copyOf(shares);
    }

    /** The same definition with other weights; what keeps callers on their version stays. */
    static ApiDefinition with(ApiDefinition api, List<Share> shares) {
        Split split = split(api);
        List<Said> policies = new ArrayList<>();
        for (Said said : api.policies()) {
            policies.add(
                    said.policy().equals(split) ? new Said(new Split(shares, split.sticky()), said.origin()) : said);
        }
        return new ApiDefinition(api.service(), api.namespace(), policies, api.origin());
    }
}
