package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
    private final Reached reached;
    private final Map<String, Manifest> there = new LinkedHashMap<>();
    private final List<Manifest> shut = new ArrayList<>();
    private final Map<Manifest, Set<String>> fewer = new LinkedHashMap<>();
    private final List<Manifest> overlapping = new ArrayList<>();

    Meanwhile(Map<String, Passage> passages) {
        this.passages = passages;
        this.near = new Nearness(passages.values());
        this.reached = new Reached(passages.values());
        TakenIn was = new TakenIn(side(Passage::before));
        TakenIn willBe = new TakenIn(side(Passage::after));
        passages.forEach((key, passage) -> {
            @Nullable
            Manifest then = switch (passage.role()) {
                case KEEPS_OUT -> keeping(passage);
                case LED_TO ->
                    passage.isChanged() ? was.narrowed(willBe.narrowed(LedTo.meanwhile(passage))) : passage.any();
                case FENCES -> LedTo.fence(passage);
                case LEADS -> null;
            };
            if (then != null) {
                there.put(key, then);
                Set<String> missed = passage.isChanged() ? TakenIn.missed(passage, then, was, willBe) : Set.of();
                if (!missed.isEmpty()) {
                    fewer.put(then, missed);
                }
            }
        });
    }

    private List<Manifest> side(Function<Passage, @Nullable Manifest> which) {
        return passages.values().stream()
                .flatMap(each -> Stream.ofNullable(which.apply(each)))
                .toList();
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

    /** Policies that let through less than both sides, because some of their workloads may have others as well. */
    List<Manifest> overlapping() {
        return overlapping;
    }

    /** Hosts outside that are let out to by fewer ports than on both sides, with who calls them. */
    Map<Manifest, Set<String>> fewer() {
        return fewer;
    }

    private @Nullable Manifest keeping(Passage passage) {
        if (!passage.isChanged()) {
            return passage.any();
        }
        List<Passage> members = reached.around(passage);
        if (near.isAlone(passage) && members.stream().filter(Passage::isChanged).count() == 1) {
            return passage.any();
        }
        return switch (Nearness.sort(passage.any())) {
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
            return arriving(passage.any(), old, field, meets);
        }
        if (wanted.isEmpty()) {
            return before;
        }
        List<Map<String, Object>> mine = SpecTree.maps(before.spec(), field);
        List<Manifest> sure = wanted.stream()
                .filter(each -> Reached.isEverywhere(each, before))
                .toList();
        List<Map<String, Object>> all = sure.stream()
                .flatMap(each -> SpecTree.maps(each.spec(), field).stream())
                .toList();
        if (!sure.isEmpty() && covers.test(all, mine)) {
            return before;
        }
        Manifest after = passage.after();
        if (old.size() == 1
                && wanted.size() == 1
                && after != null
                && covers.test(mine, SpecTree.maps(after.spec(), field))) {
            return after;
        }
        if (sure.size() < wanted.size()) {
            overlapping.add(before);
        }
        Optional<List<Map<String, Object>>> both =
                sure.isEmpty() ? met(mine, wanted, field, meets) : meets.of(mine, all);
        return ruled(after == null ? before : after, field, both);
    }

    /** Some of its workloads may have policies already, which are not to be joined by one that lets more through. */
    private @Nullable Manifest arriving(Manifest after, List<Manifest> old, String field, Meets meets) {
        if (old.isEmpty()) {
            return after;
        }
        if (old.stream().anyMatch(each -> Reached.isEverywhere(each, after))) {
            return null;
        }
        overlapping.add(after);
        return ruled(after, field, met(SpecTree.maps(after.spec(), field), old, field, meets));
    }

    /** What some rules let through and each of the policies, of which any may be the only one at a workload. */
    private Optional<List<Map<String, Object>>> met(
            List<Map<String, Object>> rules, List<Manifest> others, String field, Meets meets) {
        Optional<List<Map<String, Object>>> both = Optional.of(rules);
        for (Manifest other : others) {
            both = both.flatMap(some -> meets.of(some, SpecTree.maps(other.spec(), field)));
        }
        return both;
    }

    private Manifest ruled(Manifest base, String field, Optional<List<Map<String, Object>>> both) {
        if (both.isEmpty()) {
            shut.add(base);
        }
        List<Map<String, Object>> rules = both.orElse(List.of());
        if (rules.isEmpty()) {
            Map<String, Object> spec = Trees.copy(base.spec());
            spec.remove(field);
            return base.withSpec(spec);
        }
        return LedTo.with(base, field, rules);
    }

    /** Several rules refuse what any of them does. */
    static Manifest widened(Passage passage) {
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
        return LedTo.with(after, RULES, rules);
    }

    /** The rules that refuse what no other ones do, as far as that can be seen. */
    private static List<Map<String, Object>> notCovered(
            List<Map<String, Object>> rules, List<Map<String, Object>> others) {
        return rules.stream()
                .filter(rule -> others.stream().noneMatch(other -> AllowMeet.covers(List.of(other), List.of(rule))))
                .toList();
    }
}
