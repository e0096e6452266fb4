package dev.lintel.traffic;

import dev.lintel.core.Policy;
import dev.lintel.core.match.Match;
import java.util.Objects;

/**
 * Sends requests that enter by an exposed host to one version, past the split. May be said several times; which route
 * wins is a matter of precedence, not of order.
 *
 * @param match which requests
 * @param version the version that gets them
 */
public record RouteTo(Match match, String version) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.route/v1";

    /** Checks the version's name. */
    public RouteTo {
        Objects.requireNonNull(match, "match");
        VersionOf.name(version);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return match.toString();
    }
}
