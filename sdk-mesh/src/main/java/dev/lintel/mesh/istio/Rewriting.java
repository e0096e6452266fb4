package dev.lintel.mesh.istio;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Rewrite;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a set of paths on its way to the service. */
final class Rewriting {
    private Rewriting() {}

    /** The rewrite that governs a region: the most specific one; null if none does, or it changes nothing. */
    static @Nullable Rewrite governing(List<Rewrite> ordered, PathPattern region) {
        for (Rewrite rewrite : ordered) {
            if (rewrite.from().covers(region)) {
                return isIdentity(rewrite) ? null : rewrite;
            }
        }
        return null;
    }

    /** The paths as the service gets them. */
    static PathPattern image(@Nullable Rewrite rewrite, PathPattern region) {
        if (rewrite == null) {
            return region;
        }
        List<String> segments = new ArrayList<>(target(rewrite).segments());
        List<String> below = region.segments()
                .subList(rewrite.from().segments().size(), region.segments().size());
        segments.addAll(below);
        return new PathPattern(segments, region.subtree());
    }

    /** Where the node of a rewrite goes. */
    static PathPattern target(Rewrite rewrite) {
        String to = rewrite.to();
        return PathPattern.parse(to.length() > 1 && to.endsWith("/") ? to.substring(0, to.length() - 1) : to);
    }

    private static boolean isIdentity(Rewrite rewrite) {
        return rewrite.from().subtree()
                && rewrite.to().equals(rewrite.from().segments().isEmpty() ? "/" : Forms.node(rewrite.from(), ""));
    }
}
