package dev.lintel.core.plan;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The difference between two models, and between two texts. */
public final class Changes {
    private static final int CONTEXT = 3;

    private Changes() {}

    /**
     * The difference between two models, each API and each egress rule told as its {@link ModelText}.
     *
     * @param before what is in force
     * @param now what is wanted
     * @return one change for each API of either model, sorted by namespace and name, then one for each host that may be
     *     called outside, then one for each boundary of a namespace; objects are called like {@code Api orders.shop}, {@code
     *     Egress api.psp.example from shop} and {@code Isolation shop}
     */
    public static List<Change> between(MeshModel before, MeshModel now) {
        List<Change> changes = new ArrayList<>();
        for (ApiPair pair : ApiPair.of(before, now)) {
            changes.add(change("Api " + pair.id(), pair.before(), pair.now(), ModelText::of));
        }
        for (Two<EgressRule> rule : Two.of(hosts(before), hosts(now))) {
            changes.add(change("Egress " + rule.name(), rule.was(), rule.is(), ModelText::of));
        }
        for (Two<IsolationRule> rule : Two.of(boundaries(before), boundaries(now))) {
            changes.add(change("Isolation " + rule.name(), rule.was(), rule.is(), ModelText::of));
        }
        return changes;
    }

    private static SortedMap<String, IsolationRule> boundaries(MeshModel model) {
        SortedMap<String, IsolationRule> boundaries = new TreeMap<>();
        model.isolations().forEach(rule -> boundaries.put(rule.namespace(), rule));
        return boundaries;
    }

    private static SortedMap<String, EgressRule> hosts(MeshModel model) {
        SortedMap<String, EgressRule> hosts = new TreeMap<>();
        model.egress().forEach(rule -> hosts.put(rule.id(), rule));
        return hosts;
    }

    private static <T> Change change(String object, @Nullable T before, @Nullable T now, Function<T, String> words) {
        if (now == null) {
            return new Change.Delete(object);
        }
        if (before == null) {
            return new Change.Create(object, words.apply(now));
        }
        return now.equals(before)
                ? new Change.Keep(object)
                : new Change.Update(object, unifiedDiff(words.apply(before), words.apply(now)));
    }

    /**
     * A unified diff of two texts with three lines of context, without the two lines that name files.
     *
     * @param before a text
     * @param now another text
     * @return hunks, each line ending with a line feed; empty for equal texts
     */
    public static String unifiedDiff(String before, String now) {
        List<String> old = before.lines().toList();
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                "before", "now", old, DiffUtils.diff(old, now.lines().toList()), CONTEXT);
        StringBuilder text = new StringBuilder();
        diff.stream().skip(2).forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
