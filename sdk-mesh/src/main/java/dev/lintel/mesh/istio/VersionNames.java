package dev.lintel.mesh.istio;

import dev.lintel.core.model.Version;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a service while it is read: its subsets, and services that stand for a version. The service itself is one
 * of them where it has a share beside others.
 */
final class VersionNames {
    private final String service;
    private final Map<String, String> names;
    private final boolean shared;
    private final Map<String, Version> subsets = new TreeMap<>();
    private final Map<String, Version> services = new TreeMap<>();
    private final Set<String> ruled = new TreeSet<>();

    /**
     * No versions yet.
     *
     * @param service the service that has them
     * @param names what versions are called, by subset or service, where these do not tell
     * @param shared whether some route sends one share to the service itself and another one elsewhere
     */
    VersionNames(String service, Map<String, String> names, boolean shared) {
        this.service = service;
        this.names = names;
        this.shared = shared;
    }

    /** The service that has these versions. */
    String service() {
        return service;
    }

    void subset(String subset, Map<String, String> labels) {
        String label = labels.size() == 1 ? labels.get("version") : null;
        boolean told = label != null && label.toLowerCase(Locale.ROOT).equals(subset);
        String name = names.getOrDefault(subset, told ? String.valueOf(label) : subset);
        subsets.put(subset, new Version(name, labels, null));
    }

    /**
     * The version that a destination means.
     *
     * @return empty for any workload of the service
     * @throws IllegalArgumentException if the subset is not declared
     */
    Optional<String> version(String host, @Nullable String subset) {
        if (!host.equals(service) || subset == null && shared) {
            Version version =
                    services.computeIfAbsent(host, own -> new Version(names.getOrDefault(own, own), Map.of(), own));
            return Optional.of(version.name());
        }
        if (subset == null) {
            return Optional.empty();
        }
        Version version = subsets.get(subset);
        if (version == null) {
            throw new IllegalArgumentException("goes to subset '" + subset + "', which no DestinationRule declares");
        }
        return Optional.of(version.name());
    }

    /** Notes that a DestinationRule speaks about a service. */
    void ruled(String host) {
        ruled.add(host);
    }

    /** Services that stand for a version, about which no DestinationRule speaks. */
    List<String> unruled() {
        return services.keySet().stream()
                .filter(host -> !host.equals(service) && !ruled.contains(host))
                .toList();
    }

    /** All of them, sorted. */
    List<Version> sorted() {
        SortedMap<String, Version> sorted = new TreeMap<>();
        subsets.values().forEach(version -> sorted.put(version.name(), version));
        services.values().forEach(version -> sorted.put(version.name(), version));
        return List.copyOf(sorted.values());
    }
}
