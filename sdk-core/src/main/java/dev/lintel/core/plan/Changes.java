package dev.lintel.core.plan;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;

/** The difference between two models, and between two texts. */
public final class Changes {
    private static final int CONTEXT = 3;

    private Changes() {}

    /**
     * The difference between two models, each API told as its {@link ModelText}.
     *
     * @param before what is in force
     * @param now what is wanted
     * @return one change for each API of either model, sorted by namespace and name; objects are called like {@code Api
     *     orders.shop}
     */
    public static List<Change> between(MeshModel before, MeshModel now) {
        List<Change> changes = new ArrayList<>();
        for (ApiPair pair : ApiPair.of(before, now)) {
            String object = "Api " + pair.id();
            if (pair.before() == null) {
                changes.add(new Change.Create(object, pair.now() == null ? "" : ModelText.of(pair.now())));
            } else if (pair.now() == null) {
                changes.add(new Change.Delete(object));
            } else if (pair.now().equals(pair.before())) {
                changes.add(new Change.Keep(object));
            } else {
                String diff = unifiedDiff(ModelText.of(pair.before()), ModelText.of(pair.now()));
                changes.add(new Change.Update(object, diff));
            }
        }
        return changes;
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
