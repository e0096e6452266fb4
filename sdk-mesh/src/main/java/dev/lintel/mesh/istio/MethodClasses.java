package dev.lintel.mesh.istio;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Methods that nothing tells apart fare alike, so that the first of each such class is asked about for all of it. */
final class MethodClasses {
    private final Map<String, String> firsts = new LinkedHashMap<>();

    /**
     * Takes methods apart.
     *
     * @param methods all that matter
     * @param named the sets of methods by which something tells them apart
     */
    MethodClasses(Set<String> methods, Collection<? extends Set<String>> named) {
        Map<List<Boolean>, String> found = new HashMap<>();
        for (String method : methods) {
            List<Boolean> told =
                    named.stream().map(names -> names.contains(method)).toList();
            firsts.put(method, found.computeIfAbsent(told, same -> method));
        }
    }

    /** The first of each class, in the order of the methods. */
    Set<String> firsts() {
        return new LinkedHashSet<>(firsts.values());
    }

    /**
     * The same for each method.
     *
     * @param byFirst what holds for the first of each class; where it says nothing, nothing is said
     */
    <V> Map<String, V> all(Map<String, V> byFirst) {
        Map<String, V> all = new LinkedHashMap<>();
        firsts.forEach((method, first) -> {
            V value = byFirst.get(first);
            if (value != null) {
                all.put(method, value);
            }
        });
        return all;
    }
}
