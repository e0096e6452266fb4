package dev.lintel.mesh.target;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.YamlTrees;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A file of others, or one that was ours, in the place of one that is to be written. */
final class InTheWay {
    private static final String LABEL = "'" + Manifest.MANAGED_BY + ": " + Manifest.LINTEL + "'";

    private InTheWay() {}

    /**
     * Why it cannot be written.
     *
     * @param file in whose place it is
     * @param text what it holds; null if it was not read
     * @param manifests objects that are to be written
     */
    static Problem problem(Path file, @Nullable String text, List<Manifest> manifests) {
        Optional<List<Manifest>> there = Optional.ofNullable(text).flatMap(InTheWay::objects);
        if (there.isPresent() && there.get().isEmpty()) {
            return foreign(file, "there is no object in it", "delete it, and the next write makes it");
        }
        Set<String> ids = manifests.stream().map(Manifest::id).collect(Collectors.toSet());
        Optional<String> own = there.stream()
                .flatMap(List::stream)
                .map(Manifest::id)
                .filter(ids::contains)
                .findFirst();
        return own.map(id -> foreign(
                        file,
                        "it holds " + id + ", which is to be written, without the label " + LABEL,
                        "put the label back, or delete the file, and the next write makes it"))
                .orElseGet(
                        () -> foreign(file, "not every object in it carries " + LABEL, "move it away, or rename it"));
    }

    /** Empty if they cannot be read. */
    private static Optional<List<Manifest>> objects(String text) {
        try {
            List<Manifest> objects = new ArrayList<>();
            for (Object document : YamlTrees.read(text)) {
                objects.addAll(ManifestYaml.anyObjects(document, ""));
            }
            return Optional.of(objects);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Problem foreign(Path file, String why, String hint) {
        return DirectoryFiles.problem("directory.foreign", file, "is there already and not ours: " + why, hint);
    }
}
