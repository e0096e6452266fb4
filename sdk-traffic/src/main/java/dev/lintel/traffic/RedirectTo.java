package dev.lintel.traffic;

import dev.lintel.core.Policy;
import dev.lintel.core.match.Match;
import java.util.Objects;

/**
 * Points callers of some requests elsewhere, in place of the service. An entry policy: access is asked before it; calls from
 * inside go on. May be said for several matches; which of the routes governs is a matter of precedence, not of order.
 *
 * @param match which requests
 * @param to where they are sent
 */
public record RedirectTo(Match match, Redirect to) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.redirect/v1";

    /** Checks that nothing is missing. */
    public RedirectTo {
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(to, "to");
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
