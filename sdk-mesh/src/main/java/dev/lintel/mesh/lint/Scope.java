package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which workloads an object is for: by labels, by references, or all of a namespace; of the mesh from the root one. */
record Scope(String namespace, boolean isInRoot, Map<String, String> labels, List<String> targets) {
    static Scope of(Manifest manifest, String root) {
        boolean isInRoot = manifest.namespace().equals(root);
        Part spec = Part.of(manifest);
        Part selector = spec.get("selector", "matchLabels");
        Map<String, String> labels = selector.isThere()
                ? selector.labels()
                : spec.get("workloadSelector", "labels").labels();
        Part single = spec.get("targetRef");
        List<Part> several = spec.get("targetRefs").items();
        if (!single.isThere() && several.isEmpty()) {
            return new Scope(manifest.namespace(), isInRoot, labels, List.of());
        }
        List<String> targets = Stream.concat(Stream.of(single), several.stream())
                .filter(Part::isThere)
                .map(ref -> ref.get("kind").text() + "/" + ref.get("name").text())
                .toList();
        return new Scope(manifest.namespace(), isInRoot, labels, targets);
    }

    boolean isForTheMesh() {
        return isInRoot && labels.isEmpty() && targets.isEmpty();
    }

    boolean isForTheNamespace() {
        return labels.isEmpty() && targets.isEmpty();
    }

    boolean selects(Workload workload) {
        boolean near = isInRoot || namespace.equals(workload.manifest().namespace());
        return near && targets.isEmpty() && workload.carries(labels);
    }

    /** Whether all that the other one is for is in this one as well. */
    boolean covers(Scope other) {
        if (!targets.isEmpty() || !other.targets.isEmpty()) {
            return namespace.equals(other.namespace)
                    && !targets.isEmpty()
                    && targets.containsAll(other.targets)
                    && !other.targets.isEmpty();
        }
        boolean near = namespace.equals(other.namespace) || isInRoot;
        return near && areAllIn(labels, other.labels);
    }

    /** Asked for each pair of objects of a namespace. */
    private static boolean areAllIn(Map<String, String> some, Map<String, String> all) {
        if (some.size() > all.size()) {
            return false;
        }
        for (Map.Entry<String, String> entry : some.entrySet()) {
            if (!entry.getValue().equals(all.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    boolean meets(Scope other, Scene scene) {
        return covers(other)
                || other.covers(this)
                || scene.workloads(this).stream().anyMatch(other::selects);
    }
}
