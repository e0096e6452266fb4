package dev.lintel.mesh;

import static dev.lintel.mesh.gatewayapi.GatewayApiDialect.gatewayApi;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.kyma.KymaDialect.kyma;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An object that is given twice is one, and if both are not alike it is told. */
class RepeatedTest {
    /** A dialect and a route of its own, which leads to {@code orders} or to somebody else. */
    record World(Dialect dialect, String routes) {
        List<Manifest> objects(String service) {
            return ManifestYaml.readAny(routes.replace("SERVICE", service), "shop");
        }

        Dialect.Read read(String... services) {
            List<Manifest> all = new ArrayList<>();
            for (String service : services) {
                all.addAll(objects(service));
            }
            return dialect.read(all);
        }

        @Override
        public String toString() {
            return dialect.name();
        }
    }

    static List<World> worlds() {
        String http = """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: orders}
                spec:
                  parentRefs: [{name: public, namespace: infra}]
                  hostnames: [orders.shop.example.com]
                  rules: [{backendRefs: [{name: SERVICE, port: 80}]}]
                """;
        String virtual = """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: orders}
                spec:
                  hosts: [orders.shop.example.com]
                  gateways: [public]
                  http: [{route: [{destination: {host: SERVICE}}]}]
                """;
        String rule = """
                apiVersion: gateway.kyma-project.io/v2
                kind: APIRule
                metadata: {name: orders}
                spec:
                  gateway: kyma-system/kyma-gateway
                  hosts: [orders.shop.example.com]
                  service: {name: SERVICE, port: 80}
                  rules: [{path: /*, methods: [GET], noAuth: true}]
                """;
        return List.of(
                new World(istio().domain("example.com"), virtual),
                new World(gatewayApi().domain("example.com"), http),
                new World(kyma().domain("example.com"), rule));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void whatIsGivenTwiceAlikeIsReadOnce(World world) {
        Dialect.Read once = world.read("orders");

        assertThat(once.model()).isNotEqualTo(MeshModel.EMPTY);
        assertThat(world.read("orders", "orders")).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void whatIsGivenTwiceAndNotAlikeIsTold(World world) {
        Dialect.Read last = world.read("orders");
        Dialect.Read twice = world.read("stock", "orders");

        String id = world.objects("orders").get(0).id();
        assertThat(twice.problems().get(0))
                .extracting(Problem::code, Problem::path, Problem::message)
                .containsExactly(
                        "manifest.twice",
                        id,
                        "is given twice and not alike, as number 1 and 2 of the objects; read as it is given last");
        assertThat(twice.model()).isEqualTo(last.model());
        assertThat(twice.problems()).hasSize(last.problems().size() + 1);
    }
}
