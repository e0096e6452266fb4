package dev.lintel.core.policy;

import dev.lintel.core.Policy;
import dev.lintel.core.match.PathPattern;
import java.util.List;

/**
 * Says which paths of its hosts belong to an API, in place of all of them, so that several APIs of one namespace may share
 * a host. What belongs to none of them is answered 404. Calls from inside, to the service itself, have all paths.
 *
 * @param paths at least one, none of which is part of another
 */
public record AtPaths(List<PathPattern> paths) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "entry.paths/v1";

    /** Checks that there is a path, and that none is said twice. */
    public AtPaths {
        paths = paths == null ? List.of() : List.copyOf(paths);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException(
                    "atPaths(…) must name at least one path; leave it out for all paths of the host");
        }
        for (int i = 0; i < paths.size(); i++) {
            for (int j = 0; j < paths.size(); j++) {
                if (i != j && paths.get(i).covers(paths.get(j))) {
                    throw new IllegalArgumentException("atPaths(…) must name each path once, but '" + paths.get(j)
                            + "' is part of '" + paths.get(i) + "'");
                }
            }
        }
    }

    @Override
    public String kind() {
        return KIND;
    }
}
