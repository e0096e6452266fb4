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
    /** Keeps the shares unchangeable. */
    public SplitRule {
        shares = List.copyOf(shares);
        origin = Origin.orUnknown(origin);
    }

    /**
     * The share of one version.
     *
     * @param version its name
     * @param weight percent, 0 to 100; 0 gets exactly none
     */
    public record Share(String version, int weight) {}

    /**
     * What keeps a caller on its version.
     *
     * @param by where the caller is recognised
     * @param name the cookie's or the header's name; a header's in lower case
     */
    public record Sticky(By by, String name) {}

    /** Where a caller is recognised. */
    public enum By {
        /** A cookie of ours that holds the version's name: drawn at the first call, kept while that version has weight. */
        COOKIE,
        /** A header that names the caller: its value is hashed, so that equal values get equal versions. */
        HEADER
    }
}
