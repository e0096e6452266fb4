package dev.lintel.mesh.steps;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Where two states cannot be joined without a moment in which requests are refused that both let through. */
final class Gaps {
    private static final String CODE = "steps.gap";

    private Gaps() {}

    static List<Problem> of(Collection<Passage> passages, List<Manifest> shut) {
        List<Problem> gaps = new ArrayList<>();
        shut.forEach(policy -> gaps.add(gap(
                policy,
                "what both the old and the new rules let through is too much for one policy",
                "change fewer rules at once")));
        Contested.of(passages)
                .hosts()
                .forEach((host, route) -> gaps.add(gap(
                        route,
                        "takes '" + host.substring(host.indexOf(' ') + 1) + "' over from another route",
                        "give the host to both, by paths, before it is taken from one")));
        return gaps;
    }

    private static Problem gap(Manifest manifest, String why, String hint) {
        return new Problem(
                CODE,
                manifest.id(),
                "requests that both the old and the new state let through are refused for a moment: " + why,
                hint,
                Origin.unknown());
    }
}
