package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds fields that we have written and no longer own: somebody writes them again as soon as we have. They are told and left:
 * whoever writes them back once more has a fight without an end.
 */
final class Rewritten {
    private Rewritten() {}

    /**
     * What has been rewritten.
     *
     * @param written objects as the apiserver has answered our writes
     * @param now the same objects in their order, as they are now
     */
    static List<Problem> of(List<LiveObject> written, List<Optional<LiveObject>> now) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            LiveObject before = written.get(i);
            Optional<LiveObject> after = now.get(i);
            if (after.isEmpty()) {
                problems.add(problem(before, "is gone: somebody has deleted it after it was written"));
                continue;
            }
            Set<String> lost = new LinkedHashSet<>(FieldPaths.of(before.whole(), ClusterTarget.MANAGER));
            lost.removeAll(FieldPaths.of(after.get().whole(), ClusterTarget.MANAGER));
            for (String path : lost) {
                Set<String> owners = FieldPaths.owners(after.get().whole(), path);
                problems.add(problem(
                        before,
                        path + " was rewritten "
                                + (owners.isEmpty() ? "by somebody who does not say who" : "by " + quoted(owners))
                                + " right after it was written"));
            }
        }
        return problems;
    }

    private static String quoted(Set<String> owners) {
        return "\"" + String.join("\", \"", owners) + "\"";
    }

    private static Problem problem(LiveObject object, String message) {
        return new Problem(
                "cluster.contested",
                object.manifest().id(),
                message,
                "stop the other one, or leave the field to it with Conflicts.YIELD; it is not written again and again",
                Origin.unknown());
    }
}
