package dev.lintel.mesh.steps;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sources and operations of policies: all fields of one must hold, and one value of each; fields with {@code not}, none. */
final class PolicyParts {
    private static final String PATHS = "paths";
    private static final String NOT_PATHS = "notPaths";
    /** Which of several issuers is good is asked by the RequestAuthentication that stands beside. */
    private static final String TOKENS = "requestPrincipals";

    private PolicyParts() {}

    static Optional<Map<String, List<String>>> and(Map<String, List<String>> one, Map<String, List<String>> other) {
        Map<String, List<String>> both = new LinkedHashMap<>(one);
        for (Map.Entry<String, List<String>> field : other.entrySet()) {
            List<String> mine = one.get(field.getKey());
            if (mine != null) {
                both.put(
                        field.getKey(),
                        isNegative(field.getKey()) || field.getKey().equals(TOKENS)
                                ? union(mine, field.getValue())
                                : common(field.getKey(), mine, field.getValue()));
            } else {
                both.put(field.getKey(), field.getValue());
            }
        }
        for (Map.Entry<String, List<String>> field : List.copyOf(both.entrySet())) {
            if (!isNegative(field.getKey())) {
                List<String> left = without(
                        field.getKey(), field.getValue(), both.getOrDefault(negative(field.getKey()), List.of()));
                if (left.isEmpty()) {
                    return Optional.empty();
                }
                both.put(field.getKey(), left);
            }
        }
        needless(both);
        return Optional.of(both);
    }

    /** What is not meant and could not be meant anyway. */
    private static void needless(Map<String, List<String>> part) {
        List<String> not = part.get(NOT_PATHS);
        List<String> paths = part.get(PATHS);
        if (not != null && paths != null) {
            List<String> left = not.stream()
                    .filter(one -> !paths.stream().allMatch(path -> isApart(PATHS, path, one)))
                    .toList();
            part.put(NOT_PATHS, left);
            if (left.isEmpty()) {
                part.remove(NOT_PATHS);
            }
        }
        List<String> notMethods = part.get("notMethods");
        if (notMethods != null && part.containsKey("methods")) {
            part.remove("notMethods");
        }
    }

    private static List<String> without(String field, List<String> values, List<String> not) {
        return values.stream()
                .filter(value -> not.stream().noneMatch(out -> covers(field, out, value)))
                .toList();
    }

    /** Whether whatever fits the second fits the first. */
    static boolean covers(Map<String, List<String>> wide, Map<String, List<String>> narrow) {
        for (Map.Entry<String, List<String>> field : wide.entrySet()) {
            String name = field.getKey();
            if (isNegative(name)) {
                List<String> not = narrow.getOrDefault(name, List.of());
                List<String> values = narrow.getOrDefault(positive(name), List.of());
                boolean out = field.getValue().stream()
                        .allMatch(value -> not.stream().anyMatch(other -> covers(positive(name), other, value))
                                || !values.isEmpty()
                                        && values.stream().allMatch(other -> isApart(positive(name), other, value)));
                if (!out) {
                    return false;
                }
            } else {
                List<String> values = narrow.get(name);
                if (values == null
                        || !values.stream()
                                .allMatch(value ->
                                        field.getValue().stream().anyMatch(other -> covers(name, other, value)))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean covers(String field, String wide, String narrow) {
        return wide.equals(narrow)
                || common(field, wide, narrow).filter(narrow::equals).isPresent();
    }

    private static List<String> common(String field, List<String> some, List<String> others) {
        Set<String> both = new LinkedHashSet<>();
        some.forEach(one -> others.forEach(other -> common(field, one, other).ifPresent(both::add)));
        List<String> needed = new ArrayList<>();
        for (String each : both) {
            if (both.stream().noneMatch(other -> !other.equals(each) && covers(field, other, each))) {
                needed.add(each);
            }
        }
        return needed;
    }

    private static Optional<String> common(String field, String one, String other) {
        if (one.equals(other)) {
            return Optional.of(one);
        }
        if (field.equals(PATHS)) {
            Optional<PathMeet> first = PathMeet.parse(one);
            Optional<PathMeet> second = PathMeet.parse(other);
            return first.isPresent() && second.isPresent()
                    ? first.get().and(second.get()).map(PathMeet::text)
                    : Optional.empty();
        }
        return fits(one, other) ? Optional.of(other) : fits(other, one) ? Optional.of(one) : Optional.empty();
    }

    /** Whether it is certain that nothing fits both. */
    private static boolean isApart(String field, String one, String other) {
        if (field.equals(PATHS)) {
            Optional<PathMeet> first = PathMeet.parse(one);
            Optional<PathMeet> second = PathMeet.parse(other);
            return first.isPresent()
                    && second.isPresent()
                    && first.get().and(second.get()).isEmpty();
        }
        return one.indexOf('*') < 0 && other.indexOf('*') < 0 && !one.equals(other);
    }

    /** Whether a value with a star at an end has another one. */
    private static boolean fits(String wide, String value) {
        return wide.equals("*")
                || wide.endsWith("*") && value.startsWith(wide.substring(0, wide.length() - 1))
                || wide.startsWith("*") && value.endsWith(wide.substring(1));
    }

    private static List<String> union(List<String> some, List<String> others) {
        Set<String> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return List.copyOf(all);
    }

    private static boolean isNegative(String field) {
        return field.startsWith("not") && field.length() > 3 && Character.isUpperCase(field.charAt(3));
    }

    private static String negative(String field) {
        return "not" + field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
    }

    private static String positive(String field) {
        return field.substring(3, 4).toLowerCase(Locale.ROOT) + field.substring(4);
    }
}
