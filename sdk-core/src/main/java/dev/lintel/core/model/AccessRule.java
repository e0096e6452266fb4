package dev.lintel.core.model;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Endpoint;
import java.util.Objects;

/**
 * What is asked of a caller at an endpoint.
 *
 * @param endpoint methods and paths
 * @param requirement what is asked
 * @param origin the line that said it
 */
public record AccessRule(Endpoint endpoint, Requirement requirement, Origin origin) {
    /** Checks that nothing is missing. */
    public AccessRule {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(requirement, "requirement");
        origin = Origin.orUnknown(origin);
    }
}
