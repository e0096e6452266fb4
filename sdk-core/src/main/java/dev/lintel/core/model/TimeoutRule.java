package dev.lintel.core.model;

import dev.lintel.core.Origin;
import java.time.Duration;

/**
 * How long a call may take, all tries together.
 *
 * @param total more than zero
 * @param origin the line that said it
 */
public record TimeoutRule(Duration total, Origin origin) {
    /** Fills a missing origin. */
    public TimeoutRule {
        origin = Origin.orUnknown(origin);
    }
}
