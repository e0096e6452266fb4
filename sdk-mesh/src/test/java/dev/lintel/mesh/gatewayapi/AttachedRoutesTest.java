package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.imports.Import;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which hosts a route of anybody has at its gateways; a route of which that cannot be told is told itself. */
class AttachedRoutesTest {
    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: orders, namespace: shop}
            spec:
              parentRefs: [{name: edge, namespace: infra, PARENT}]
              HOSTS
              rules: [{backendRefs: [{name: orders, port: 8080}]}]
            """;
    private static final String OWN = "orders.shop.example.com";

    @ParameterizedTest
    @EnumSource(Extension.class)
    void aRouteForAHostOfItsListener(Extension extension) {
        Read read = read(extension, EdgeGateway.yaml("*.example.com"), route(OWN, ""));

        assertThat(read.problems()).isEmpty();
        assertThat(hosts(read)).containsExactly(OWN);
    }

    @ParameterizedTest
    @EnumSource(Extension.class)
    void aRouteForAllHostsOfASortHasThatOfItsListener(Extension extension) {
        Read read = read(extension, EdgeGateway.yaml(OWN), route("*.example.com", ""));

        assertThat(read.problems()).isEmpty();
        assertThat(hosts(read)).containsExactly(OWN);
    }

    @ParameterizedTest
    @EnumSource(Extension.class)
    void aRouteWithoutHostsAtAListenerWithoutOneIsForEveryHost(Extension extension) {
        assertThat(messages(read(extension, EdgeGateway.yaml(""), route("", ""))))
                .anyMatch(message -> message.contains("is for all hosts of a sort: [*]"));
    }

    @ParameterizedTest
    @EnumSource(Extension.class)
    void twoSortsOfHostsHaveTheNarrowerOneInCommon(Extension extension) {
        assertThat(messages(read(extension, EdgeGateway.yaml("*.shop.example.com"), route("*.example.com", ""))))
                .anyMatch(message -> message.contains("is for all hosts of a sort: [*.shop.example.com]"));
    }

    @ParameterizedTest
    @EnumSource(Extension.class)
    void aRouteOfAGatewayThatIsNotThereIsToldAndRead(Extension extension) {
        Read read = read(extension, "", route(OWN, ""));

        assertThat(messages(read))
                .anyMatch(message -> message.contains("gateway 'infra/edge' is not among the objects"));
        assertThat(hosts(read)).containsExactly(OWN);
        assertThat(Import.by(dialect(extension)).yaml(route(OWN, ""), "shop").isProven())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Extension.class)
    void aRouteForAnotherPortOrListenerIsAttachedToNone(Extension extension) {
        assertThat(hosts(read(extension, EdgeGateway.yaml(OWN), route(OWN, "port: 80"))))
                .containsExactly(OWN);
        assertThat(hosts(read(extension, EdgeGateway.yaml(OWN), route(OWN, "port: 81"))))
                .isEmpty();
        assertThat(hosts(read(extension, EdgeGateway.yaml(OWN), route(OWN, "sectionName: web"))))
                .containsExactly(OWN);
        assertThat(hosts(read(extension, EdgeGateway.yaml(OWN), route(OWN, "sectionName: other"))))
                .isEmpty();
    }

    private static GatewayApiDialect dialect(Extension extension) {
        return GatewayApiDialect.gatewayApi().domain("example.com").extension(extension);
    }

    private static String route(String host, String parent) {
        return ROUTE.replace("HOSTS", host.isEmpty() ? "" : "hostnames: ['" + host + "']")
                .replace(", PARENT", parent.isEmpty() ? "" : ", " + parent);
    }

    private static Read read(Extension extension, String gateway, String route) {
        return dialect(extension).read(ManifestYaml.readAny(gateway + route, "shop"));
    }

    private static List<String> messages(Read read) {
        return read.problems().stream().map(Problem::message).toList();
    }

    private static List<String> hosts(Read read) {
        return read.model().apis().stream()
                .map(ApiModel::entry)
                .flatMap(entry -> entry.hosts().stream())
                .toList();
    }
}
