package dev.lintel.mesh.steps;

import dev.lintel.mesh.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What two sets of rules of ALLOW policies both let through, as rules of one policy: each rule of one with each of the
 * other. Values that cannot be compared are taken to have nothing in common, so that too much is refused and never too
 * little.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/security/authorization-policy/">Istio, Authorization Policy</a>
 */
final class AllowMeet {
    /** Above so many rules an object would not fit into etcd any more; then nothing is let through. */
    private static final int MOST = 400;

    private AllowMeet() {}

    /**
     * One rule: any of the sources, any of the operations, all conditions.
     *
     * @param from empty for everybody
     * @param to empty for every request
     * @param when what must be so besides
     */
    private record Rule(
            List<Map<String, List<String>>> from, List<Map<String, List<String>>> to, Set<Map<String, Object>> when) {
        static Rule of(Map<String, Object> tree) {
            return new Rule(
                    parts(tree, "from", "source"),
                    parts(tree, "to", "operation"),
                    new LinkedHashSet<>(SpecTree.maps(tree, "when")));
        }

        private static List<Map<String, List<String>>> parts(Map<String, Object> rule, String list, String part) {
            List<Map<String, List<String>>> parts = new ArrayList<>();
            for (Map<String, Object> each : SpecTree.maps(rule, list)) {
                Map<String, List<String>> fields = new LinkedHashMap<>();
                SpecTree.map(each, part).forEach((key, value) -> fields.put(key, SpecTree.texts(value)));
                parts.add(fields);
            }
            return parts;
        }

        /** Whether whatever the other one lets through is let through by this one. */
        boolean covers(Rule other) {
            return when.stream().allMatch(one -> other.when.stream().anyMatch(two -> covers(one, two)))
                    && covers(from, other.from)
                    && covers(to, other.to);
        }

        /** Whether a condition holds wherever another one does: it lets more values pass, or leaves out fewer. */
        private static boolean covers(Map<String, Object> wide, Map<String, Object> narrow) {
            List<String> values = SpecTree.texts(wide, "values");
            List<String> other = SpecTree.texts(narrow, "values");
            return Objects.equals(wide.get("key"), narrow.get("key"))
                    && (values.isEmpty() || !other.isEmpty() && values.containsAll(other))
                    && SpecTree.texts(narrow, "notValues").containsAll(SpecTree.texts(wide, "notValues"));
        }

        private static boolean covers(List<Map<String, List<String>>> wide, List<Map<String, List<String>>> narrow) {
            return wide.isEmpty()
                    || !narrow.isEmpty()
                            && narrow.stream()
                                    .allMatch(one -> wide.stream().anyMatch(other -> PolicyParts.covers(other, one)));
        }

        Optional<Rule> and(Rule other) {
            Optional<List<Map<String, List<String>>>> who = cross(from, other.from);
            Optional<List<Map<String, List<String>>>> what = cross(to, other.to);
            if (who.isEmpty() || what.isEmpty()) {
                return Optional.empty();
            }
            Set<Map<String, Object>> conditions = new LinkedHashSet<>(when);
            conditions.addAll(other.when);
            return Optional.of(new Rule(who.get(), what.get(), conditions));
        }

        /** Empty if they have nothing in common. */
        private static Optional<List<Map<String, List<String>>>> cross(
                List<Map<String, List<String>>> some, List<Map<String, List<String>>> others) {
            if (some.isEmpty() || others.isEmpty()) {
                return Optional.of(some.isEmpty() ? others : some);
            }
            List<Map<String, List<String>>> both = new ArrayList<>();
            some.forEach(
                    one -> others.forEach(other -> PolicyParts.and(one, other).ifPresent(both::add)));
            List<Map<String, List<String>>> needed = new ArrayList<>();
            for (Map<String, List<String>> each : both) {
                if (needed.stream().noneMatch(other -> PolicyParts.covers(other, each))) {
                    needed.removeIf(other -> PolicyParts.covers(each, other));
                    needed.add(each);
                }
            }
            return needed.isEmpty() ? Optional.empty() : Optional.of(needed);
        }

        Map<String, Object> tree() {
            return Trees.map(
                    "from",
                    from.stream().map(each -> Trees.map("source", each)).toList(),
                    "to",
                    to.stream().map(each -> Trees.map("operation", each)).toList(),
                    "when",
                    List.copyOf(when));
        }
    }

    /** Whether everything that the second rules let through is let through by the first ones, as far as that can be seen. */
    static boolean covers(List<Map<String, Object>> wide, List<Map<String, Object>> narrow) {
        List<Rule> all = wide.stream().map(Rule::of).toList();
        return narrow.stream().map(Rule::of).allMatch(one -> all.stream().anyMatch(other -> other.covers(one)));
    }

    /** What both let through; empty if it is too much to be said. */
    static Optional<List<Map<String, Object>>> of(List<Map<String, Object>> some, List<Map<String, Object>> others) {
        List<Rule> first = some.stream().map(Rule::of).toList();
        List<Rule> second = others.stream().map(Rule::of).toList();
        List<Rule> both = new ArrayList<>();
        for (Rule one : first) {
            for (Rule other : second) {
                Optional<Rule> common = one.and(other);
                if (common.isPresent() && both.stream().noneMatch(known -> known.covers(common.get()))) {
                    both.removeIf(known -> common.get().covers(known));
                    both.add(common.get());
                }
                if (both.size() > MOST) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(both.stream().map(Rule::tree).toList());
    }
}
