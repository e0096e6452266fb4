package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Two VirtualServices for one host inside the mesh, of which one is ignored. */
final class MeshHosts implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        Map<String, Manifest> first = new LinkedHashMap<>();
        for (Manifest routes : scene.all(Scene.VIRTUAL_SERVICE)) {
            if (!Routes.gateways(routes).contains(Routes.MESH) || isLocal(routes)) {
                continue;
            }
            for (String host : Routes.hosts(routes)) {
                Manifest other = first.putIfAbsent(host, routes);
                if (other != null && !other.equals(routes)) {
                    report.add(
                            LintCode.MESH_HOST_TWICE,
                            routes,
                            "spec.hosts",
                            "'" + host + "' is also a host of " + other.id() + " inside the mesh: which of them counts"
                                    + " is not defined",
                            "merge the two, or delegate from one to the other");
                }
            }
        }
    }

    /** What is exported nowhere else meets nobody else's. */
    private static boolean isLocal(Manifest routes) {
        return Part.of(routes).get("exportTo").texts().contains(".");
    }
}
