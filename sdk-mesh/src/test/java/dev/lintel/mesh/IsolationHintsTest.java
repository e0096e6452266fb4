package dev.lintel.mesh;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.kyma.KymaDialect;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan with a boundary says what its world needs for it, or what to do instead, each with the way out. */
class IsolationHintsTest {
    private static final List<Definition> DEFINITIONS = DefinitionFormat.yaml().readAll("""
            kind: Api/v1
            service: orders
            namespace: shop
            ---
            kind: Isolation/v1
            namespace: shop
            allowFrom:
              - monitoring
            """, "shop.yaml");

    @TempDir
    private Path folder;

    private Plan plan(Dialect dialect) {
        return Mesh.of(dialect, directory(folder)).plan(DEFINITIONS);
    }

    @Test
    void aMeshIsToldWhatTheBoundaryRestsOn() {
        assertThat(plan(istio()).render())
                .contains("""
                          istio.boundary-mtls isolation of shop: all workloads of 'shop' take mutual TLS only, so that whoever calls \
                        them needs a sidecar, and so do they
                                give sidecars to the workloads of 'shop' and to their callers before
                                at shop.yaml:5
                        """.substring(2), """
                          istio.network-policy isolation of shop: the network must enforce NetworkPolicy; otherwise only the \
                        sidecars keep 'shop' closed
                                use a network plugin that does; probes come from the nodes, which it must let through
                                at shop.yaml:5
                        """.substring(2), """
                          istio.boundary-metrics isolation of shop: whoever collects metrics of 'shop' from outside, such as \
                        Prometheus, is kept out as well: by mutual TLS, and at the sidecars' own ports by the NetworkPolicy
                                let its namespace in, as in allowFrom("monitoring"), and collect what the sidecars merge, at port 15020
                                at shop.yaml:5
                        """.substring(2), """
                          isolation.egress-open isolation of shop: workloads of 'shop' may still call everything outside of this \
                        world, because nothing says what may leave
                                say Api.egress(…) for what it needs; once one host is said, nothing else leaves
                                at shop.yaml:5
                        """.substring(2));
    }

    @Test
    void whoCannotSayItNamesTheWorldThatCan() {
        assertThat(plan(GatewayApiDialect.gatewayApi().extension(Extension.ENVOY_GATEWAY))
                        .render())
                .contains("""
                          (1) gateway-api.not-supported isolation of shop: Gateway API with Envoy Gateway has no words for this: calls \
                        across the boundary of a namespace (Isolation/v1)
                                use Istio's own dialect, or name Istio as the extension
                                at shop.yaml:5
                        """);
        assertThat(plan(KymaDialect.kyma().onlyApiRules()).render()).contains("""
                          (1) kyma.isolation orders.shop: an APIRule stands beside no boundaries of namespaces, as 'isolation of \
                        shop' is
                                leave the boundary out; or say kyma() without onlyApiRules(), which says it by Istio's own objects
                                at shop.yaml:5
                        """);
    }
}
