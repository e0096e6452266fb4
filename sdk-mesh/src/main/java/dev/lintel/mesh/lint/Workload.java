package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.Map;

/** Something that runs: a Pod, or what makes Pods; with the labels that its Pods carry. */
record Workload(Manifest manifest, Map<String, String> labels) {
    boolean carries(Map<String, String> wanted) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }
}
