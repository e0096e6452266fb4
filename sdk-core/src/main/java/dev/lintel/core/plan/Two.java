package dev.lintel.core.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A named thing before and now; at least one of the two is there.
 *
 * @param <T> the thing
 */
record Two<T>(String name, @Nullable T was, @Nullable T is) {
    /** All names of both, those that are there now first. */
    static <T> List<Two<T>> of(Map<String, T> before, Map<String, T> now) {
        Set<String> names = new LinkedHashSet<>(now.keySet());
        names.addAll(before.keySet());
        List<Two<T>> all = new ArrayList<>();
        names.forEach(name -> all.add(new Two<>(name, before.get(name), now.get(name))));
        return all;
    }

    /** The same for lists whose items have a name; of two with one name the first counts. */
    static <T> List<Two<T>> of(List<T> before, List<T> now, Function<T, String> name) {
        return of(index(before, name), index(now, name));
    }

    private static <T> Map<String, T> index(List<T> items, Function<T, String> name) {
        Map<String, T> index = new LinkedHashMap<>();
        items.forEach(item -> index.putIfAbsent(name.apply(item), item));
        return index;
    }
}
