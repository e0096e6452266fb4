package dev.lintel.mesh.capability;

import dev.lintel.core.evaluate.Statuses;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.gatewayapi.GatewayApiDeviations;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.istio.IstioDeviations;
import dev.lintel.mesh.istio.IstioDialect;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
     * @param says a definition of a feature in the form that this world takes; what is refused is said as it is
     */
    record World(
            String name, Dialect dialect, Statuses statuses, List<Deviation> deviations, UnaryOperator<String> says) {}

    static List<World> all() {
        List<Deviation> istio = Arrays.stream(IstioDeviations.values())
                .map(IstioDeviations::deviation)
                .toList();
        List<Deviation> routes = Stream.concat(
                        Arrays.stream(GatewayApiDeviations.values()).map(GatewayApiDeviations::deviation),
                        istio.stream())
                .toList();
        return List.of(
                new World(
                        "Istio, sidecars",
                        IstioDialect.istio().domain("example.com"),
                        IstioDialect.STATUSES,
                        istio,
                        UnaryOperator.identity()),
                new World(
                        "Gateway API, Istio",
                        GatewayApiDialect.gatewayApi().domain("example.com"),
                        IstioDialect.STATUSES,
                        routes,
                        Worlds::withServices));
    }

    /** The same for a world that tells versions by their services: each version without one gets one. */
    private static String withServices(String yaml) {
        String text = yaml.replace("    labels:\n      lane: blue\n", "    service: orders-v1\n");
        boolean named = text.contains("traffic.version/v1");
        if (named || !text.contains("version: v")) {
            return text;
        }
        return text.stripTrailing()
                + "\n  - kind: traffic.version/v1\n    name: v1\n    service: orders-v1"
                + "\n  - kind: traffic.version/v1\n    name: v2\n    service: orders-v2\n";
    }
}
