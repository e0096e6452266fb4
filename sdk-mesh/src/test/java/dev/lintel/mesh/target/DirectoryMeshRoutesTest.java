package dev.lintel.mesh.target;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of others takes calls inside the mesh from a service of ours is told. */
class DirectoryMeshRoutesTest {
    private static final List<Definition> SHOP = DefinitionFormat.yaml().readAll("""
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
            ---
            kind: Api/v1
            service: cards
            namespace: shop
            policies:
              - kind: traffic.served-by/v1
                place: external
                address: https://api.psp.example
            """, "shop.yaml");

    @TempDir
    Path folder;

    private Mesh mesh;

    @BeforeEach
    void write() {
        mesh = Mesh.of(istio(), directory(folder));
        mesh.apply(mesh.plan(SHOP));
    }

    private void put(String group, String kind, String metadata, String spec) throws IOException {
        Files.writeString(
                folder.resolve("theirs.yaml"),
                "apiVersion: " + group + "/v1\nkind: " + kind + "\nmetadata: {name: zz, " + metadata + "}\nspec: "
                        + spec + "\n");
    }

    private List<String> told(String group, String kind, String metadata, String spec) throws IOException {
        put(group, kind, metadata, spec);
        List<Problem> told = mesh.plan(SHOP).warnings().stream()
                .filter(one -> one.code().equals("directory.reopened"))
                .toList();
        assertThat(mesh.diff(SHOP).opened()).isEqualTo(told);
        return told.stream().map(Problem::message).toList();
    }

    @Test
    void anEntryForAWorkloadOfOursIsTold() throws IOException {
        assertThat(told(
                        "networking.istio.io",
                        "WorkloadEntry",
                        "namespace: shop",
                        "{address: 203.0.113.9, labels: {app: orders, more: x}}"))
                .containsExactly(
                        "holds WorkloadEntry shop/zz, which is not ours; it stands for a workload {app=orders} in 'shop',"
                                + " which objects of ours are for: calls to the service of those go to '203.0.113.9' as well");
    }

    @ParameterizedTest
    @CsvSource({
        "'namespace: shop, labels: {app: orders}', '{}', true",
        "'namespace: shop, labels: {app: carts}', '{app: orders}', false",
        "'namespace: shop', '{app: carts}', false",
        "'namespace: shop', '{}', false",
        "'namespace: other', '{app: orders}', false"
    })
    void anEntryIsToldByItsLabels(String metadata, String labels, boolean isTold) throws IOException {
        assertThat(told(
                        "networking.istio.io",
                        "WorkloadEntry",
                        metadata,
                        "{address: 203.0.113.9, labels: " + labels + "}"))
                .hasSize(isTold ? 1 : 0);
    }

    @Test
    void routesForAServiceOfOursAreTold() throws IOException {
        assertThat(told(
                        "networking.istio.io",
                        "VirtualService",
                        "namespace: shop",
                        "{hosts: [x.example, orders], http: [{route: [{destination: {host: evil}}]}]}"))
                .containsExactly(
                        "holds VirtualService shop/zz, which is not ours; it has routes in the mesh for"
                                + " 'orders.shop.svc.cluster.local', which is a service of ours: calls to it go where those lead");
    }

