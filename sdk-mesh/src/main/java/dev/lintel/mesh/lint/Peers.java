package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether workloads take mutual TLS only; what says so by namespace, because only that one and the root one count. Where
 * several speak about the same workloads the strictest is taken: {@link PeerConflicts} tells of those that say less.
 */
final class Peers {
    static final String STRICT = "STRICT";

    private static final List<String> ORDER = List.of(STRICT, "PERMISSIVE");

    private final Map<String, List<Said>> said = new LinkedHashMap<>();

    private final Map<String, List<Said>> near = new HashMap<>();

    private record Said(Scope scope, String mode) {}

    private final String root;

    Peers(Scene scene) {
        root = scene.root();
        for (Manifest peers : scene.all(Scene.PEERS)) {
            String mode = Part.of(peers).get("mtls", "mode").text();
            if (isSaid(mode)) {
                said.computeIfAbsent(peers.namespace(), n -> new ArrayList<>()).add(new Said(scene.scope(peers), mode));
            }
        }
    }

    static boolean isSaid(String mode) {
        return !mode.isEmpty() && !mode.equals("UNSET");
    }

    private List<Said> near(String namespace) {
        return Stream.of(namespace, root)
                .distinct()
                .flatMap(name -> said.getOrDefault(name, List.of()).stream())
                .toList();
    }

    /** The mode that counts for what an object is for: that of its labels, its namespace, or the mesh; empty if unknown. */
    String mode(Scope scope) {
        String labels = "";
        for (Said one : near.computeIfAbsent(scope.namespace(), this::near)) {
            if (!one.scope().labels().isEmpty() && one.scope().covers(scope)) {
                labels = stricter(labels, one.mode());
            }
        }
        return labels.isEmpty() ? around(scope) : labels;
    }

    /** The mode that counts where nothing is said for labels: that of the namespace, or the mesh; empty if unknown. */
    String around(Scope scope) {
        String namespace = "";
        String mesh = "";
        for (Said one : near.computeIfAbsent(scope.namespace(), this::near)) {
            Scope its = one.scope();
            if (its.isForTheNamespace() && its.namespace().equals(scope.namespace())) {
                namespace = stricter(namespace, one.mode());
            } else if (its.isForTheMesh()) {
                mesh = stricter(mesh, one.mode());
            }
        }
        return namespace.isEmpty() ? mesh : namespace;
    }

    private static String stricter(String one, String other) {
        return ORDER.stream()
                .filter(mode -> mode.equals(one) || mode.equals(other))
                .findFirst()
                .orElse(other);
    }
}
