package dev.lintel.mesh.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Statuses;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** References across namespaces hold only with a grant, and a grant says no more than is needed. */
class ReferencesTest {
    private static final GatewayApiDialect DIALECT = GatewayApiDialect.gatewayApi()
            .domain("example.com")
            .extension(Extension.NONE)
            .gateway(SharedGateway.standard().https(443, "tls-{namespace}").secretsIn("{namespace}"));
    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: lintel
              namespace: gateways
            spec:
              gatewayClassName: istio
              listeners:
                - name: all
                  hostname: "*.example.com"
                  port: 80
                  protocol: HTTP
                  allowedRoutes:
                    namespaces:
                      from: All
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: KIND
            metadata:
              name: orders
              namespace: shop
            spec:
              parentRefs:
                - name: lintel
                  namespace: gateways
              hostnames:
                - orders.shop.example.com
              rules:
                - backendRefs:
                    - name: orders
                      namespace: stock
                      port: 80
            """;

    @Test
    void aCertificateElsewhereIsLentByName() {
        Written written = DIALECT.write(model());

        assertThat(written.problems()).isEmpty();
        assertThat(ManifestYaml.write(List.of(grant(written)))).isEqualTo("""
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata:
                  name: gateways.lintel
                  namespace: shop
                  labels:
                    app.kubernetes.io/managed-by: lintel
                spec:
                  from:
                  - group: gateway.networking.k8s.io
                    kind: Gateway
                    namespace: gateways
                  to:
                  - group: ""
                    kind: Secret
                    name: tls-shop
                """);
        assertThat(DIALECT.read(written.manifests()).model().apis()).hasSize(1);
        assertThat(status(DIALECT.read(written.manifests()), "orders.shop.example.com"))
                .isEqualTo(200);
    }

    @Test
    void aListenerWithoutTheRightToItsCertificateServesNobody() {
        Written written = DIALECT.write(model());
        Manifest grant = grant(written);
        List<Manifest> without = written.manifests().stream()
                .filter(manifest -> !manifest.equals(grant))
                .toList();
        List<Manifest> other = ManifestYaml.read(
                ManifestYaml.write(written.manifests()).replace("name: tls-shop\n---", "name: tls-other\n---"));

        assertThat(status(DIALECT.read(without), "orders.shop.example.com")).isEqualTo(404);
        assertThat(other).isNotEqualTo(written.manifests());
        assertThat(status(DIALECT.read(other), "orders.shop.example.com")).isEqualTo(404);
    }

    @Test
    void certificatesBesideTheGatewayNeedNoGrant() {
        SharedGateway beside = SharedGateway.standard().https(443, "tls-{namespace}");

        assertThat(DIALECT.gateway(beside).write(model()).manifests())
                .noneMatch(manifest -> manifest.kind().equals("ReferenceGrant"));
    }

    @Test
    void aServiceElsewhereWithoutAGrantIsAnswered500() {
        Read read = DIALECT.read(ManifestYaml.read(ROUTE.replace("KIND", "HTTPRoute")));

        assertThat(read.problems()).isEmpty();
        assertThat(status(read, "orders.shop.example.com")).isEqualTo(500);
    }

    @Test
    void aGrantForAnotherKindOfRouteGrantsNothing() {
        String grant = """
                ---
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata:
                  name: shop
                  namespace: stock
                spec:
                  from:
                    - group: gateway.networking.k8s.io
                      kind: HTTPRoute
                      namespace: shop
                  to:
                    - group: ""
                      kind: Service
                """;
        Read other = DIALECT.read(ManifestYaml.read(ROUTE.replace("KIND", "GRPCRoute") + grant));
        Read same = DIALECT.read(ManifestYaml.read(ROUTE.replace("KIND", "HTTPRoute") + grant));

        assertThat(status(other, "orders.shop.example.com")).isEqualTo(500);
        assertThat(same.problems()).extracting(Problem::message).anyMatch(text -> text.contains("namespace 'stock'"));
    }

    private static Manifest grant(Written written) {
        return written.manifests().stream()
                .filter(manifest -> manifest.kind().equals("ReferenceGrant"))
                .findFirst()
                .orElseThrow();
    }

    private static MeshModel model() {
        return new ModelCompiler(Kinds.installed())
                .compile(
                        DefinitionFormat.yaml().read("kind: Api/v1\nservice: orders\nnamespace: shop\n", "a.yaml"),
                        DIALECT.world())
                .model();
    }

    private static int status(Read read, String host) {
        Decision decision = Evaluator.of(read.model(), Statuses.STANDARD, InstantSource.system())
                .decide(RequestValue.of("POST", host, "/shop.Orders/Get", null), bound -> 0);
        if (decision instanceof Decision.Refuse refuse) {
            return refuse.status();
        }
        return decision instanceof Decision.Reply reply ? reply.status() : 200;
    }
}