    @ParameterizedTest
    @CsvSource({
        "shop, orders, '', evil, true",
        "shop, orders.shop, 'gateways: [gw, mesh], ', evil, true",
        "shop, Orders.shop.svc, '', evil, true",
        "other, orders.shop.svc.cluster.local, '', evil, true",
        "other, '*', '', evil, true",
        "other, '*.shop.svc.cluster.local', '', evil, true",
        "other, '*rders.shop.svc.cluster.local', '', evil, true",
        "other, orders.shop.svc.cluster.local., '', evil, true",
        "other, orders.shop.svc.corp.internal, '', evil, true",
        "other, '*.shop', '', evil, false",
        "other, orders.shopping, '', evil, false",
        "other, orders, '', evil, false",
        "other, orders.shop.svc.cluster.local, 'exportTo: [\".\"], ', evil, false",
        "other, orders.shop.svc.cluster.local, 'exportTo: [other], ', evil, false",
        "other, orders.shop.svc.cluster.local, 'exportTo: [other, shop], ', evil, true",
        "shop, orders, 'exportTo: [\".\"], ', evil, true",
        "shop, orders, 'exportTo: [\"~\"], ', evil, false",
        "shop, orders, 'gateways: [gw], ', evil, false",
        "shop, carts, '', evil, false",
        "shop, orders, '', orders, false",
        "shop, orders, '', orders.shop.svc.cluster.local, false"
    })
    void routesAreToldWhereTheyCount(String namespace, String host, String more, String to, boolean isTold)
            throws IOException {
        assertThat(told(
                        "networking.istio.io",
                        "VirtualService",
                        "namespace: " + namespace,
                        "{hosts: ['" + host + "'], " + more + "http: [{route: [{destination: {host: " + to + "}}]}]}"))
                .hasSize(isTold ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "'mirror: {host: evil}'",
        "'mirrors: [{destination: {host: evil}}]'",
        "'redirect: {authority: evil}'",
        "'delegate: {name: evil}'"
    })
    void whatLeadsElsewhereBesidesIsTold(String elsewhere) throws IOException {
        assertThat(told(
                        "networking.istio.io",
                        "VirtualService",
                        "namespace: shop",
                        "{hosts: [orders], http: [{route: [{destination: {host: orders}}], " + elsewhere + "}]}"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPRoute, shop, 'kind: Service, group: \"\", name: orders', 'name: evil', true",
        "GRPCRoute, shop, 'kind: Service, name: orders', 'name: evil', true",
        "HTTPRoute, shop, 'kind: Service, name: orders', 'name: orders, namespace: other', true",
        "HTTPRoute, shop, 'kind: Service, name: orders', 'name: orders, kind: ServiceImport', true",
        "HTTPRoute, shop, 'kind: Service, name: orders', 'name: orders, filters: [{type: RequestMirror}]', true",
        "HTTPRoute, shop, 'kind: Service, name: orders', 'name: orders', false",
        "HTTPRoute, shop, 'kind: Service, name: carts', 'name: evil', false",
        "HTTPRoute, shop, 'name: orders', 'name: evil', false",
        "HTTPRoute, other, 'kind: Service, name: orders, namespace: shop', 'name: evil', false"
    })
    void routesOfTheGatewayApiAreToldWhoseParentIsAServiceOfOurs(
            String kind, String namespace, String parent, String backend, boolean isTold) throws IOException {
        assertThat(told(
                        "gateway.networking.k8s.io",
                        kind,
                        "namespace: " + namespace,
                        "{parentRefs: [{" + parent + "}], rules: [{backendRefs: [{" + backend + ", port: 80}]}]}"))
                .hasSize(isTold ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "cards, 'mode: SIMPLE, insecureSkipVerify: true', true",
        "cards, 'mode: MUTUAL, insecureSkipVerify: true', true",
        "cards, 'mode: SIMPLE, insecureSkipVerify: false', false",
        "cards, 'mode: SIMPLE', false",
        "cards, 'mode: DISABLE', true",
        "orders, 'mode: SIMPLE', true"
    })
    void tlsToAServiceElsewhereThatLooksAtNoCertificateIsTold(String host, String tls, boolean isTold)
            throws IOException {
        List<String> told = told(
                "networking.istio.io",
                "DestinationRule",
                "namespace: shop",
                "{host: " + host + ", trafficPolicy: {tls: {" + tls + "}}}");

        assertThat(told).hasSize(isTold ? 1 : 0);
        if (tls.contains("true")) {
            assertThat(told.get(0))
                    .endsWith(
                            " without a look at the certificate: whoever is on the way can read and change what is sent");
        }
    }
}
