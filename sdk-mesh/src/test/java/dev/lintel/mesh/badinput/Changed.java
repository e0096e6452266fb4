package dev.lintel.mesh.badinput;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A tree in which one node, drawn by chance, is another one. */
final class Changed {
    /** What stands in for a node: one value of each type, among them such as are at an edge. */
    private static final List<Object> OTHERS = List.of(
            "mutant",
            "",
            "-",
            "/{",
            "*",
            "(a+)+$",
            "https://[",
            "\u0000\uD800",
            0,
            -1,
            Integer.MAX_VALUE,
            9_999_999_999L,
            1.5,
            true,
            List.of(),
            List.of(List.of(List.of())),
            List.of(1, "a", Map.of()),
            Map.of(),
            Map.of("mutant", List.of(1)),
            Map.of("", Map.of("", "")));

    private final Random random;
    private String place = "";

    Changed(long seed) {
        this.random = new Random(seed);
    }

    /** Where the node of the last tree stands, and what it is now. */
    String place() {
        return place;
    }

    /** A copy in which a node is left out, or another value. */
    Map<String, Object> tree(Map<String, Object> tree) {
        List<List<Object>> paths = new ArrayList<>();
        paths(tree, List.of(), paths);
        List<Object> path = paths.get(random.nextInt(paths.size()));
        int which = random.nextInt(OTHERS.size() + 4);
        Object other = which < OTHERS.size() ? OTHERS.get(which) : null;
        place = path + " is " + (other == null ? "left out" : other);
        return map(copy(tree, path, other));
    }

    /** A copy in which a map has one more field, {@code mutant}; the same one if no map of it is below a field. */
    Map<String, Object> more(Map<String, Object> tree) {
        List<List<Object>> paths = new ArrayList<>();
        paths(tree, List.of(), paths);
        paths.removeIf(path -> !(at(tree, path) instanceof Map<?, ?>));
        paths.add(List.of());
        List<Object> path = paths.get(random.nextInt(paths.size()));
        place = path + " has a field more";
        Map<String, Object> fuller = map(at(tree, path));
        fuller.put("mutant", "1");
        return map(copy(tree, path, fuller));
    }

    private static void paths(Object node, List<Object> path, List<List<Object>> into) {
        if (!path.isEmpty()) {
            into.add(path);
        }
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> paths(value, plus(path, String.valueOf(key)), into));
        } else if (node instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                paths(list.get(i), plus(path, i), into);
            }
        }
    }

    private static List<Object> plus(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private static Object at(Object node, List<Object> path) {
        if (path.isEmpty()) {
            return node;
        }
        List<Object> rest = path.subList(1, path.size());
        return node instanceof Map<?, ?> map
                ? at(map(map).get(String.valueOf(path.get(0))), rest)
                : at(((List<?>) node).get((Integer) path.get(0)), rest);
    }

    private static Object copy(Object node, List<Object> path, Object to) {
        if (path.isEmpty()) {
            return to;
        }
        List<Object> rest = path.subList(1, path.size());
        if (node instanceof Map<?, ?> map) {
            Map<String, Object> copy = map(map);
            String key = String.valueOf(path.get(0));
            Object next = copy(copy.get(key), rest, to);
            if (next == null) {
                copy.remove(key);
            } else {
                copy.put(key, next);
            }
            return copy;
        }
        List<Object> copy = new ArrayList<>((List<?>) node);
        int place = (Integer) path.get(0);
        Object next = copy(copy.get(place), rest, to);
        if (next == null) {
            copy.remove(place);
        } else {
            copy.set(place, next);
        }
        return copy;
    }

    private static Map<String, Object> map(Object node) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) node).forEach((key, value) -> map.put(String.valueOf(key), value));
        return map;
    }
}
