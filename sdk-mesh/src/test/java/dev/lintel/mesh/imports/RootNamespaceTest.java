package dev.lintel.mesh.imports;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.mesh.istio.IstioDialect;
import org.junit.jupiter.api.Test;

/** What is said in the root namespace is said for all of them, and which one that is can be said. */
class RootNamespaceTest {
    private static final String POLICY = """
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata:
              name: everywhere
              namespace: mesh
            spec:
              action: DENY
              rules:
              - to: [{operation: {paths: [/internal, /internal/*]}}]
            """;
    private static final String RULE = """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata:
              name: everywhere
              namespace: mesh
            spec:
              host: orders.shop.svc.cluster.local
              trafficPolicy:
                connectionPool: {tcp: {maxConnections: 7}}
            """;

    private static Imported by(IstioDialect dialect, String object) {
        String text = String.join(
                "---\n", SmallObjects.ISTIO_GATEWAY, SmallObjects.SERVICE, SmallObjects.VIRTUAL_SERVICE, object);
        return Import.by(dialect.domain("example.com")).yaml(text, "shop");
    }

    @Test
    void policiesOfTheRootNamespaceAreAskedEverywhere() {
        assertThat(by(istio().rootNamespace("mesh"), POLICY).source()).contains("\"/internal/**\"), 403");
        assertThat(by(istio(), POLICY).source()).doesNotContain("/internal");
    }

    @Test
    void rulesOfTheRootNamespaceAreTheLastOnes() {
        Imported imported = by(istio().rootNamespace("mesh"), RULE);

        assertThat(imported.source()).contains("breaker(b -> b.consecutive5xx(0).maxConnections(7))");
        assertThat(imported.isProven()).isTrue();
        assertThat(by(istio(), RULE).source()).doesNotContain("maxConnections");
    }

    @Test
    void aRootNamespaceIsOne() {
        assertThatThrownBy(() -> istio().rootNamespace("a/b")).hasMessageContaining("the root namespace");
    }
}
