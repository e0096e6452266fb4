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
 * @param origin the line that said it
 */
public record Route(Match match, @Nullable String version, Origin origin) {
    /** Checks the match. */
    public Route {
        Objects.requireNonNull(match, "match");
        origin = Origin.orUnknown(origin);
    }
}
