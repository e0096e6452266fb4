package dev.lintel.mesh.lint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What is for the same workloads, found by what it may have in common, so that many objects for many workloads are not all
 * compared.
 *
 * @param <T> an object, with whatever else is known of it; two are the same only where they are one
 */
final class Near<T> {
    private final Scene scene;
    private final Function<T, Scope> scopes;
    private final List<T> all;
    private final Map<T, List<String>> keys = new HashMap<>();
    private final Map<String, List<T>> byKey = new HashMap<>();
    private final Map<String, List<T>> byNamespace = new HashMap<>();
    private final Map<String, List<T>> wide = new HashMap<>();

    Near(Scene scene, List<T> all, Function<T, Scope> scopes) {
        this.scene = scene;
        this.scopes = scopes;
        this.all = all;
        for (T one : all) {
            Scope scope = scopes.apply(one);
            for (String key : keys.computeIfAbsent(one, o -> keys(scope))) {
                byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(one);
            }
            byNamespace
                    .computeIfAbsent(scope.namespace(), n -> new ArrayList<>())
                    .add(one);
            if (scope.isForTheNamespace()) {
                wide.computeIfAbsent(scope.namespace(), n -> new ArrayList<>()).add(one);
            }
        }
    }

    private List<String> keys(Scope scope) {
        List<String> found = new ArrayList<>();
        String where = scope.namespace() + " ";
        scope.labels().forEach((name, value) -> found.add(where + name + "=" + value));
        scope.targets().forEach(target -> found.add(where + target));
        scene.workloads(scope).forEach(each -> found.add(each.manifest().id()));
        return found;
    }

    /** Those that are for some of the same workloads, the object itself among them. */
    List<T> of(T one) {
        Scope scope = scopes.apply(one);
        Set<T> others = new LinkedHashSet<>();
        keys.getOrDefault(one, List.of()).forEach(key -> others.addAll(byKey.getOrDefault(key, List.of())));
        others.addAll(wide.getOrDefault(scope.namespace(), List.of()));
        others.addAll(wide.getOrDefault(scene.root(), List.of()));
        if (scope.isForTheNamespace()) {
            others.addAll(scope.isForTheMesh() ? all : byNamespace.getOrDefault(scope.namespace(), List.of()));
        }
        return others.stream()
                .filter(other -> scope.meets(scopes.apply(other), scene))
                .toList();
    }
}
