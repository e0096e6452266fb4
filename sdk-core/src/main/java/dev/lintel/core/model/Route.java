package dev.lintel.core.model;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Match;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where requests that enter by an exposed host go.
 *
 * @param match which requests
 * @param version the version that gets all of them; null leaves the choice to the service's split
 * @param answer what is answered in place of the service; null for nothing, and then they go on
 * @param origin the line that said it
 */
public record Route(
        Match match, @Nullable String version, @Nullable Answer answer, Origin origin) {
    /** Checks the match. */
    public Route {
        Objects.requireNonNull(match, "match");
        if (version != null && answer != null) {
            throw new IllegalArgumentException("a route goes to a version or is answered, not both: " + match);
        }
        origin = Origin.orUnknown(origin);
    }

    /**
     * A route to the service.
     *
     * @param match which requests
     * @param version the version that gets all of them; null leaves the choice to the service's split
     * @param origin the line that said it
     */
    public Route(Match match, @Nullable String version, Origin origin) {
        this(match, version, null, origin);
    }
}
