package dev.lintel.mesh.istio;

import dev.lintel.core.match.Endpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Some methods: those named, or all but those named.
 *
 * @param allBut whether the names are what is missing
 * @param names the names
 */
record MethodSet(boolean allBut, NavigableSet<String> names) {
    static final MethodSet ALL = new MethodSet(true, new TreeSet<>());
    static final MethodSet NONE = new MethodSet(false, new TreeSet<>());

    MethodSet {
        names = Collections.unmodifiableNavigableSet(new TreeSet<>(names));
    }

    /** The methods of an endpoint; {@code HEAD} follows {@code GET}. */
    static MethodSet of(Endpoint endpoint) {
        return endpoint.methods().isEmpty() ? ALL : of(endpoint.methods());
    }

    static MethodSet of(List<String> methods) {
        NavigableSet<String> names = new TreeSet<>(methods);
        if (names.contains("GET")) {
            names.add("HEAD");
        }
        return new MethodSet(false, names);
    }

    boolean isEmpty() {
        return !allBut && names.isEmpty();
    }

    boolean isAll() {
        return allBut && names.isEmpty();
    }

    boolean contains(String method) {
        return names.contains(method) != allBut;
    }

    MethodSet union(MethodSet other) {
        return complement().intersect(other.complement()).complement();
    }

    MethodSet minus(MethodSet other) {
        return intersect(other.complement());
    }

    MethodSet complement() {
        return new MethodSet(!allBut, names);
    }

    MethodSet intersect(MethodSet other) {
        NavigableSet<String> result = new TreeSet<>();
        if (allBut && other.allBut) {
            result.addAll(names);
            result.addAll(other.names);
            return new MethodSet(true, result);
        }
        MethodSet listed = allBut ? other : this;
        MethodSet filter = allBut ? this : other;
        listed.names.stream().filter(filter::contains).forEach(result::add);
        return new MethodSet(false, result);
    }

    /** The names as they are written. */
    List<String> list() {
        return new ArrayList<>(names);
    }
}
