package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is in force while routes change: of what keeps requests out, what both sides let through; of what routes lead to,
 * what either side leads to. Then it does not matter which of the routes have changed already.
 */
final class Meanwhile {
    private static final String RULES = "rules";

    private final Map<String, Passage> passages;
    private final Nearness near;
    private final Map<String, Manifest> there = new LinkedHashMap<>();
    private final List<Manifest> shut = new ArrayList<>();

    Meanwhile(Map<String, Passage> passages) {
        this.passages = passages;
        this.near = new Nearness(passages.values());
        Map<List<Object>, Set<String>> groups = new LinkedHashMap<>();
        passages.forEach((key, passage) -> {
            Role role = passage.role();
            if (role == Role.KEEPS_OUT) {
                groups.computeIfAbsent(Nearness.group(passage.any()), g -> new LinkedHashSet<>())
                        .add(key);
            } else if (role == Role.LED_TO) {
                there.put(key, led(passage));
            }
        });
        groups.values().forEach(this::group);
    }

    /** The object as it is in force then; null if it is not there. */
    @Nullable
    Manifest of(String key) {
        return there.get(key);
    }

    /** Policies that let nothing through for a moment, because what both sides let through is too much to say. */
    List<Manifest> shut() {
        return shut;
    }

    private static Manifest led(Passage passage) {
        Manifest before = passage.before();
        Manifest after = passage.after();
        if (before == null || after == null || before.equals(after)) {
            return passage.any();
        }
        return switch (after.kind()) {
            case "DestinationRule" -> subsets(before, after);
            case "ServiceEntry" -> ports(before, after);
            default -> after;
        };
    }

    /** The subsets of before go when nothing leads to them any more. */
    private static Manifest subsets(Manifest before, Manifest after) {
        List<Map<String, Object>> subsets = new ArrayList<>(SpecTree.maps(after.spec(), "subsets"));
        Set<Object> names = new LinkedHashSet<>();
        subsets.forEach(each -> names.add(each.get("name")));
        List<Map<String, Object>> more = SpecTree.maps(before.spec(), "subsets").stream()
                .filter(each -> !names.contains(each.get("name")))
                .toList();
        if (more.isEmpty()
                || !Objects.equals(before.spec().get("host"), after.spec().get("host"))) {
            return after;
        }
        subsets.addAll(more);
        return with(after, "subsets", subsets);
    }

    /** What may be called is asked where the call begins, by the ports that are known here and the hosts that are listed there. */
    private static Manifest ports(Manifest before, Manifest after) {
        List<Map<String, Object>> old = SpecTree.maps(before.spec(), "ports");
        List<Map<String, Object>> both = SpecTree.maps(after.spec(), "ports").stream()
                .filter(old::contains)
                .toList();
        return both.isEmpty() ? after : with(after, "ports", both);
    }

    private static Manifest with(Manifest manifest, String field, Object value) {
        Map<String, Object> spec = Trees.copy(manifest.spec());
        spec.put(field, value);
        return manifest.withSpec(spec);
    }

    /** Policies of one sort that hold for the same workloads. */
    private void group(Set<String> keys) {
        List<Passage> members = keys.stream()
                .map(key -> Objects.requireNonNull(passages.get(key)))
                .toList();
        List<Passage> changed = members.stream().filter(Passage::isChanged).toList();
        boolean atOnce = changed.size() == 1 && near.isAlone(changed.get(0));
        String sort = String.valueOf(Nearness.group(members.get(0).any()).get(0));
        for (String key : keys) {
            Passage passage = Objects.requireNonNull(passages.get(key));
            Manifest meanwhile = atOnce || !passage.isChanged() && changed.isEmpty()
                    ? passage.any()
                    : switch (sort) {
                        case "ALLOW" -> narrowed(passage, members, RULES, AllowMeet::covers, AllowMeet::of);
                        case "RequestAuthentication" ->
                            narrowed(
                                    passage,
                                    members,
                                    "jwtRules",
                                    (wide, narrow) -> wide.equals(narrow),
                                    (some, others) -> Optional.of(TokenMeet.of(some, others)));
                        case "DENY", "CUSTOM" -> widened(passage);
                        case RulePolicies.KIND -> RulePolicies.meanwhile(passage, passages.values());
                        default -> passage.any();
                    };
            if (meanwhile != null) {
                there.put(key, meanwhile);
            }
        }
    }

    /** Whether rules cover others. */
    private interface Covers {
        boolean test(List<Map<String, Object>> wide, List<Map<String, Object>> narrow);
    }

    /** What two lists of rules have in common; empty if it cannot be said. */
    private interface Meets {
        Optional<List<Map<String, Object>>> of(List<Map<String, Object>> some, List<Map<String, Object>> others);
    }

    /** Several policies let through what any of them does; so each of those before is kept to what those after let through. */
    private @Nullable Manifest narrowed(
            Passage passage, List<Passage> members, String field, Covers covers, Meets meets) {
        List<Manifest> old = members.stream()
                .flatMap(each -> Stream.ofNullable(each.before()))
                .toList();
        List<Manifest> wanted = members.stream()
                .flatMap(each -> Stream.ofNullable(each.after()))
                .toList();
        Manifest before = passage.before();
        if (before == null) {
            return old.isEmpty() ? passage.after() : null;
        }
        if (wanted.isEmpty()) {
            return before;
        }
        List<Map<String, Object>> mine = SpecTree.maps(before.spec(), field);
        List<Map<String, Object>> all = wanted.stream()
                .flatMap(each -> SpecTree.maps(each.spec(), field).stream())
                .toList();
        if (covers.test(all, mine)) {
            return before;
        }
        Manifest after = passage.after();
        if (old.size() == 1
                && wanted.size() == 1
                && after != null
                && covers.test(mine, SpecTree.maps(after.spec(), field))) {
            return after;
        }
        Optional<List<Map<String, Object>>> both = meets.of(mine, all);
        if (both.isEmpty()) {
            shut.add(before);
        }
        List<Map<String, Object>> rules = both.orElse(List.of());
        Manifest base = after == null ? before : after;
        if (rules.isEmpty()) {
            Map<String, Object> spec = Trees.copy(base.spec());
            spec.remove(field);
            return base.withSpec(spec);
        }
        return with(base, field, rules);
    }

    /** Several rules refuse what any of them does. */
    private static Manifest widened(Passage passage) {
        Manifest before = passage.before();
        Manifest after = passage.after();
        if (before == null || after == null || before.equals(after)) {
            return passage.any();
        }
        List<Map<String, Object>> old = SpecTree.maps(before.spec(), RULES);
        List<Map<String, Object>> own = SpecTree.maps(after.spec(), RULES);
        List<Map<String, Object>> more = notCovered(old, own);
        if (more.isEmpty()) {
            return after;
        }
        List<Map<String, Object>> rules = new ArrayList<>(notCovered(own, old));
        if (rules.isEmpty()) {
            return before;
        }
        rules.addAll(more);
        return with(after, RULES, rules);
    }

    /** The rules that refuse what no other ones do, as far as that can be seen. */
    private static List<Map<String, Object>> notCovered(
            List<Map<String, Object>> rules, List<Map<String, Object>> others) {
        return rules.stream()
                .filter(rule -> others.stream().noneMatch(other -> AllowMeet.covers(List.of(other), List.of(rule))))
                .toList();
    }
}
