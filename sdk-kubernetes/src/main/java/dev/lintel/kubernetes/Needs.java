package dev.lintel.kubernetes;

import dev.lintel.kubernetes.Rights.Rule;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers verbs, and makes as few rules of them as say the same. */
final class Needs {
    private final Map<Place, Set<String>> verbs = new TreeMap<>(Comparator.comparing(Place::namespace)
            .thenComparing(Place::group)
            .thenComparing(Place::resource)
            .thenComparing(Place::name));

    /** One kind of objects in one place, or one object. */
    private record Place(String namespace, String group, String resource, String name) {}

    /** What one rule says beside its resources. */
    private record Alike(String namespace, String group, String name, List<String> verbs) {}

    void add(Manifest object, List<String> some) {
        ObjectKind.of(object).ifPresent(kind -> add(object.namespace(), kind.group(), kind.plural(), "", some));
    }

    /**
     * More of them.
     *
     * @param namespace empty for all
     * @param name empty for all objects
     */
    void add(String namespace, String group, String resource, String name, List<String> some) {
        verbs.computeIfAbsent(new Place(namespace, group, resource, name), p -> new TreeSet<>())
                .addAll(some);
    }

    void add(Needs more) {
        more.verbs.forEach((place, some) ->
                add(place.namespace(), place.group(), place.resource(), place.name(), List.copyOf(some)));
    }

    Rights rights() {
        Map<Alike, List<String>> resources = new LinkedHashMap<>();
        verbs.forEach((place, some) -> resources
                .computeIfAbsent(
                        new Alike(place.namespace(), place.group(), place.name(), List.copyOf(some)),
                        a -> new ArrayList<>())
                .add(place.resource()));
        List<Rule> rules = new ArrayList<>();
        resources.forEach((alike, some) -> rules.add(new Rule(
                alike.namespace(),
                alike.group(),
                some,
                alike.name().isEmpty() ? List.of() : List.of(alike.name()),
                alike.verbs())));
        return new Rights(rules);
    }
}
