package dev.lintel.core.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies maps so that they keep their order and cannot change; most have one entry, which then costs little. */
final class Ordered {
    private Ordered() {}

    static <K, V> Map<K, V> copy(Map<K, V> map) {
        if (map.size() > 1) {
            return Collections.unmodifiableMap(new LinkedHashMap<>(map));
        }
        for (Map.Entry<K, V> only : map.entrySet()) {
            return Map.of(only.getKey(), only.getValue());
        }
        return Map.of();
    }
}
