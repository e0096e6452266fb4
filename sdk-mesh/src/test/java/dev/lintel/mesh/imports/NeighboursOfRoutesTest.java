package dev.lintel.mesh.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.istio.IstioDialect;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands beside routes and says nothing about requests. */
class NeighboursOfRoutesTest {
    private static final String ROUTES = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: public, namespace: infra}
            spec:
              gatewayClassName: eg
              listeners:
              - {name: http, port: 80, protocol: HTTP, hostname: "*.example.com", allowedRoutes: {namespaces: {from: All}}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: frontend, namespace: shop}
            spec: {selector: {app: frontend}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: web, namespace: shop}
            spec:
              parentRefs: [{name: public, namespace: infra}]
              hostnames: [web.shop.example.com]
              rules:
              - matches: [{path: {type: PathPrefix, value: /api}}]
                backendRefs: [{name: frontend, port: 80}]
            """;

    @Test
    void servicesBesideRoutesOfEnvoyGatewayAreNoProblem() {
        GatewayApiDialect dialect = GatewayApiDialect.gatewayApi()
                .domain("example.com")
                .extension(Extension.ENVOY_GATEWAY)
                .gatewayClass("eg");

        Imported imported = Import.by(dialect).yaml(ROUTES, "shop");

        assertThat(imported.problems()).isEmpty();
        assertThat(imported.differences()).isEmpty();
        assertThat(imported.isProven()).isTrue();
        assertThat(imported.stored()).contains("service: frontend", "- /api/**");
    }

    @Test
    void aKustomizationIsNoted() {
        String kustomization = """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [web.yaml]
                ---
                kind: Component
                """;

        Imported imported = Import.by(IstioDialect.istio()).texts(Map.of("kustomization.yaml", kustomization), "shop");

        assertThat(imported.problems()).extracting(Problem::code).containsExactly("import.nothing");
        assertThat(imported.notes())
                .extracting(Problem::message)
                .hasSize(2)
                .allMatch(text -> text.contains("says how kustomize builds objects"));
    }
}
