package dev.lintel.mesh.target;

import static dev.lintel.mesh.gatewayapi.GatewayApiDialect.gatewayApi;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of others adds to a namespace that definitions close, or is for the whole mesh, is told by plan, check and diff. */
class DirectoryFencesTest {
    private static final List<Definition> SHOP = DefinitionFormat.yaml().readAll("""
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
                rules:
                  - endpoint: /orders/**
                    scopes:
                      - orders.read
            ---
            kind: Isolation/v1
            namespace: shop
            allowFrom:
              - monitoring
            """, "shop.yaml");
    private static final List<Definition> EGRESS = DefinitionFormat.yaml().readAll("""
            kind: Egress/v1
            host: api.psp.example
            namespace: shop
            gateway: istio-egressgateway.istio-system
            """, "egress.yaml");
    private static final String CLOSED = "  outboundTrafficPolicy:\n    mode: REGISTRY_ONLY\n";
    private static final String INGRESS = "  podSelector: {}\n  ingress:\n  - ";

    @TempDir
    Path folder;

    private DirectoryTarget target;

    @BeforeEach
    void look() {
        target = directory(folder);
    }

    private void write(String version, String kind, String namespace, String spec) throws IOException {
        Files.writeString(
                folder.resolve("theirs.yaml"),
                "apiVersion: " + version + "\nkind: " + kind + "\nmetadata:\n  name: zz\n  namespace: " + namespace
                        + "\nspec:\n" + spec);
    }

    private void network(String spec) throws IOException {
        write("networking.k8s.io/v1", "NetworkPolicy", "shop", spec);
    }

    private void sidecar(String spec) throws IOException {
        write("networking.istio.io/v1", "Sidecar", "shop", spec);
    }

    /** What the plan warns of, as the check does; the diff counts what is opened. */
    private List<String> told(Dialect dialect, List<Definition> definitions) {
        Mesh mesh = Mesh.of(dialect, target);
        mesh.apply(mesh.plan(definitions));
        List<Problem> told = mesh.plan(definitions).warnings().stream()
                .filter(one -> one.code().startsWith("directory."))
                .toList();
        assertThat(target.check(dialect, mesh.plan(definitions)).warnings())
                .as("what the check tells")
                .containsAll(told);
        assertThat(mesh.diff(definitions).opened())
                .isEqualTo(told.stream()
                        .filter(one -> one.code().equals("directory.reopened"))
                        .toList());
        return told.stream().map(one -> one.code() + " " + one.message()).toList();
    }

    private List<String> told(List<Definition> definitions) {
        return told(istio(), definitions);
    }

