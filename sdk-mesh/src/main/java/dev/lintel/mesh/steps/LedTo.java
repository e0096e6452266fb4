package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Trees;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is led to while routes change: what either side leads to. What may be called at all is asked where a call begins. */
final class LedTo {
    private static final String SUBSETS = "subsets";
    private static final String SEEN = "exportTo";
    private static final String EVERYBODY = "*";
    private static final String NOBODY = "~";
    private static final String PORTS = "ports";
    private static final String RULES = "rules";

    private LedTo() {}

    static Manifest meanwhile(Passage passage) {
        Manifest before = passage.before();
        Manifest after = passage.after();
        if (before == null || after == null || before.equals(after)) {
            return passage.any();
        }
        return switch (after.kind()) {
            case "DestinationRule" -> seen(before, subsets(before, after));
            case "ServiceEntry" -> ports(before, seen(before, after));
            case "Gateway" -> union(before, after, "servers", "port");
            case "VirtualService" ->
                seen(
                        before,
                        union(
                                before,
                                union(before, union(before, after, "http", "match"), "tls", "match"),
                                "tcp",
                                "match"));
            case "AuthorizationPolicy" -> guard(passage, before, after);
            // Routes that go are still asked by it.
            case "BackendTrafficPolicy" -> union(before, after, "targetRefs", "name");
            default -> after;
        };
    }

    /** A fence while others lead around it: what it lets through on either side. Null for one that only comes or goes. */
    static @Nullable Manifest fence(Passage passage) {
        Manifest before = passage.before();
        Manifest after = passage.after();
        if (before == null || after == null || before.equals(after)) {
            return null;
        }
        Manifest both = union(before, union(before, after, "egress", "to"), "ingress", "from");
        boolean isSame = before.spec().keySet().equals(after.spec().keySet())
                && Objects.equals(before.spec().get("podSelector"), after.spec().get("podSelector"))
                && Objects.equals(before.spec().get("policyTypes"), after.spec().get("policyTypes"));
        return isSame ? both : null;
    }

    static Manifest with(Manifest manifest, String field, Object value) {
        Map<String, Object> spec = Trees.copy(manifest.spec());
        spec.put(field, value);
        return manifest.withSpec(spec);
    }

    /**
     * The parts of before that say something else go when nothing leads to them any more. A part is known by its key as a
     * value: an apiserver answers fields in an order of its own.
     */
    private static Manifest union(Manifest before, Manifest after, String field, String key) {
        List<Map<String, Object>> all = new ArrayList<>(SpecTree.maps(after.spec(), field));
        Set<Object> known = new LinkedHashSet<>();
        all.forEach(each -> known.add(each.get(key)));
        List<Map<String, Object>> more = SpecTree.maps(before.spec(), field).stream()
                .filter(each -> !known.contains(each.get(key)))
                .toList();
        if (more.isEmpty()) {
            return after;
        }
        all.addAll(more);
        return with(after, field, all);
    }

    private static Manifest subsets(Manifest before, Manifest after) {
        return Objects.equals(before.spec().get("host"), after.spec().get("host"))
                ? union(before, after, SUBSETS, "name")
                : after;
    }

    /** Whoever sees it on either side; nobody named means everybody. */
    private static Manifest seen(Manifest before, Manifest after) {
        Set<String> all = new LinkedHashSet<>(SpecTree.texts(after.spec(), SEEN));
        List<String> old = SpecTree.texts(before.spec(), SEEN);
        if (all.isEmpty() || all.containsAll(old) && !old.isEmpty()) {
            return after;
        }
        if (old.isEmpty()) {
            Map<String, Object> spec = Trees.copy(after.spec());
            spec.remove(SEEN);
            return after.withSpec(spec);
        }
        all.addAll(old);
        all.remove(NOBODY);
        // Istio refuses everybody beside somebody.
        return with(after, SEEN, all.contains(EVERYBODY) ? List.of(EVERYBODY) : List.copyOf(all));
    }

    /**
     * Those who list a host may call it by the ports that are known here, so that only those of both sides may be; if there
     * are none, nobody sees it for a moment, which is written so.
     */
    private static Manifest ports(Manifest before, Manifest after) {
        List<Map<String, Object>> old = SpecTree.maps(before.spec(), PORTS);
        List<Map<String, Object>> both = SpecTree.maps(after.spec(), PORTS).stream()
                .filter(old::contains)
                .toList();
        return both.isEmpty() ? with(after, SEEN, List.of(NOBODY)) : with(after, PORTS, both);
    }

    /** A gateway by which calls leave refuses whoever may call on neither side; about other names it refuses for both. */
    private static Manifest guard(Passage passage, Manifest before, Manifest after) {
        List<Map<String, Object>> old = SpecTree.maps(before.spec(), RULES);
        List<Map<String, Object>> own = SpecTree.maps(after.spec(), RULES);
        if (old.size() != 1
                || own.size() != 1
                || SpecTree.maps(old.get(0), "from").size() != 1
                || SpecTree.maps(own.get(0), "from").size() != 1
                || !Objects.equals(old.get(0).get("when"), own.get(0).get("when"))) {
            return Meanwhile.widened(passage);
        }
        Set<String> callers = new LinkedHashSet<>(callers(own.get(0)));
        callers.addAll(callers(old.get(0)));
        Map<String, Object> rule = Trees.copy(own.get(0));
        rule.put("from", List.of(Trees.map("source", Trees.map("notNamespaces", List.copyOf(callers)))));
        return with(after, RULES, List.of(rule));
    }

    private static List<String> callers(Map<String, Object> rule) {
        return SpecTree.maps(rule, "from").stream()
                .flatMap(from -> SpecTree.texts(SpecTree.map(from, "source"), "notNamespaces").stream())
                .toList();
    }
}
