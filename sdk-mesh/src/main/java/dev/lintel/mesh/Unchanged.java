package dev.lintel.mesh;

import dev.lintel.core.Problem;
import dev.lintel.core.plan.Change;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the objects of an API ask for when they come was told when they came. */
final class Unchanged {
    private final Map<String, Set<String>> told;
    private final List<Manifest> changed;

    Unchanged(Dialect dialect, Collection<Manifest> manifests, List<Change> changes) {
        this.told = dialect.toldOfChanges();
        Set<String> kept = changes.stream()
                .filter(Change.Keep.class::isInstance)
                .map(Change::object)
                .collect(Collectors.toSet());
        this.changed =
                manifests.stream().filter(one -> !kept.contains(one.id())).toList();
    }

    /** Takes out what is news only where something changes that asks for it. */
    void withoutNews(List<Problem> warnings) {
        warnings.removeIf(
                one -> told.containsKey(one.code()) && changed.stream().noneMatch(each -> isAskedBy(each, one)));
    }

    private boolean isAskedBy(Manifest object, Problem problem) {
        return problem.path().equals(object.labels().getOrDefault(Manifest.API, "") + "." + object.namespace())
                && told.getOrDefault(problem.code(), Set.of()).contains(object.kind());
    }
}
