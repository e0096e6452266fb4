package dev.lintel.core.model;

import dev.lintel.core.Origin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How calls are shared among versions, each call by itself.
 *
 * @param shares in the order of saying; the weights add up to 100
 * @param sticky what keeps a caller on its version; null for nothing
 * @param origin the line that said it
 */
public record SplitRule(List<Share> shares, @Nullable Sticky sticky, Origin origin) {
    /** Keeps the shares unchangeable and checks that there is something to share. */
    public SplitRule {
        shares = List.copyOf(shares);
        if (shares.stream().noneMatch(share -> share.weight() > 0)) {
            throw new IllegalArgumentException("a split needs a version with weight, but was " + shares);
        }
        origin = Origin.orUnknown(origin);
    }

    /**
     * The share of one version.
     *
     * @param version its name
     * @param weight percent, 0 to 100; 0 gets exactly none
     */
    public record Share(String version, int weight) {
        /** Checks the weight. */
        public Share {
            if (weight < 0 || weight > 100) {
                throw new IllegalArgumentException(
                        "a weight must be 0 to 100 percent, but '" + version + "' was given " + weight);
            }
        }
    }

    /**
     * What keeps a caller on its version.
     *
     * @param by where the caller is recognised
     * @param name the cookie's, the header's or the claim's name; a header's in lower case
     */
    public record Sticky(By by, String name) {}

    /** Where a caller is recognised. */
    public enum By {
        /** A cookie of ours that holds the version's name: drawn at the first call, kept while that version has weight. */
        COOKIE,
        /** A header that names the caller: its value is hashed, so that equal values get equal versions. */
        HEADER,
        /** A claim of the verified token: its value is hashed like a header's. */
        CLAIM
    }
}
