package dev.lintel.graphql.model;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The property that tells which one of several types an object is of.
 *
 * @param property its name in JSON
 * @param types ids of types by its values
 */
public record Discriminator(String property, SortedMap<String, String> types) {
    /** Keeps a copy. */
    public Discriminator {
        Objects.requireNonNull(property, "property");
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
    }

    /**
     * From any map.
     *
     * @param property its name in JSON
     * @param types ids of types by its values
     * @return the discriminator
     */
    public static Discriminator of(String property, Map<String, String> types) {
        return new Discriminator(property, new TreeMap<>(types));
    }
}
