package dev.lintel.kubernetes;

import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Target.State;
import java.util.List;
import java.util.Set;

/**
 * What one apply does.
 *
 * @param made what is new
 * @param updated what is there and changes
 * @param gone what is deleted
 * @param all that is to be there
 * @param changed what is new or changes, in its order
 */
record Deed(
        List<Manifest> made, List<Manifest> updated, List<Manifest> gone, List<Manifest> all, List<Manifest> changed) {
    static Deed of(ClusterReading reading, State state, List<Manifest> manifests) {
        Set<String> there = ClusterReading.ids(state.inForce());
        List<Manifest> changed = reading.changed(state, manifests);
        return new Deed(
                changed.stream().filter(each -> !there.contains(each.id())).toList(),
                changed.stream().filter(each -> there.contains(each.id())).toList(),
                ClusterReading.gone(state, manifests),
                manifests,
                changed);
    }

    boolean changes() {
        return !changed.isEmpty() || !gone.isEmpty();
    }
}
