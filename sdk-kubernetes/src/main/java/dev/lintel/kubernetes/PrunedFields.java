package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;

/** Fields that the definitions of a cluster do not have: it would drop them, and the rest would count without them. */
final class PrunedFields {
    private PrunedFields() {}

    static List<Problem> of(List<Manifest> manifests, Schemas schemas) {
        List<Problem> problems = new ArrayList<>();
        for (Manifest each : manifests) {
            List<String> unknown = ObjectKind.of(each)
                    .map(kind -> schemas.of(kind).unknown(each.spec()))
                    .orElse(List.of());
            if (!unknown.isEmpty()) {
                problems.add(new Problem(
                        "preflight.pruned-field",
                        each.id(),
                        "says " + String.join(", ", unknown) + ", which the definition of " + each.apiVersion() + " "
                                + each.kind() + " in this cluster does not have: it would be dropped",
                        "install newer definitions, or tell the dialect the version that is installed",
                        Origin.unknown()));
            }
        }
        return problems;
    }
}
