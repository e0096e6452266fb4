package dev.lintel.kubernetes;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * In which order objects are written: what routes point at and what closes them before the routes; what is gone in the
 * reverse order, after everything else.
 *
 * @param applied phases of objects that are independent of each other
 * @param deleted the same of objects that go
 */
record Steps(List<List<Manifest>> applied, List<List<Manifest>> deleted) {
    static Steps of(List<Manifest> written, List<Manifest> gone) {
        List<List<Manifest>> reverse = new ArrayList<>();
        phases(gone).forEach(phase -> reverse.add(0, phase));
        return new Steps(phases(written), List.copyOf(reverse));
    }

    private static List<List<Manifest>> phases(List<Manifest> manifests) {
        TreeMap<Integer, List<Manifest>> phases = new TreeMap<>();
        manifests.forEach(each ->
                phases.computeIfAbsent(rank(each), r -> new ArrayList<>()).add(each));
        return List.copyOf(phases.values());
    }

    private static int rank(Manifest manifest) {
        return ObjectKind.of(manifest).map(ObjectKind.ALL::indexOf).orElse(ObjectKind.ALL.size());
    }
}
