package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;
import static dev.lintel.kubernetes.Nodes.text;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who owns which fields of an object, by {@code metadata.managedFields}: paths as the apiserver writes them in a conflict,
 * for example {@code .spec.http}.
 */
final class FieldPaths {
    private static final String ITSELF = ".";

    private FieldPaths() {}

    /**
     * All fields that a manager owns, whichever way it has written them.
     *
     * @param object a whole object
     * @param manager the field manager
     */
    static Set<String> of(Map<?, ?> object, String manager) {
        return all(object).getOrDefault(manager, Set.of());
    }

    /** All fields that other managers own. */
    static Set<String> others(Map<?, ?> object, String manager) {
        Set<String> others = new LinkedHashSet<>();
        all(object).forEach((each, paths) -> {
            if (!each.equals(manager)) {
                others.addAll(paths);
            }
        });
        return others;
    }

    /** Who owns a field or something in it, in the order of the managers. */
    static Set<String> owners(Map<?, ?> object, String path) {
        Set<String> owners = new LinkedHashSet<>();
        all(object).forEach((manager, paths) -> {
            if (paths.stream()
                    .anyMatch(
                            each -> each.equals(path) || each.startsWith(path + ".") || each.startsWith(path + "["))) {
                owners.add(manager);
            }
        });
        return owners;
    }

    private static Map<String, Set<String>> all(Map<?, ?> object) {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        for (Object each : list(map(object.get("metadata")).get("managedFields"))) {
            Map<?, ?> entry = map(each);
            if (!entry.containsKey("subresource")) {
                add(
                        "",
                        map(entry.get("fieldsV1")),
                        all.computeIfAbsent(text(entry.get("manager")), m -> new LinkedHashSet<>()));
            }
        }
        return all;
    }

    private static void add(String path, Map<?, ?> set, Set<String> paths) {
        if (set.isEmpty() && !path.isEmpty()) {
            paths.add(path);
        }
        set.forEach((key, inner) -> {
            String name = text(key);
            if (!name.equals(ITSELF)) {
                add(path + (name.startsWith("f:") ? "." + name.substring(2) : "[" + name + "]"), map(inner), paths);
            }
        });
    }
}
