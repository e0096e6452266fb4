package dev.lintel.core.model;

import dev.lintel.core.Origin;
import dev.lintel.core.match.PathPattern;
import java.util.Objects;

/**
 * The path under which the service gets a request: the literal part of {@code from} is replaced by {@code to}, what
 * stands below it stays.
 *
 * @param from an exact path or a prefix, without templates
 * @param to the path or, for a prefix, the node that takes the place of {@code from}; starts with {@code /}
 * @param origin the line that said it
 */
public record Rewrite(PathPattern from, String to, Origin origin) {
    /** Checks that nothing is missing. */
    public Rewrite {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        origin = Origin.orUnknown(origin);
    }

    /**
     * Rewrites one path. A trailing slash stays below a prefix; an exact path is replaced as a whole, with its slash.
     *
     * @param path a path in normal form that {@code from} matches
     * @return the path that is forwarded, in normal form again
     */
    public String apply(String path) {
        if (!from.subtree()) {
            return to;
        }
        int prefix = 0;
        for (int i = 0; i < from.segments().size(); i++) {
            prefix += from.segments().get(i).length() + 1;
        }
        String rest = path.substring(prefix);
        if (rest.isEmpty()) {
            return to;
        }
        return to.endsWith("/") ? to + rest.substring(1) : to + rest;
    }
}
