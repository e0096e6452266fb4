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
     * Rewrites one path.
     *
     * @param path a path in normal form that {@code from} matches
     * @return the path that is forwarded
     */
    public String apply(String path) {
        if (!from.subtree()) {
            return to;
        }
        int prefix = from.segments().isEmpty()
                ? 0
                : from.segments().stream().mapToInt(s -> s.length() + 1).sum();
        String rest = path.substring(prefix);
        if (rest.isEmpty()) {
            return to;
        }
        return to.endsWith("/") ? to + rest.substring(1) : to + rest;
    }
}
