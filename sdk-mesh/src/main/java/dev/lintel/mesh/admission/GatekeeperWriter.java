package dev.lintel.mesh.admission;

import static dev.lintel.mesh.Trees.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Guard rails as templates and constraints of Gatekeeper.
 *
 * @see <a href="https://open-policy-agent.github.io/gatekeeper/website/docs/constrainttemplates">Gatekeeper, Constraint
 *     Templates</a>
 */
final class GatekeeperWriter {
    private final String name;
    private final Action action;
    private final Places places;

    GatekeeperWriter(String name, Action action, Places places) {
        this.name = name;
        this.action = action;
        this.places = places;
    }

    List<AdmissionObject> write(List<GuardRail> rails) {
        List<AdmissionObject> objects = new ArrayList<>();
        rails.forEach(rail -> objects.add(template(rail)));
        rails.forEach(rail -> objects.add(constraint(rail)));
        return objects;
    }

    private static AdmissionObject template(GuardRail rail) {
        String name = rail.kind().toLowerCase(Locale.ROOT);
        return new AdmissionObject(
                "templates.gatekeeper.sh/v1",
                "ConstraintTemplate",
                name,
                map(
                        "spec",
                        map(
                                "crd",
                                map("spec", map("names", map("kind", rail.kind()))),
                                "targets",
                                List.of(map(
                                        "target",
                                        "admission.k8s.gatekeeper.sh",
                                        "code",
                                        List.of(map(
                                                "engine",
                                                "Rego",
                                                "source",
                                                map(
                                                        "version",
                                                        "v1",
                                                        "rego",
                                                        RegoModule.of(name, "input.review", List.of(rail))))))))));
    }

    private AdmissionObject constraint(GuardRail rail) {
        List<Object> kinds = new ArrayList<>();
        Rule.byGroup(rail.rules(), Resource::kind)
                .forEach(
                        (group, names) -> kinds.add(map("apiGroups", List.of(group), "kinds", new ArrayList<>(names))));
        return new AdmissionObject(
                "constraints.gatekeeper.sh/v1beta1",
                rail.kind(),
                name,
                map(
                        "spec",
                        map(
                                "enforcementAction",
                                action.gatekeeper(),
                                "match",
                                map(
                                        "scope",
                                        "Namespaced",
                                        "kinds",
                                        kinds,
                                        "namespaces",
                                        places.only(),
                                        "excludedNamespaces",
                                        places.except()))));
    }
}
