package dev.lintel.mesh.target;

import dev.lintel.core.Problem;
import dev.lintel.core.plan.Undo;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Past;
import dev.lintel.mesh.Target.Beside;
import dev.lintel.mesh.Target.State;
import dev.lintel.mesh.Target.Wanted;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The files of ours as they were before a write, to the byte: order, comments and layout included. */
final class DirectoryPast implements Past {
    private final DirectoryTarget target;
    private final DirectoryFiles before;
    private final String after;

    /**
     * What was there.
     *
     * @param target where
     * @param before all that was there
     * @param after the name of the state that was written
     */
    DirectoryPast(DirectoryTarget target, DirectoryFiles before, String after) {
        this.target = target;
        this.before = before;
        this.after = after;
    }

    @Override
    public List<Problem> obstacles(State now) {
        return obstacles(target.files(), now);
    }

    private List<Problem> obstacles(DirectoryFiles files, State now) {
        if (!now.base().equals(after) && !now.base().equals(before.base())) {
            return List.of(Undo.moved(
                    target.name(),
                    "is at '" + now.base() + "' now, and neither at '" + after + "' as it was written nor at '"
                            + before.base() + "' as it was before"));
        }
        return target.inTheWay(files, before.texts().keySet(), manifests(now));
    }

    @Override
    public List<Manifest> manifests(State now) {
        Map<String, Manifest> old = new LinkedHashMap<>();
        before.ours().values().forEach(listing -> listing.manifests().forEach(each -> old.put(each.id(), each)));
        return List.copyOf(old.values());
    }

    @Override
    public Beside beside(State now) {
        Map<Path, List<Manifest>> objects = new LinkedHashMap<>();
        before.ours().forEach((file, listing) -> {
            if (!listing.manifests().isEmpty()) {
                objects.put(file, listing.manifests());
            }
        });
        SortedMap<Path, String> texts = before.texts();
        return new Beside(
                new FileChanges(target.files().ours(), texts, objects, ManifestYaml::write).changes(), List.of());
    }

    @Override
    public void restore(State now, Wanted wanted) {
        DirectoryFiles files = target.files();
        target.write(files, now, obstacles(files, now), before.texts());
    }
}
