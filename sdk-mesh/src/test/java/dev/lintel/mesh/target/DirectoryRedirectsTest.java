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

/** What of others leads calls elsewhere which definitions let out, or which are for a service of theirs, is told. */
class DirectoryRedirectsTest {
    private static final List<Definition> SHOP = DefinitionFormat.yaml().readAll("""
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
            ---
            kind: Egress/v1
            host: api.psp.example
            namespace: shop
            ---
            kind: Egress/v1
            host: "*.eu.example"
            namespace: shop
            ---
            kind: Egress/v1
            host: bank.example
            namespace: books
            gateway: istio-egressgateway.istio-system
            ---
            kind: Api/v1
            service: cards
            namespace: shop
            policies:
              - kind: traffic.served-by/v1
                place: external
                address: https://api.cards.example
            """, "shop.yaml");

    @TempDir
    Path folder;

    private DirectoryTarget target;

    @BeforeEach
    void look() {
        target = directory(folder);
    }

    private List<String> told(String kind, String namespace, String spec) throws IOException {
        Files.writeString(
                folder.resolve("theirs.yaml"),
                "apiVersion: networking.istio.io/v1\nkind: " + kind + "\nmetadata:\n  name: zz\n  namespace: "
                        + namespace + "\nspec: " + spec + "\n");
        Mesh mesh = Mesh.of(istio(), target);
        mesh.apply(mesh.plan(SHOP));
        List<Problem> told = mesh.plan(SHOP).warnings().stream()
                .filter(one -> one.code().equals("directory.reopened"))
                .toList();
        assertThat(mesh.diff(SHOP).opened()).isEqualTo(told);
        return told.stream().map(Problem::message).toList();
    }

    @Test
    void anEntryWithEndpointsForAHostThatIsLetOutIsTold() throws IOException {
        assertThat(told("ServiceEntry", "shop", "{hosts: [other.example, API.psp.example], resolution: STATIC}"))
                .containsExactly(
                        "holds ServiceEntry shop/zz, which is not ours; it has endpoints for 'api.psp.example', as"
                                + " ServiceEntry shop/egress-api.psp.example has: calls that this lets out go to those as well");
    }

    @ParameterizedTest
    @CsvSource({
        "shop, a.eu.example, true",
        "shop, '*.eu.example', true",
        "shop, '*.psp.example', false",
        "shop, other.example, false",
        "shop, bank.example, false",
        "books, bank.example, false",
        "istio-system, bank.example, true",
        "other, api.psp.example, false",
        "shop, orders.shop.svc.cluster.local, true",
        "other, orders.shop.svc.cluster.local, true",
        "other, orders.other.svc.cluster.local, false",
        "other, istio-egressgateway.istio-system.svc.cluster.local, true",
        "shop, api.psp.example., true",
        "other, istio-egressgateway.istio-system, true"
    })
    void anEntryIsToldWhereItCounts(String namespace, String host, boolean isTold) throws IOException {
        assertThat(told("ServiceEntry", namespace, "{hosts: ['" + host + "'], resolution: DNS}"))
                .hasSize(isTold ? 1 : 0);
    }

    @Test
    void anEntryForAnotherNameOfAServiceIsTold() throws IOException {
        assertThat(told("ServiceEntry", "other", "{hosts: [other.example, Orders.shop], resolution: STATIC}"))
                .containsExactly(
                        "holds ServiceEntry other/zz, which is not ours; it has endpoints for 'orders.shop', by"
                                + " which 'orders.shop.svc.cluster.local' is called, a service of ours: calls by this name go to"
                                + " those in its place");
        assertThat(told("ServiceEntry", "other", "{hosts: [orders.shop.svc], exportTo: ['.'], resolution: STATIC}"))
                .singleElement()
                .asString()
                .endsWith("calls by this name from 'other' go to those in its place");
    }

