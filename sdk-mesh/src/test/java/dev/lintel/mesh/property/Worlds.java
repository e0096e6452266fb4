package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.GatewayApiWorld;
import dev.lintel.mesh.istio.Calls;
import dev.lintel.mesh.istio.Comparison;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.istio.IstioWorld;
import dev.lintel.mesh.istio.RandomRequests;
import dev.lintel.mesh.kyma.KymaDialect;
import dev.lintel.mesh.kyma.KymaWorld;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Every dialect with every extension and data plane: a dialect joins by standing here. */
final class Worlds {
    private static final IstioDialect ISTIO = IstioDialect.istio().domain("example.com");
    private static final KymaDialect KYMA = KymaDialect.kyma().domain("example.com");

    private static final Set<String> EGRESS = Set.of(
            "istio.egress-narrower",
            "istio.egress-gateway-boundary",
            "istio.egress-gateway-namespace",
            "istio.egress-gateway-ports",
            "istio.egress-gateway-two",
            "istio.egress-gateway-wildcard");

    private Worlds() {}

    static Stream<World> all() {
        Stream<World> istio = Stream.of(
                new World("istio", ISTIO, IstioWorld::callers, IstioWorld.CALLERS, Worlds::inMesh),
                new World("istio ambient", ISTIO.ambient(), IstioWorld::ambient, IstioWorld.CALLERS, Worlds::inMesh),
                new World("istio elsewhere", ISTIO, IstioWorld::elsewhere, Set.of(), Worlds::inMesh),
                new World("istio egress", ISTIO, IstioWorld::egress, EGRESS, EgressQuestions::new),
                new World("kyma", KYMA, IstioWorld::any, KymaWorld.REFUSALS, Worlds::inKyma),
                new World("kyma alone", KYMA.onlyApiRules(), KymaWorld::simple, KymaWorld.ALONE, Worlds::inKyma));
        Stream<World> gatewayApi = Stream.of(Extension.values())
                .flatMap(extension -> Stream.of(
                        gatewayApi(extension, "", GatewayApiWorld::any, UnaryOperator.identity()),
                        gatewayApi(extension, "grpc ", GatewayApiWorld::grpc, GatewayApiWorld::call)));
        return Stream.concat(istio, gatewayApi);
    }

    private static World gatewayApi(
            Extension extension,
            String what,
            BiFunction<Extension, Long, MeshModel> models,
            UnaryOperator<RequestValue> asked) {
        Dialect dialect = GatewayApiWorld.dialect(extension);
        return new World(
                "gateway-api " + what
                        + extension.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                dialect,
                seed -> models.apply(extension, seed),
                GatewayApiWorld.REFUSALS,
                (seed, meant, made) -> {
                    Comparison both = new Comparison(meant, made);
                    RandomRequests requests = new RandomRequests(seed);
                    return new RequestQuestions(
                            () -> asked.apply(requests.request(meant)),
                            request -> GatewayApiWorld.isListed(extension, both, request),
                            both::first,
                            both::second);
                });
    }

    private static Questions inMesh(long seed, MeshModel meant, MeshModel made) {
        Comparison both = new Comparison(meant, made);
        Calls calls = new Calls(seed);
        return new RequestQuestions(() -> calls.request(meant), both::isListed, both::first, both::second);
    }

    private static Questions inKyma(long seed, MeshModel meant, MeshModel made) {
        KymaWorld one = new KymaWorld(meant);
        KymaWorld other = new KymaWorld(made);
        RandomRequests requests = new RandomRequests(seed);
        return new RequestQuestions(() -> requests.request(meant), KymaWorld::isListed, one::answer, other::answer);
    }
}
