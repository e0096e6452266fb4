package dev.lintel.core.model;

import dev.lintel.core.Origin;

/**
 * A version that gets copies of calls; what it answers is thrown away (Envoy, request mirroring).
 *
 * @param version the version that gets copies
 * @param percent of how many calls, 1 to 100
 * @param origin the line that said it
 */
public record MirrorRule(String version, int percent, Origin origin) {
    /** Checks the share. */
    public MirrorRule {
        if (percent < 1 || percent > 100) {
            throw new IllegalArgumentException(
                    "a mirror gets 1 to 100 percent of the calls, but '" + version + "' was given " + percent);
        }
        origin = Origin.orUnknown(origin);
    }
}