    /** A name without a namespace means a service of ours only where it is called from the namespace of that. */
    @ParameterizedTest
    @CsvSource({
        "other, orders, '', true",
        "other, ORDERS., '', true",
        "other, orders, 'exportTo: [\"*\"], ', true",
        "other, orders, 'exportTo: [\".\", shop], ', true",
        "other, orders, 'exportTo: [\".\"], ', false",
        "other, orders, 'exportTo: [\"~\"], ', false",
        "other, orders, 'exportTo: [books], ', false",
        "shop, orders, 'exportTo: [\".\"], ', true",
        "other, istio-egressgateway, 'exportTo: [shop], ', false",
        "other, istio-egressgateway, 'exportTo: [istio-system], ', true",
        "other, orders.shop, 'exportTo: [\".\"], ', true",
        "other, orders.shop., '', true",
        "other, orders.shop.svc, '', true",
        "other, orders.shop.svc.cluster.local., '', true",
        "other, orders.shop.svc.corp.internal, '', true",
        "other, orders.shop.svc.other.svc.cluster.local, '', true",
        "other, orders.shop.example, '', false",
        "other, orders.shopping, '', false",
        "other, my.orders.shop, '', false",
        "other, order, '', false",
        "other, orders.other, '', false",
        "other, '*.shop', '', false",
        "other, '*.shop.svc.cluster.local', '', false",
        "other, '*.local', '', false"
    })
    void anEntryIsToldByAnyNameThatTakesCalls(String namespace, String host, String more, boolean isTold)
            throws IOException {
        assertThat(told("ServiceEntry", namespace, "{hosts: ['" + host + "'], " + more + "resolution: DNS}"))
                .hasSize(isTold ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({
        "shop, api.psp.example, '', true",
        "shop, API.psp.example., '', true",
        "shop, '*.example', 'gateways: [gw, mesh], ', true",
        "shop, a.eu.example, 'gateways: [mesh], ', true",
        "shop, api.psp.example, 'gateways: [gw], ', false",
        "shop, other.example, '', false",
        "other, api.psp.example, '', false",
        "istio-system, bank.example, '', true"
    })
    void routesAreToldWhereTheyCount(String namespace, String host, String gateways, boolean isTold)
            throws IOException {
        assertThat(told(
                        "VirtualService",
                        namespace,
                        "{hosts: ['" + host + "'], " + gateways + "http: [{route: [{destination: {host: evil}}]}]}"))
                .hasSize(isTold ? 1 : 0);
    }

    @Test
    void theEgressGatewayIsCalledByMutualTls() throws IOException {
        assertThat(
                        told(
                                "DestinationRule",
                                "other",
                                "{host: istio-egressgateway.istio-system.svc.cluster.local, trafficPolicy: {tls: {mode: DISABLE}}}"))
                .singleElement()
                .asString()
                .contains("calls 'istio-egressgateway.istio-system.svc.cluster.local' with TLS DISABLE");
    }

    /** Nobody but the gateway asks who calls a service elsewhere, and it asks by the host of our routes. */
    @ParameterizedTest
    @CsvSource({
        "other, gw, cards.shop.svc.cluster.local, true",
        "other, mesh, Cards.shop., true",
        "shop, gw, cards, true",
        "other, gw, cards, false",
        "other, gw, orders.shop.svc.cluster.local, false",
        "other, gw, api.psp.example, true",
        "other, gw, a.eu.example, true",
        "other, mesh, api.psp.example, false",
        "other, gw, api.other.example, false"
    })
    void routesThatLeadToAnEntryOfOursAreTold(String namespace, String gateway, String host, boolean isTold)
            throws IOException {
        for (String way : List.of(
                "route: [{destination: {host: '%s'}}]", "route: [{destination: {host: a}}], mirror: {host: '%s'}")) {
            assertThat(told(
                            "VirtualService",
                            namespace,
                            "{hosts: [b.example], gateways: [" + gateway + "], http: [{" + way.formatted(host) + "}]}"))
                    .hasSize(isTold ? 1 : 0);
        }
    }

    @Test
    void routesOfGatewayApiThatLeadToAnEntryOfOursOrHangOnItAreTold() throws IOException {
        String named = "rules: [{backendRefs: [{group: networking.istio.io, kind: Hostname, name: ";
        assertThat(told("HTTPRoute", "other", "{parentRefs: [{name: gw}], " + named + "api.psp.example}]}]}"))
                .containsExactly(
                        "holds HTTPRoute other/zz, which is not ours; it leads to 'api.psp.example', which is that of"
                                + " ServiceEntry shop/egress-api.psp.example: whoever gets to these routes gets there, and none of"
                                + " ours is asked");
        assertThat(told("HTTPRoute", "other", "{parentRefs: [{name: gw}], " + named + "api.other.example}]}]}"))
                .isEmpty();
        String parent = "{group: networking.istio.io, kind: ServiceEntry, name: ";
        assertThat(told("TCPRoute", "shop", "{parentRefs: [" + parent + "egress-api.psp.example}]}"))
                .containsExactly("holds TCPRoute shop/zz, which is not ours; it has routes for ServiceEntry"
                        + " shop/egress-api.psp.example, which is ours: calls to its hosts go where those lead");
        assertThat(told("HTTPRoute", "other", "{parentRefs: [" + parent + "egress-api.psp.example}]}"))
                .isEmpty();
        assertThat(told("HTTPRoute", "other", "{parentRefs: [" + parent + "cards, namespace: shop}]}"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "ServiceEntry, shop, '{hosts: [api.psp.example], EXPORT resolution: STATIC}'",
        "ServiceEntry, other, '{hosts: [orders.shop], EXPORT resolution: STATIC}'",
        "VirtualService, other, '{hosts: [b], EXPORT gateways: [gw], http: [{route: [{destination: {host: cards.shop}}]}]}'",
        "VirtualService, other, '{hosts: [orders.shop], EXPORT http: [{route: [{destination: {host: b}}]}]}'",
        "DestinationRule, other, '{host: orders.shop.svc.cluster.local, EXPORT trafficPolicy: {tls: {mode: DISABLE}}}'"
    })
    void whatNobodySeesIsNotTold(String kind, String namespace, String spec) throws IOException {
        assertThat(told(kind, namespace, spec.replace("EXPORT", ""))).hasSize(1);
        assertThat(told(kind, namespace, spec.replace("EXPORT", "exportTo: ['~'],")))
                .isEmpty();
    }
}
