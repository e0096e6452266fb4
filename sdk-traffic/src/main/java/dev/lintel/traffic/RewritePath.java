package dev.lintel.traffic;

import dev.lintel.core.Policy;
import dev.lintel.core.match.PathPattern;

/**
 * Changes the path under which the service gets a request; access and routes are decided on the path as the client asked
 * for it. May be said for several paths; the most specific one wins.
 *
 * @param from {@code /shop/**} or {@code /shop}, without braces
 * @param to {@code /api/**} for a subtree, what stands below stays; {@code /api} for one path
 */
public record RewritePath(PathPattern from, PathPattern to) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.rewrite-path/v1";

    /** Checks that both are subtrees or both are paths, without braces. */
    public RewritePath {
        if (from.subtree() != to.subtree()) {
            throw new IllegalArgumentException(
                    "a rewrite goes from a subtree to a subtree ('/a/**' to '/b/**') or from a"
                            + " path to a path, but was '" + from + "' to '" + to + "'");
        }
        if (from.segments().stream().anyMatch(PathPattern::isTemplate)
                || to.segments().stream().anyMatch(PathPattern::isTemplate)) {
            throw new IllegalArgumentException("a rewrite cannot have braces, but was '" + from + "' to '" + to + "'");
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return from.toString();
    }
}
