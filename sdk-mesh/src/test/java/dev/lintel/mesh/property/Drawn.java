package dev.lintel.mesh.property;

import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.ManifestYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files with what a world writes, one for each model.
 *
 * @param files where they are
 * @param objects how many objects are in all of them
 */
record Drawn(List<Path> files, int objects) {
    /** Writes models into a folder until there are as many as asked for. */
    static Drawn into(Path folder, World world, int models) throws IOException {
        List<Path> files = new ArrayList<>();
        int objects = 0;
        for (long seed = 1; files.size() < models; seed++) {
            if (seed > 20L * models) {
                throw new IllegalStateException(world + " refuses most models");
            }
            Written written = world.dialect().write(world.models().apply(seed));
            if (written.problems().isEmpty() && !written.manifests().isEmpty()) {
                objects += written.manifests().size();
                String name = world.name().replace(' ', '-') + "-" + seed + ".yaml";
                files.add(Files.writeString(folder.resolve(name), ManifestYaml.write(written.manifests())));
            }
        }
        return new Drawn(files, objects);
    }
}
