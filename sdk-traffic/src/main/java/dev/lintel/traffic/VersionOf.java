package dev.lintel.traffic;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.Names;
import dev.lintel.core.Policy;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what tells the workloads of a version apart, where it is not the label {@code version}: other labels, or a service
 * of its own.
 *
 * @param name the version's name, as splits and routes use it
 * @param labels labels of its workloads; empty if it has a service of its own
 * @param service the name of its own service in the same namespace; null if labels tell
 */
public record VersionOf(
        String name, Map<String, String> labels, @Nullable String service) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "traffic.version/v1";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?");

    /** Sorts the labels, which have no order, and checks that labels or a service tell, one of them. */
    public VersionOf {
        name(name);
        labels = labels == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(labels));
        if (service != null) {
            Names.label("a service's name", service);
        }
        if (labels.isEmpty() == (service == null)) {
            throw new IllegalArgumentException(
                    "version '" + name + "' is told by labels or by a service of its own, one of them");
        }
    }

    /**
     * Checks the name of a version: letters, digits and hyphens, at most 63.
     *
     * @param name the name
     * @return the name
     */
    @CanIgnoreReturnValue
    static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a version's name must be letters, digits and '-', at most 63, but was '" + name + "'");
        }
        return name;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return name;
    }
}
