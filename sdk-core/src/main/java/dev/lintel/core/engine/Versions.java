package dev.lintel.core.engine;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The versions of one service: they are named where they are used, and may be declared where labels do not tell. */
final class Versions {
    private final SortedMap<String, Version> known = new TreeMap<>();
    private final Map<String, Origin> origins = new HashMap<>();

    void declare(Version version, Origin origin) {
        known.put(version.name(), version);
        origins.putIfAbsent(version.name(), origin);
    }

    void use(String name, Origin origin) {
        known.putIfAbsent(name, Version.labelled(name));
        origins.putIfAbsent(name, origin);
    }

    List<Version> sorted() {
        return List.copyOf(known.values());
    }

    /** The line that named each version first, by name. */
    Map<String, Origin> origins() {
        return new TreeMap<>(origins);
    }

    /** Two names that differ only in case are one version, misspelt. */
    List<Problem> problems(String id) {
        List<Problem> problems = new ArrayList<>();
        Map<String, String> spelt = new HashMap<>();
        for (String name : known.keySet()) {
            String other = spelt.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                problems.add(new Problem(
                        "version.spelling",
                        id,
                        "names one version in two spellings: '" + other + "' and '" + name + "'",
                        "use one spelling"
                                + Origin.orUnknown(origins.get(other)).after("; the other is at "),
                        Origin.orUnknown(origins.get(name))));
            }
        }
        return problems;
    }
}
