package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Repeated;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Istio's policies that hold for other workloads than before, or ask others. Those of before must not be without one while
 * routes lead there, nor those of after when they do; so the new one stands under another name until the old one may go.
 *
 * @param passages all, with two in place of each of these
 * @param last the policies under their own names
 * @param others those under other names, by their keys, which go at last
 */
record Reselected(Map<String, Passage> passages, Map<String, Manifest> last, Map<String, Manifest> others) {
    private static final String PROVIDER = "provider";

    private static final String SUFFIX = ".meanwhile";
    /** The most that a name may have. */
    private static final int MOST = 253;

    static Reselected of(Map<String, Passage> all) {
        Map<String, Passage> passages = new LinkedHashMap<>();
        Map<String, Manifest> last = new LinkedHashMap<>();
        Map<String, Manifest> others = new LinkedHashMap<>();
        long changing = all.values().stream()
                .filter(each -> each.isChanged() && each.role() != Role.LED_TO)
                .count();
        Nearness near = new Nearness(all.values());
        all.forEach((key, passage) -> {
            @Nullable Manifest after = passage.after();
            @Nullable Manifest before = passage.before();
            if (changing < 2
                    || after == null
                    || before == null
                    || !after.apiVersion().startsWith("security.istio.io/")
                    || Reached.isForSame(before, after)
                            && sameAction(before, after)
                            && (sameAnswer(before, after) || near.isAlone(passage))) {
                passages.put(key, passage);
                return;
            }
            Manifest other = named(after, all);
            passages.put(key, new Passage(before, null));
            passages.put(Repeated.key(other), new Passage(null, other));
            last.put(key, after);
            others.put(Repeated.key(other), other);
        });
        return new Reselected(passages, last, others);
    }

    /** What was ALLOW and becomes DENY is another policy, too. */
    private static boolean sameAction(Manifest before, Manifest after) {
        return Objects.equals(Nearness.sort(before), Nearness.sort(after));
    }

    /** Who is asked: what one authorizer lets through another may refuse, so that both are asked while routes change. */
    private static boolean sameAnswer(Manifest before, Manifest after) {
        return Objects.equals(before.spec().get(PROVIDER), after.spec().get(PROVIDER));
    }

    /** Policies of which two authorizers are asked at a time, as they are to be. */
    List<Manifest> asking() {
        return last.values().stream()
                .filter(each -> each.spec().containsKey(PROVIDER))
                .toList();
    }

    private static Manifest named(Manifest after, Map<String, Passage> all) {
        String name = after.name();
        Manifest other;
        do {
            name = name.substring(0, Math.min(name.length(), MOST - SUFFIX.length())) + SUFFIX;
            other = new Manifest(
                    after.apiVersion(),
                    after.kind(),
                    after.namespace(),
                    name,
                    after.labels(),
                    after.annotations(),
                    after.spec());
        } while (all.containsKey(Repeated.key(other)) && name.length() < MOST);
        return other;
    }
}
