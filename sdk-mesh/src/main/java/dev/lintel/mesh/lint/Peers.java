package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Whether workloads take mutual TLS only; what says so by namespace, because only that one and the root one count. */
final class Peers {
    private final Map<String, List<Said>> said = new LinkedHashMap<>();

    private final Map<String, List<Said>> near = new HashMap<>();

    private record Said(Scope scope, String mode) {}

    Peers(Scene scene) {
        for (Manifest peers : scene.all(Scene.PEERS)) {
            String mode = Part.of(peers).get("mtls", "mode").text();
            if (!mode.isEmpty() && !mode.equals("UNSET")) {
                said.computeIfAbsent(peers.namespace(), n -> new ArrayList<>()).add(new Said(Scope.of(peers), mode));
            }
        }
    }

    /** In the order of the objects' ids. */
    private List<Said> near(String namespace) {
        return Stream.of(namespace, Scene.ROOT)
                .distinct()
                .sorted(Comparator.comparing(name -> name + "/"))
                .flatMap(name -> said.getOrDefault(name, List.of()).stream())
                .toList();
    }

    /** The mode that counts for what an object is for: that of its labels, its namespace, or the mesh; empty if unknown. */
    String mode(Scope scope) {
        String namespace = "";
        String mesh = "";
        for (Said one : near.computeIfAbsent(scope.namespace(), this::near)) {
            Scope its = one.scope();
            if (!its.labels().isEmpty() && its.covers(scope)) {
                return one.mode();
            }
            if (its.isForTheNamespace() && its.namespace().equals(scope.namespace())) {
                namespace = one.mode();
            } else if (its.isForTheMesh()) {
                mesh = one.mode();
            }
        }
        return namespace.isEmpty() ? mesh : namespace;
    }
}
