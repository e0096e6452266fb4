package dev.lintel.graphql.execute;

import java.util.ArrayList;
import java.util.List;

/** Where in the data the work is. */
final class Path {
    private final List<Object> keys = new ArrayList<>();

    void push(Object key) {
        keys.add(key);
    }

    void pop() {
        Object unusedKey = keys.remove(keys.size() - 1);
    }

    List<Object> copy() {
        return List.copyOf(keys);
    }

    /** Goes somewhere else. */
    void to(List<Object> place) {
        keys.clear();
        keys.addAll(place);
    }
}
