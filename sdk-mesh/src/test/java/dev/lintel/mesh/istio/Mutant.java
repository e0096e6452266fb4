package dev.lintel.mesh.istio;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Manifests in which a writer made one mistake. */
final class Mutant {
    private Mutant() {}

    /** Without the objects of a kind. */
    static UnaryOperator<List<Manifest>> without(String kind) {
        return manifests -> manifests.stream()
                .filter(manifest -> !manifest.kind().equals(kind))
                .toList();
    }

    /** Without one object. */
    static UnaryOperator<List<Manifest>> without(String kind, String name, String namespace) {
        return manifests -> {
            List<Manifest> left = manifests.stream()
                    .filter(manifest -> !manifest.id().equals(kind + " " + namespace + "/" + name))
                    .toList();
            if (left.size() != manifests.size() - 1) {
                throw new IllegalStateException("there is no " + kind + " " + namespace + "/" + name);
            }
            return left;
        };
    }

    /** With a change in the {@code spec} of one object, given as a tree that may be changed. */
    static UnaryOperator<List<Manifest>> of(String kind, String nameEnd, Consumer<Map<String, Object>> change) {
        return where(kind, name -> name.endsWith(nameEnd), change);
    }

    /** The same for the object of one name. */
    static UnaryOperator<List<Manifest>> named(String kind, String name, Consumer<Map<String, Object>> change) {
        return where(kind, name::equals, change);
    }

    private static UnaryOperator<List<Manifest>> where(
            String kind, Predicate<String> name, Consumer<Map<String, Object>> change) {
        return manifests -> {
            List<Manifest> mutated = new ArrayList<>();
            int hits = 0;
            for (Manifest manifest : manifests) {
                boolean hit = manifest.kind().equals(kind) && name.test(manifest.name());
                mutated.add(hit ? changed(manifest, change) : manifest);
                hits += hit ? 1 : 0;
            }
            if (hits != 1 || mutated.equals(manifests)) {
                throw new IllegalStateException("changed nothing of " + kind + ", or too much");
            }
            return mutated;
        };
    }

    private static Manifest changed(Manifest manifest, Consumer<Map<String, Object>> change) {
        Map<String, Object> spec = map(copy(manifest.spec()));
        change.accept(spec);
        return manifest.withSpec(spec);
    }

    /** The part at a path of names and positions. */
    static Object at(Map<String, Object> spec, Object... path) {
        Object part = spec;
        for (Object step : path) {
            part = step instanceof Integer position
                    ? list(part).get(position)
                    : map(part).get(String.valueOf(step));
        }
        return part;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object part) {
        return (Map<String, Object>) part;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object part) {
        return (List<Object>) part;
    }

    private static Object copy(Object part) {
        if (part instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(String.valueOf(key), copy(value)));
            return copy;
        }
        if (part instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(value -> copy.add(copy(value)));
            return copy;
        }
        return part;
    }
}
