package dev.lintel.mesh.target;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Effects;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;

/** What objects that are there let through, and those that should be there do not. */
final class Opened {
    private static final String HINT = "apply the plan, or say by a definition what is meant";

    private Opened() {}

    /**
     * One for each difference.
     *
     * @param directory its name, for people
     * @param dialect of the objects
     * @param there what is there of ours
     * @param wanted what the definitions mean
     */
    static List<Problem> warnings(String directory, Dialect dialect, List<Manifest> there, MeshModel wanted) {
        List<Problem> warnings = new ArrayList<>();
        Read read = dialect.read(there);
        for (Problem unread : read.problems()) {
            warnings.add(warning(
                    directory, "may let anything through: " + unread.path() + " cannot be read: " + unread.message()));
        }
        for (ApiModel api : read.model().apis()) {
            if (wanted.api(api.id()).isEmpty()) {
                warnings.add(warning(
                        directory,
                        "exposes " + api.id() + " at "
                                + String.join(", ", api.entry().hosts()) + ", which no definition does"));
            }
        }
        Effects.between(wanted, read.model()).stream()
                .filter(Effect::widens)
                .forEach(effect ->
                        warnings.add(warning(directory, "lets more through than the definitions: " + effect.text())));
        return warnings;
    }

    private static Problem warning(String directory, String message) {
        return new Problem("directory.open", directory, message, HINT, Origin.unknown());
    }
}
