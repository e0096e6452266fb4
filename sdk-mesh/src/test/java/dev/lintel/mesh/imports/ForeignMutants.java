package dev.lintel.mesh.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every way to change one node of foreign trees: it is left out, has another value, or is of another type. */
final class ForeignMutants {
    /** What makes a node vanish. */
    private static final Object GONE = new Object();

    private ForeignMutants() {}

    /**
     * One changed node.
     *
     * @param place kind and path, without the places in lists
     * @param what what became of the node
     * @param documents everything, with that change
     */
    record Mutant(String place, String what, List<Object> documents) {}

    static List<Mutant> of(List<Object> documents) {
        List<Mutant> mutants = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            Object kind = documents.get(i) instanceof Map<?, ?> map ? map.get("kind") : null;
            visit(documents, List.of(i), kind == null ? "" : String.valueOf(kind), documents.get(i), mutants);
        }
        return mutants;
    }

    private static void visit(
            List<Object> documents, List<Object> path, String place, Object node, List<Mutant> mutants) {
        mutants.add(new Mutant(place, "left out", changed(documents, path, GONE)));
        if (node instanceof Map<?, ?> map) {
            mutants.add(new Mutant(place, "text", changed(documents, path, "mutant")));
            map.forEach((key, value) ->
                    visit(documents, plus(path, String.valueOf(key)), place + "." + key, value, mutants));
        } else if (node instanceof List<?> list) {
            mutants.add(new Mutant(place, "text", changed(documents, path, "mutant")));
            for (int i = 0; i < list.size(); i++) {
                visit(documents, plus(path, i), place, list.get(i), mutants);
            }
        } else {
            mutants.add(new Mutant(place, "other value", changed(documents, path, other(node))));
            mutants.add(new Mutant(place, "map", changed(documents, path, Map.of("mutant", 1))));
        }
    }

    private static Object other(Object value) {
        if (value instanceof Boolean flag) {
            return !flag;
        }
        return value instanceof Integer number ? (Object) (number + 1) : "mutant" + value;
    }

    private static List<Object> plus(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static List<Object> changed(List<Object> documents, List<Object> path, Object to) {
        return List.copyOf((List<?>) copy(documents, path, to));
    }

    private static Object copy(Object node, List<Object> path, Object to) {
        if (path.isEmpty()) {
            return to;
        }
        List<Object> rest = path.subList(1, path.size());
        if (node instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> {
                Object next = key.equals(path.get(0)) ? copy(value, rest, to) : value;
                if (next != GONE) {
                    copy.put(String.valueOf(key), next);
                }
            });
            return copy;
        }
        List<Object> copy = new ArrayList<>();
        List<?> list = (List<?>) node;
        for (int i = 0; i < list.size(); i++) {
            Object next = path.get(0).equals(i) ? copy(list.get(i), rest, to) : list.get(i);
            if (next != GONE) {
                copy.add(next);
            }
        }
        return copy;
    }
}
