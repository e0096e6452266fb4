package dev.lintel.mesh;

import dev.lintel.core.Problem;
import dev.lintel.core.plan.Change;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** APIs of which a plan changes no object: what their objects ask for when they come was told when they came. */
final class Unchanged {
    private final Dialect dialect;
    private final Set<String> apis;

    Unchanged(Dialect dialect, Collection<Manifest> manifests, List<Change> changes) {
        this.dialect = dialect;
        Set<String> kept = changes.stream()
                .filter(Change.Keep.class::isInstance)
                .map(Change::object)
                .collect(Collectors.toSet());
        this.apis = new HashSet<>();
        manifests.forEach(one -> apis.add(api(one)));
        manifests.stream().filter(one -> !kept.contains(one.id())).forEach(one -> apis.remove(api(one)));
    }

    private static String api(Manifest manifest) {
        return manifest.labels().getOrDefault(Manifest.API, "") + "." + manifest.namespace();
    }

    /** Takes out what is news only where something changes. */
    void withoutNews(List<Problem> warnings) {
        warnings.removeIf(one -> dialect.toldOfChanges().contains(one.code()) && apis.contains(one.path()));
    }
}
