package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which workloads policies hold for, as far as their labels tell: there may be workloads with the labels of both. */
final class Reached {
    private final Map<List<Object>, List<Passage>> sorts = new HashMap<>();
    /** By a label, so that of thousands of policies only a few are looked at. */
    private final Map<List<Object>, Map<String, List<Passage>>> byLabel = new HashMap<>();

    Reached(Collection<Passage> passages) {
        for (Passage each : passages) {
            if (each.role() == Role.KEEPS_OUT) {
                sorts.computeIfAbsent(sort(each.any()), s -> new ArrayList<>()).add(each);
            }
        }
    }

    /** The policies of one sort that may hold for a workload for which this one holds, with itself. */
    List<Passage> around(Passage policy) {
        List<Object> sort = sort(policy.any());
        List<Passage> all = sorts.getOrDefault(sort, List.of());
        Map<String, String> labels = labels(policy.any());
        if (labels.isEmpty()) {
            return all;
        }
        Map.Entry<String, String> label = labels.entrySet().iterator().next();
        Map<String, List<Passage>> values =
                byLabel.computeIfAbsent(List.of(sort, label.getKey()), s -> byValue(all, label.getKey()));
        List<Passage> around = new ArrayList<>(values.getOrDefault("=" + label.getValue(), List.of()));
        around.addAll(values.getOrDefault("", List.of()));
        around.removeIf(other -> isApart(labels, labels(other.any())));
        return around;
    }

    private static Map<String, List<Passage>> byValue(List<Passage> all, String label) {
        Map<String, List<Passage>> values = new HashMap<>();
        for (Passage each : all) {
            @Nullable String value = labels(each.any()).get(label);
            values.computeIfAbsent(value == null ? "" : "=" + value, v -> new ArrayList<>())
                    .add(each);
        }
        return values;
    }

    /** Whether a policy holds for every workload for which another one of its sort does. */
    static boolean isEverywhere(Manifest wide, Manifest narrow) {
        return isForSame(wide, narrow)
                || !wide.spec().containsKey("targetRefs")
                        && labels(narrow).entrySet().containsAll(labels(wide).entrySet());
    }

    /** Whether they hold for the same workloads. */
    static boolean isForSame(Manifest one, Manifest other) {
        return Objects.equals(one.spec().get("selector"), other.spec().get("selector"))
                && Objects.equals(one.spec().get("targetRefs"), other.spec().get("targetRefs"));
    }

    private static boolean isApart(Map<String, String> some, Map<String, String> others) {
        return some.entrySet().stream()
                .anyMatch(one -> !one.getValue().equals(others.getOrDefault(one.getKey(), one.getValue())));
    }

    /** The labels that are asked for; a single target counts as one. */
    private static Map<String, String> labels(Manifest policy) {
        Map<String, String> labels = new HashMap<>();
        SpecTree.map(SpecTree.map(policy.spec(), "selector"), "matchLabels")
                .forEach((name, value) -> labels.put(name, String.valueOf(value)));
        List<Map<String, Object>> targets = SpecTree.maps(policy.spec(), "targetRefs");
        if (targets.size() == 1) {
            labels.put("targetRefs", targets.toString());
        }
        return labels;
    }

    private static List<Object> sort(Manifest policy) {
        return List.of(Nearness.sort(policy), policy.namespace(), policy.spec().containsKey("targetRefs"));
    }
}
