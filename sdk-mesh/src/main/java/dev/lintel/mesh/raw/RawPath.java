package dev.lintel.mesh.raw;

import dev.lintel.mesh.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A place below {@code spec}: names and indexes, at most 16 of them. */
record RawPath(List<Object> steps) {
    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]{0,62})|\\[(\\d{1,4})]|\\[\"([^\"\\\\\\p{Cntrl}]{1,253})\"]");
    private static final int MOST = 16;
    /** What is said about calls to a service. */
    private static final Set<String> CALLS =
            Set.of("timeout", "retries", "rewrite", "mirror", "mirrors", "mirrorPercentage");

    static RawPath parse(String path) {
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        int at = path.startsWith("spec") ? 4 : 0;
        while (at > 0 && at < path.length() && step.find(at) && step.start() == at && steps.size() < MOST) {
            String name = step.group(1) == null ? step.group(3) : step.group(1);
            steps.add(name == null ? (Object) Integer.valueOf(step.group(2)) : name);
            at = step.end();
        }
        if (at != path.length() || steps.isEmpty() || !(steps.get(0) instanceof String)) {
            throw new IllegalArgumentException("a path is like spec.http[0].timeout, with at most " + MOST
                    + " steps below spec, but was '" + path + "'");
        }
        return new RawPath(List.copyOf(steps));
    }

    /** The name of the field of {@code spec} in which it is. */
    String top() {
        return String.valueOf(steps.get(0));
    }

    /** Whether it is about a call to a service, and in a rule of a VirtualService that makes none. */
    boolean isIdleIn(Map<String, Object> spec) {
        return steps.size() > 2
                && steps.get(0).equals("http")
                && steps.get(1) instanceof Integer index
                && steps.get(2) instanceof String field
                && CALLS.contains(field)
                && spec.get("http") instanceof List<?> rules
                && index < rules.size()
                && isAnswer(rules.get(index));
    }

    /** The places of the rules of a VirtualService that go to a service. */
    static List<String> routes(Map<String, Object> spec) {
        List<String> routes = new ArrayList<>();
        if (spec.get("http") instanceof List<?> rules) {
            for (int i = 0; i < rules.size(); i++) {
                if (!isAnswer(rules.get(i))) {
                    routes.add("spec.http[" + i + "]");
                }
            }
        }
        return routes;
    }

    private static boolean isAnswer(@Nullable Object rule) {
        return rule instanceof Map<?, ?> map && (map.containsKey("directResponse") || map.containsKey("redirect"));
    }

    /**
     * Another tree with the value at this place, or without it for null.
     *
     * @throws IllegalArgumentException if what is above it is of another type, or not there
     */
    Map<String, Object> in(Map<String, Object> spec, @Nullable Object value) {
        Object changed = change(spec, 0, value, "spec");
        return changed instanceof Map<?, ?> map ? Trees.copy(map) : Map.of();
    }

    private @Nullable Object change(@Nullable Object tree, int depth, @Nullable Object value, String where) {
        if (depth == steps.size()) {
            return value;
        }
        if (steps.get(depth) instanceof Integer index) {
            if (!(tree instanceof List<?> list)) {
                throw new IllegalArgumentException(where + " is no list");
            }
            int end = value == null ? list.size() - 1 : list.size();
            if (index > end || index == list.size() && depth + 1 < steps.size()) {
                throw new IllegalArgumentException(where + " has " + list.size() + " elements, but no [" + index + "]");
            }
            List<Object> copy = new ArrayList<>(list);
            Object old = index < list.size() ? list.get(index) : null;
            Object now = change(old, depth + 1, value, where + "[" + index + "]");
            if (now == null) {
                copy.remove(index.intValue());
            } else if (index == list.size()) {
                copy.add(now);
            } else {
                copy.set(index, now);
            }
            return copy;
        }
        String name = String.valueOf(steps.get(depth));
        if (tree != null && !(tree instanceof Map<?, ?>)) {
            throw new IllegalArgumentException(where + " is no map");
        }
        Map<String, Object> copy = tree instanceof Map<?, ?> map ? Trees.copy(map) : new LinkedHashMap<>();
        if (value == null && !copy.containsKey(name)) {
            throw new IllegalArgumentException(where + " has no '" + name + "' to remove; it has " + copy.keySet());
        }
        Object now = change(copy.get(name), depth + 1, value, where + "." + name);
        if (now == null) {
            copy.remove(name);
        } else {
            copy.put(name, now);
        }
        return copy;
    }
}
