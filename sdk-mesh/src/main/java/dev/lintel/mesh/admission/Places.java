package dev.lintel.mesh.admission;

import static dev.lintel.mesh.Trees.map;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Namespaces in which guard rails stand.
 *
 * @param only these alone; all if it is empty
 * @param except not in these
 */
record Places(List<String> only, List<String> except) {
    /** The label with its name that the apiserver puts on each namespace, and that nobody can change. */
    private static final String NAME = "kubernetes.io/metadata.name";

    Places {
        only = List.copyOf(only);
        except = List.copyOf(except);
    }

    Map<String, Object> selector(List<String> alsoExcept) {
        Set<String> out = new LinkedHashSet<>(except);
        out.addAll(alsoExcept);
        List<Object> expressions = new ArrayList<>();
        if (!only.isEmpty()) {
            expressions.add(map("key", NAME, "operator", "In", "values", only));
        }
        expressions.add(map("key", NAME, "operator", "NotIn", "values", new ArrayList<>(out)));
        return map("matchExpressions", expressions);
    }
}
