package dev.lintel.mesh.capability;

import dev.lintel.core.evaluate.Statuses;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.istio.IstioDeviations;
import dev.lintel.mesh.istio.IstioDialect;
import java.util.Arrays;
import java.util.List;

/** All worlds that are written for: a new dialect, or another form of one, is one line here. */
final class Worlds {
    private Worlds() {}

    /**
     * One world.
     *
     * @param name the heading of its column
     * @param dialect with hosts below {@code example.com}
     * @param statuses how it answers
     * @param deviations all of its table
     */
    record World(String name, Dialect dialect, Statuses statuses, List<Deviation> deviations) {}

    static List<World> all() {
        List<Deviation> istio = Arrays.stream(IstioDeviations.values())
                .map(IstioDeviations::deviation)
                .toList();
        return List.of(
                new World("Istio, sidecars", IstioDialect.istio().domain("example.com"), IstioDialect.STATUSES, istio));
    }
}
