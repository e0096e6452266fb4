package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;

/** Whether workloads take mutual TLS only. */
final class Peers {
    private Peers() {}

    /** The mode that counts for what an object is for: that of its labels, its namespace, or the mesh; empty if unknown. */
    static String mode(Scene scene, Scope scope) {
        String namespace = "";
        String mesh = "";
        for (Manifest peers : scene.all(Scene.PEERS)) {
            Scope its = Scope.of(peers);
            String mode = Part.of(peers).get("mtls", "mode").text();
            if (mode.isEmpty() || mode.equals("UNSET")) {
                continue;
            }
            if (!its.labels().isEmpty() && its.covers(scope)) {
                return mode;
            }
            if (its.isForTheNamespace() && its.namespace().equals(scope.namespace())) {
                namespace = mode;
            } else if (its.isForTheMesh()) {
                mesh = mode;
            }
        }
        return namespace.isEmpty() ? mesh : namespace;
    }
}
