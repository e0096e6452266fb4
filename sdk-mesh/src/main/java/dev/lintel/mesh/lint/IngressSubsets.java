package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Splits for calls inside the mesh, past which requests from outside go. */
final class IngressSubsets implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        Map<String, List<Manifest>> inside = new LinkedHashMap<>();
        scene.all(Scene.VIRTUAL_SERVICE).stream()
                .filter(routes -> Routes.gateways(routes).equals(List.of(Routes.MESH)))
                .filter(routes -> Routes.destinations(routes).stream()
                        .anyMatch(to -> !to.get("subset").text().isEmpty()))
                .forEach(routes -> Routes.hosts(routes)
                        .forEach(host -> inside.computeIfAbsent(host, h -> new ArrayList<>())
                                .add(routes)));
        for (Manifest entry : scene.all(Scene.VIRTUAL_SERVICE)) {
            if (Routes.gateways(entry).equals(List.of(Routes.MESH))) {
                continue;
            }
            for (Part to : Routes.destinations(entry)) {
                String host = Routes.host(to, entry);
                if (knowsSubsets(entry, host)) {
                    continue;
                }
                for (Manifest routes : inside.getOrDefault(host, List.of())) {
                    report.add(
                            LintCode.SUBSET_WITHOUT_EFFECT,
                            entry,
                            to.path(),
                            "requests from outside go to '" + host + "' past the subsets of " + routes.id()
                                    + ", which is for calls inside the mesh",
                            "say the subsets here too, or bind the other to the gateway as well");
                }
            }
        }
    }

    /** Who sends some requests to a subset sends the others elsewhere on purpose. */
    private static boolean knowsSubsets(Manifest entry, String host) {
        return Routes.destinations(entry).stream()
                .anyMatch(to -> Routes.host(to, entry).equals(host)
                        && !to.get("subset").text().isEmpty());
    }
}
