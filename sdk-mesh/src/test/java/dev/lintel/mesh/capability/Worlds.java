package dev.lintel.mesh.capability;

import dev.lintel.core.evaluate.Statuses;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.GatewayApiDeviations;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.gatewayapi.GatewayApiVersion;
import dev.lintel.mesh.istio.IstioDeviations;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.istio.IstioVersion;
import dev.lintel.mesh.kyma.KymaDeviations;
import dev.lintel.mesh.kyma.KymaDialect;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** All worlds that are written for: a new dialect, or another form of one, is one line here. */
final class Worlds {
    private Worlds() {}

    /**
     * One world.
     *
     * @param name the heading of its column
     * @param versions the dialect by version, oldest first, with hosts below {@code example.com}
     * @param statuses how it answers
     * @param deviations all of its table
     * @param says a definition of a feature in the form that this world takes; what is refused is said as it is
     */
    record World(
            String name,
            Map<String, Dialect> versions,
            Statuses statuses,
            List<Deviation> deviations,
            BiFunction<Feature, String, String> says) {

        /** For the newest version. */
        Dialect dialect() {
            return List.copyOf(versions.values()).get(versions.size() - 1);
        }
    }

    static List<World> all() {
        return List.of(
                istio("Istio, sidecars", IstioDialect.istio()),
                istio("Istio, ambient", IstioDialect.istio().ambient()),
                routes("Gateway API, Istio", Extension.ISTIO, Saying::services),
                routes(
                        "Gateway API, Envoy Gateway",
                        Extension.ENVOY_GATEWAY,
                        (feature, yaml) -> Saying.alike(Saying.keys(Saying.services(feature, yaml)))),
                routes(
                        "Gateway API alone",
                        Extension.NONE,
                        (feature, yaml) -> Saying.core(Saying.open(feature, Saying.services(feature, yaml)))),
                kyma("Kyma", KymaDialect.kyma()),
                kyma("Kyma, APIRules only", KymaDialect.kyma().onlyApiRules()));
    }

    private static World istio(String name, IstioDialect dialect) {
        IstioDialect named = dialect.domain("example.com");
        return new World(
                name,
                versions(IstioVersion.values(), named::version),
                IstioDialect.STATUSES,
                istio(),
                (feature, yaml) -> yaml);
    }

    private static World routes(String name, Extension extension, BiFunction<Feature, String, String> says) {
        GatewayApiDialect dialect =
                GatewayApiDialect.gatewayApi().domain("example.com").extension(extension);
        Stream<Deviation> own = Arrays.stream(GatewayApiDeviations.values()).map(GatewayApiDeviations::deviation);
        return new World(
                name,
                versions(GatewayApiVersion.values(), dialect::version),
                IstioDialect.STATUSES,
                extension == Extension.ISTIO
                        ? Stream.concat(own, istio().stream().filter(GatewayApiDeviations::staysBesideRoutes))
                                .toList()
                        : own.toList(),
                says);
    }

    private static World kyma(String name, KymaDialect dialect) {
        KymaDialect named = dialect.domain("example.com");
        return new World(
                name,
                versions(IstioVersion.values(), named::version),
                KymaDialect.STATUSES,
                Stream.concat(Arrays.stream(KymaDeviations.values()).map(KymaDeviations::deviation), istio().stream())
                        .toList(),
                (feature, yaml) -> Saying.keys(yaml));
    }

    private static List<Deviation> istio() {
        return IstioDeviations.all();
    }

    private static <V> Map<String, Dialect> versions(V[] all, Function<V, Dialect> dialect) {
        Map<String, Dialect> versions = new LinkedHashMap<>();
        for (V version : all) {
            versions.put(version.toString(), dialect.apply(version));
        }
        return versions;
    }
}
