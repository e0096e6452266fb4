package dev.lintel.mesh.property;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Repeated;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Step.Doing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All sets of objects that may be in force while steps are taken: nobody says which object of a step comes first. */
final class Moments {
    /** So many objects of a step are taken in all orders, of more each as the first and each as the last. */
    private static final int ALL_ORDERS = 3;

    private Moments() {}

    /**
     * One moment.
     *
     * @param label of the step
     * @param objects what is in force
     * @param whole whether all of the step has been done
     */
    record Moment(String label, List<Manifest> objects, boolean whole) {}

    static List<Moment> of(List<Manifest> before, List<Step> steps) {
        Map<String, Manifest> there = new LinkedHashMap<>();
        before.forEach(each -> there.put(Repeated.key(each), each));
        List<Moment> moments = new ArrayList<>();
        for (Step step : steps) {
            for (Set<Integer> some : subsets(step.manifests().size())) {
                Map<String, Manifest> now = new LinkedHashMap<>(there);
                some.forEach(i -> take(step, step.manifests().get(i), now));
                moments.add(new Moment(
                        step.label() + " " + some,
                        List.copyOf(now.values()),
                        some.size() == step.manifests().size()));
            }
            step.manifests().forEach(each -> take(step, each, there));
        }
        return moments;
    }

    private static void take(Step step, Manifest each, Map<String, Manifest> there) {
        if (step.doing() == Doing.APPLY) {
            there.put(Repeated.key(each), each);
        } else {
            there.remove(Repeated.key(each));
        }
    }

    private static Set<Set<Integer>> subsets(int size) {
        Set<Set<Integer>> subsets = new LinkedHashSet<>();
        Set<Integer> all = new LinkedHashSet<>();
        for (int i = 0; i < size; i++) {
            all.add(i);
        }
        if (size <= ALL_ORDERS) {
            for (int mask = 1; mask < 1 << size; mask++) {
                Set<Integer> some = new LinkedHashSet<>();
                for (int i = 0; i < size; i++) {
                    if ((mask >> i & 1) != 0) {
                        some.add(i);
                    }
                }
                subsets.add(some);
            }
            return subsets;
        }
        for (int i = 0; i < size; i++) {
            subsets.add(Set.of(i));
            Set<Integer> rest = new LinkedHashSet<>(all);
            rest.remove(i);
            subsets.add(rest);
        }
        subsets.add(all);
        return subsets;
    }
}