    @Test
    void aNetworkPolicyOfOthersThatLetsEverythingInIsTold() throws IOException {
        network(INGRESS + "{}\n  egress:\n  - {}\n");

        assertThat(told(SHOP))
                .containsExactly(
                        "directory.reopened holds NetworkPolicy shop/zz, which is not ours; it lets in everything,"
                                + " which NetworkPolicy shop/lintel.boundary does not: what one NetworkPolicy lets in no other one keeps");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from: []",
                "ports: [{port: 8080}]",
                "from: [{namespaceSelector: {}}]",
                "from: [{namespaceSelector: {}, podSelector: {}}]",
                "from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: evil}}}]",
                "from: [{podSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}}]",
                "from: [{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [shop, evil]}]}}]",
                "from: [{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [a]}]}}]",
                "from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: a}}}]",
                "from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}], ports: [{port: 8080}]",
            })
    void whatLetsInMoreIsTold(String rule) throws IOException {
        network(INGRESS + "{" + rule + "}\n");

        assertThat(told(SHOP)).singleElement().asString().startsWith("directory.reopened holds NetworkPolicy shop/zz");
        assertThat(told(EGRESS)).as("what nothing of ours closes").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from: [{podSelector: {}}]",
                "from: [{podSelector: {matchLabels: {app: a}}}], ports: [{port: 8080}]",
                "from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]",
            })
    void whatLetsInNoMoreIsNotTold(String rule) throws IOException {
        network(INGRESS + "{" + rule + "}\n");

        assertThat(told(SHOP)).isEmpty();
    }

    @Test
    void whatIsSaidByLabelsOfNamespacesIsNotJudged() throws IOException {
        network(INGRESS + "from: [{namespaceSelector: {matchLabels: {team: a}}}]\n");
        assertThat(told(SHOP)).singleElement().asString().startsWith("directory.unjudged holds NetworkPolicy shop/zz");

        network(INGRESS + "from: [{namespaceSelector: {matchLabels: {team: a}}}, {ipBlock: {cidr: 10.0.0.0/8}}]\n");
        assertThat(told(SHOP)).singleElement().asString().startsWith("directory.reopened holds NetworkPolicy shop/zz");
    }

    @Test
    void whatIsForSomeWorkloadsAloneOrSaysNoTypeOpensThese() throws IOException {
        network("  podSelector:\n    matchLabels:\n      app: orders\n  ingress:\n  - {}\n");
        assertThat(told(SHOP)).singleElement().asString().contains("lets in everything");
        network("  podSelector: {}\n  egress:\n  - {}\n");
        assertThat(told(EGRESS)).singleElement().asString().contains("lets out everything");
    }

    @Test
    void whatIsAboutNothingThatOursCloseIsNotTold() throws IOException {
        for (String spec : List.of(
                "  podSelector: {}\n",
                "  podSelector: {}\n  policyTypes: [Ingress]\n  ingress: []\n",
                "  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n  - {}\n")) {
            network(spec);
            assertThat(told(SHOP)).as(spec).isEmpty();
        }
        write("networking.k8s.io/v1", "NetworkPolicy", "other", INGRESS + "{}\n");
        assertThat(told(SHOP)).isEmpty();
    }

    @Test
    void whatLetsOutMoreThanTheGatewayIsTold() throws IOException {
        network("  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n  - to:\n    - namespaceSelector:\n"
                + "        matchLabels:\n          kubernetes.io/metadata.name: kube-system\n");

        assertThat(told(EGRESS))
                .containsExactly(
                        "directory.reopened holds NetworkPolicy shop/zz, which is not ours; it lets out the namespaces"
                                + " [kube-system], which NetworkPolicy shop/lintel.egress does not: what one NetworkPolicy lets out no"
                                + " other one keeps");
        network(
                "  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n  - ports:\n    - {protocol: UDP, port: 53}\n"
                        + "    to:\n    - namespaceSelector:\n        matchLabels:\n          kubernetes.io/metadata.name: kube-system\n");
        assertThat(told(EGRESS)).isEmpty();

        String resolver =
                "  podSelector: {}\n  policyTypes: [Egress]\n  egress:\n  - to:\n    - ipBlock: {cidr: 169.254.20.10/32}\n";
        network(resolver + "    ports:\n    - {protocol: UDP, port: 53}\n    - {protocol: TCP, port: 53}\n");
        assertThat(told(EGRESS)).isEmpty();
        for (String ports :
                List.of("", "    ports:\n    - {port: 80}\n", "    ports:\n    - {port: 53, endPort: 80}\n")) {
            network(resolver + ports);
            assertThat(told(EGRESS)).as(ports).singleElement().asString().contains("the addresses 169.254.20.10/32");
        }
    }

    @Test
    void aSidecarOfOthersInPlaceOfOursIsTold() throws IOException {
        sidecar("  workloadSelector:\n    labels:\n      app: orders\n");
        assertThat(told(EGRESS))
                .containsExactly(
                        "directory.reopened holds Sidecar shop/zz, which is not ours; it is for workloads {app=orders}"
                                + " in place of Sidecar shop/egress, as one counts for a workload: without REGISTRY_ONLY it lets them"
                                + " call hosts that no definition names, unless the mesh does not");
        sidecar(CLOSED);
        assertThat(told(EGRESS)).singleElement().asString().endsWith("it takes in '*/*' besides");
        for (String more : List.of("\"*/api.psp.example\"", "./*", "other/api.psp.example", "./api.evil.example")) {
            sidecar(CLOSED + "  egress:\n  - hosts: [" + more + "]\n");
            assertThat(told(EGRESS))
                    .as(more)
                    .singleElement()
                    .asString()
                    .startsWith("directory.reopened holds Sidecar shop/zz");
        }
        sidecar(CLOSED
                + "  egress:\n  - hosts: [istio-system/api.psp.example, ~/*, ./orders.shop.svc.cluster.local]\n");
        assertThat(told(EGRESS)).singleElement().asString().startsWith("directory.unjudged holds Sidecar shop/zz");

        write("networking.istio.io/v1", "Sidecar", "other", "  workloadSelector:\n    labels:\n      app: orders\n");
        assertThat(told(EGRESS)).as("where nothing of ours closes the way out").isEmpty();
    }

    @Test
    void whatChangesTheProxiesOfOurWorkloadsIsNotJudged() throws IOException {
        String unjudged = "directory.unjudged holds ";
        String listener =
                "  ingress:\n  - port: {number: 8080, protocol: HTTP, name: http}\n    defaultEndpoint: 127.0.0.1:8080\n";
        write(
                "extensions.istio.io/v1alpha1",
                "TrafficExtension",
                "shop",
                "  selector:\n    matchLabels:\n      app: orders\n");
        assertThat(told(SHOP)).singleElement().asString().startsWith(unjudged + "TrafficExtension shop/zz");
        write(
                "extensions.istio.io/v1alpha1",
                "TrafficExtension",
                "shop",
                "  selector:\n    matchLabels:\n      app: other\n");
        assertThat(told(SHOP)).isEmpty();

        write("networking.istio.io/v1", "Sidecar", "istio-system", listener);
        assertThat(told(SHOP)).singleElement().asString().startsWith(unjudged + "Sidecar istio-system/zz");
        write("networking.istio.io/v1", "Sidecar", "other", listener);
        assertThat(told(SHOP)).isEmpty();
    }

    private static Stream<Arguments> rootNamespaces() {
        return Stream.of(
                Arguments.of(istio(), istio().rootNamespace("mesh-root")),
                Arguments.of(gatewayApi(), gatewayApi().rootNamespace("mesh-root")));
    }

    @ParameterizedTest
    @MethodSource("rootNamespaces")
    void objectsOfAnotherRootNamespaceAreForTheWholeMesh(Dialect usual, Dialect other) throws IOException {
        write("security.istio.io/v1", "AuthorizationPolicy", "mesh-root", "  rules:\n  - {}\n");
        assertThat(told(other, SHOP)).singleElement().asString().startsWith("directory.reopened");
        assertThat(Mesh.of(other, target).diff(SHOP).isDrifted()).isTrue();
        assertThat(told(usual, SHOP)).isEmpty();

        write("security.istio.io/v1", "AuthorizationPolicy", "istio-system", "  rules:\n  - {}\n");
        assertThat(told(other, SHOP)).isEmpty();
        assertThat(told(usual, SHOP)).hasSize(1);

        write("networking.istio.io/v1alpha3", "EnvoyFilter", "mesh-root", "  configPatches: []\n");
        assertThat(told(other, SHOP)).singleElement().asString().startsWith("directory.unjudged");
        assertThat(told(usual, SHOP)).isEmpty();
    }
}
