package dev.lintel.core.model;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Condition;
import java.util.Objects;

/**
 * A version that some calls get before weights are asked.
 *
 * @param when which calls
 * @param version the version they get
 * @param origin the line that said it
 */
public record Choice(Condition when, String version, Origin origin) {
    /** Fills a missing origin. */
    public Choice {
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(version, "version");
        origin = Origin.orUnknown(origin);
    }
}
