package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Repeated;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One object on both sides of the way.
 *
 * @param before as it is in force; null if it is not there
 * @param after as it is to be; null if it is to go
 */
record Passage(@Nullable Manifest before, @Nullable Manifest after) {
    /** By what a cluster keeps as one object, those that are to be first. */
    static Map<String, Passage> of(List<Manifest> before, List<Manifest> after) {
        Map<String, Manifest> old = new LinkedHashMap<>();
        before.forEach(each -> old.put(Repeated.key(each), each));
        Map<String, Passage> pairs = new LinkedHashMap<>();
        after.forEach(each -> pairs.put(Repeated.key(each), new Passage(old.get(Repeated.key(each)), each)));
        old.forEach((key, each) -> pairs.putIfAbsent(key, new Passage(each, null)));
        return pairs;
    }

    /** The object, as it is to be if it is. */
    Manifest any() {
        return after == null ? Objects.requireNonNull(before) : after;
    }

    /** The object before and after, as far as it is there. */
    List<Manifest> sides() {
        return Stream.of(before, after).flatMap(Stream::ofNullable).toList();
    }

    boolean isChanged() {
        return !Objects.equals(before, after);
    }

    Role role() {
        return Role.of(any());
    }
}
