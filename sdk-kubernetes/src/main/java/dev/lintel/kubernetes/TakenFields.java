package dev.lintel.kubernetes;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an object said in the fields that an apply takes over from others: without them nobody could go back. Of a list that
 * several own, items with one {@code name} are one item; of what we write, the listeners of a Gateway alone are such a list.
 */
final class TakenFields {
    private static final String NAME = "name";

    private TakenFields() {}

    /**
     * What we had said, and what others had said where we write something else.
     *
     * @param said what we had said
     * @param keeps the same as the cluster keeps it, so that its defaults are nobody's
     * @param live what was in force
     * @param wanted what is written
     */
    static Manifest with(Manifest said, Manifest keeps, Manifest live, Manifest wanted) {
        Map<String, Object> taken = taken(keeps.spec(), live.spec(), wanted.spec());
        return taken.isEmpty() ? said : said.withSpec(joined(said.spec(), taken));
    }

    private static Map<String, Object> taken(Map<?, ?> keeps, Map<?, ?> live, Map<?, ?> wanted) {
        Map<String, Object> taken = new LinkedHashMap<>();
        wanted.forEach((key, want) -> {
            Object is = live.get(key);
            if (want instanceof Map<?, ?> more && is instanceof Map<?, ?> inner) {
                Map<String, Object> below = taken(map(keeps.get(key)), inner, more);
                if (!below.isEmpty()) {
                    taken.put(String.valueOf(key), below);
                }
            } else if (keeps.get(key) instanceof List<?> kept
                    && want instanceof List<?> more
                    && is instanceof List<?> inner) {
                List<Object> below = items(named(kept), named(inner), named(more));
                if (!below.isEmpty()) {
                    taken.put(String.valueOf(key), below);
                }
            } else if (is != null && !is.equals(want) && !keeps.containsKey(key)) {
                taken.put(String.valueOf(key), is);
            }
        });
        return taken;
    }

    private static List<Object> items(
            Map<Object, Map<?, ?>> keeps, Map<Object, Map<?, ?>> live, Map<Object, Map<?, ?>> wanted) {
        List<Object> taken = new ArrayList<>();
        wanted.forEach((name, want) -> {
            Map<String, Object> below =
                    taken(keeps.getOrDefault(name, Map.of()), live.getOrDefault(name, Map.of()), want);
            if (!below.isEmpty()) {
                below.put(NAME, name);
                taken.add(below);
            }
        });
        return taken;
    }

    /** Empty where not every item has a name of its own. */
    private static Map<Object, Map<?, ?>> named(List<?> items) {
        Map<Object, Map<?, ?>> named = new LinkedHashMap<>();
        for (Object item : items) {
            Object name = map(item).get(NAME);
            if (name == null || named.put(name, map(item)) != null) {
                return Map.of();
            }
        }
        return named;
    }

    private static Map<String, Object> joined(Map<?, ?> said, Map<String, Object> taken) {
        Map<String, Object> all = new LinkedHashMap<>();
        said.forEach((key, value) -> all.put(String.valueOf(key), value));
        taken.forEach((key, value) -> all.merge(key, value, TakenFields::both));
        return all;
    }

    private static Object both(Object ours, Object theirs) {
        if (ours instanceof Map<?, ?> one && theirs instanceof Map<?, ?> other) {
            return joined(one, texts(other));
        }
        if (ours instanceof List<?> some
                && theirs instanceof List<?> more
                && named(some).size() == some.size()) {
            Map<Object, Map<?, ?>> all = new LinkedHashMap<>(named(some));
            named(more).forEach((name, item) -> all.merge(name, item, (one, other) -> joined(one, texts(other))));
            return List.copyOf(all.values());
        }
        return ours;
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return named;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
