package dev.lintel.core.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of a service: workloads that carry some labels, or a service of its own.
 *
 * @param name as it is said in a split or a route
 * @param labels what tells its workloads from those of other versions; empty if it has a service of its own
 * @param service the name of that service; null if labels tell
 */
public record Version(
        String name, Map<String, String> labels, @Nullable String service) {
    /** Keeps the labels in their order. */
    public Version {
        labels = Ordered.copy(labels);
    }

    /**
     * A version told by Istio's customary label.
     *
     * @param name the version's name
     * @return the version with the label {@code version=name}
     */
    public static Version labelled(String name) {
        return new Version(name, Map.of("version", name), null);
    }
}
