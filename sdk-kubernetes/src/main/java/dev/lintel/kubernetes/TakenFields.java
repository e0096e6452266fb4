package dev.lintel.kubernetes;

import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an object said in the fields that an apply takes over from others: without them nobody could go back. */
final class TakenFields {
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
            } else if (is != null && !is.equals(want) && !keeps.containsKey(key)) {
                taken.put(String.valueOf(key), is);
            }
        });
        return taken;
    }

    private static Map<String, Object> joined(Map<?, ?> said, Map<String, Object> taken) {
        Map<String, Object> all = new LinkedHashMap<>();
        said.forEach((key, value) -> all.put(String.valueOf(key), value));
        taken.forEach((key, value) -> all.merge(
                key,
                value,
                (ours, theirs) -> ours instanceof Map<?, ?> one && theirs instanceof Map<?, ?> other
                        ? joined(one, texts(other))
                        : ours));
        return all;
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
