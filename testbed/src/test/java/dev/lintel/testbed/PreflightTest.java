package dev.lintel.testbed;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.raw.RawField.raw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.preflight.PreflightReport;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster is looked at before anything is written: a healthy one has nothing to tell, and each broken one tells why. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class PreflightTest {
    private final Cluster cluster;
    private final KubernetesClient client;
    private final PreflightWorld world;

    PreflightTest(Cluster cluster, ApiClient api) {
        this.cluster = cluster;
        this.client = Clients.of(cluster);
        this.world = new PreflightWorld(cluster, api);
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    private List<String> problems() {
        return world.check(client).problems().stream().map(Problem::render).toList();
    }

    private List<String> warnings() {
        return world.check(client).warnings().stream().map(Problem::render).toList();
    }

    @Test
    void aHealthyClusterHasNothingToTell() {
        PreflightReport report = world.check(client);

        assertThat(report.problems()).isEmpty();
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void whatIsMetIsNotAPrerequisiteOfThePlan() {
        ClusterTarget target = ClusterTarget.cluster(client).inventory(world.shop);
        List<String> met = List.of(
                "istio.path-normalization", "istio.extension-provider", "istio.gateway-identity", "istio.subset");

        Plan blind = Mesh.of(world.dialect(), target).plan(world.orders());
        Plan plan =
                Mesh.of(world.dialect(), target.preflight(world.preflight())).plan(world.orders());

        assertThat(blind.warnings()).extracting(Problem::code).containsAll(met);
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.warnings()).extracting(Problem::code).doesNotContainAnyElementsOf(met);
    }

    @Test
    void whatIsNotMetIsAProblemOfThePlan() {
        world.mesh("trustDomain: cluster.local\n");

        Plan plan = Mesh.of(
                        world.dialect(),
                        ClusterTarget.cluster(client).inventory(world.shop).preflight(world.preflight()))
                .plan(world.orders());

        assertThat(plan.problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("preflight.path-normalization", "preflight.extension-provider");
        assertThat(plan.problems())
                .filteredOn(each -> each.code().equals("preflight.path-normalization"))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.message())
                            .startsWith("says pathNormalization nothing, which is BASE, for orders." + world.shop)
                            .contains("gets around what is asked at");
                    assertThat(each.hint()).contains("normalization: DECODE_AND_MERGE_SLASHES");
                });
        assertThat(plan.problems())
                .filteredOn(each -> each.code().equals("preflight.extension-provider"))
                .singleElement()
                .satisfies(each -> assertThat(each.hint()).contains("envoyExtAuthzGrpc:", "port: 9191"));
    }

    @Test
    void anIstioThatIsTooOldIsAProblem() {
        world.pod(
                world.root,
                "istiod-0",
                Map.of("app", "istiod"),
                "istiod",
                "discovery",
                "registry.example/pilot:1.24.0-distroless");

        assertThat(problems())
                .containsExactly("preflight.istio-version istiod in " + world.root
                        + ": is Istio 1.24, and only 1.27 to 1.31 is known\n"
                        + "      use a version of these, or a newer Lintel");
    }

    @Test
    void anIstioThatDoesNotTellItsVersionIsAWarning() {
        world.delete("/api/v1/namespaces/" + world.root + "/pods/istiod-0?gracePeriodSeconds=0");

        assertThat(problems()).isEmpty();
        assertThat(warnings()).singleElement().asString().startsWith("preflight.istio-version istiod in " + world.root);
    }

    @Test
    void aMeshWithoutItsConfigurationIsToldAsNotLookedAt() {
        world.delete("/api/v1/namespaces/" + world.root + "/configmaps/istio");

        assertThat(problems()).isEmpty();
        assertThat(warnings())
                .containsExactly("preflight.unchecked ConfigMap " + world.root
                        + "/istio: was not looked at: it is not there, so that the configuration of the mesh is not known\n"
                        + "      say preflight().rootNamespace(…) and revision(…) as the mesh is installed");
    }

    @Test
    void aProviderWithAnotherPortIsAProblem() {
        world.mesh(world.healthyMesh().replace("9191", "9000").replace("failOpen: false", "failOpen: true"));

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("preflight.extension-provider AuthorizationPolicy " + world.edge + "/")
                .contains("port is '9000' and not 9191, failOpen is true");

        world.mesh(world.healthyMesh().replace("service: authz.", "service: other/authz-old."));
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("service is 'other/authz-old." + world.shop + ".svc.cluster.local' and not authz."
                        + world.shop);
    }

    @Test
    void anotherTrustDomainIsAProblemUnlessItIsAnAlias() {
        world.mesh(world.healthyMesh().replace("trustDomain: cluster.local", "trustDomain: prod.example"));

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("preflight.trust-domain AuthorizationPolicy " + world.shop
                        + "/orders: names callers of the trust" + " domain 'cluster.local', and ConfigMap " + world.root
                        + "/istio says prod.example");

        world.mesh(world.healthyMesh()
                .replace(
                        "trustDomain: cluster.local",
                        "trustDomain: prod.example\ntrustDomainAliases: [cluster.local]"));
        assertThat(problems()).isEmpty();
    }

    @Test
    void anotherRootNamespaceIsAWarning() {
        world.mesh(world.healthyMesh() + "rootNamespace: mesh-config\n");

        assertThat(warnings())
                .singleElement()
                .asString()
                .startsWith("preflight.root-namespace ConfigMap " + world.root);
    }

    @Test
    void workloadsWithoutASidecarAreAProblem() {
        world.pod(
                world.shop,
                "orders-v2",
                Map.of("app", "orders", "version", "v2"),
                "orders",
                "server",
                "registry.example/orders:1");

        assertThat(problems())
                .containsExactly("preflight.no-sidecar Namespace " + world.shop
                        + ": has Pods without a sidecar, about which policies are written: orders-v2 take whatever is sent to them\n"
                        + "      kubectl label namespace " + world.shop
                        + " istio-injection=enabled, then restart its workloads");

        world.labelled("istio.io/dataplane-mode", "ambient");
        assertThat(problems()).isEmpty();
    }

    @Test
    void aNamespaceThatIsNotInjectedIsAProblemBeforeThereAreWorkloads() {
        world.delete("/api/v1/namespaces/" + world.shop + "/pods/orders-v1?gracePeriodSeconds=0");
        world.delete("/api/v1/namespaces/" + world.shop + "/pods/orders-v2?gracePeriodSeconds=0");
        assertThat(problems()).isEmpty();
        world.labelled("istio-injection", "disabled");

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("preflight.no-sidecar Namespace " + world.shop + ": has no label by which");
    }

    @Test
    void aPolicyThatSelectsNoneOfTheWorkloadsIsAProblem() {
        world.pod(
                world.shop,
                "orders-v1",
                Map.of("app", "order", "version", "v1"),
                "orders",
                "istio-proxy",
                "registry.example/orders:1");
        world.pod(
                world.shop,
                "orders-v2",
                Map.of("app", "order", "version", "v2"),
                "orders",
                "istio-proxy",
                "registry.example/orders:1");

        assertThat(problems())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each)
                        .startsWith("preflight.selects-nothing ")
                        .contains("selects {app=orders}, which none of the 2 Pods of '" + world.shop + "' carries"));
    }

    @Test
    void aSubsetWithoutWorkloadsIsAWarning() {
        world.pod(
                world.shop,
                "orders-v2",
                Map.of("app", "orders", "version", "v3"),
                "orders",
                "istio-proxy",
                "registry.example/orders:1");

        assertThat(problems()).isEmpty();
        assertThat(warnings())
                .singleElement()
                .asString()
                .startsWith("preflight.empty-subset DestinationRule " + world.shop)
                .contains("has the subset 'v2' of {version=v2}, and no Pod behind the Service 'orders' carries them");
    }

    @Test
    void aServiceThatIsNotThereIsAProblem() {
        world.delete("/api/v1/namespaces/" + world.shop + "/services/orders");

        assertThat(problems())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each)
                        .startsWith("preflight.no-service VirtualService " + world.shop)
                        .contains("goes to the Service '" + world.shop + "/orders', which is not there"));
    }

    @Test
    void aPortThatIsAnotherProtocolIsAProblemAndOneWithoutAWarning() {
        world.service("\"appProtocol\": \"tcp\",");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("preflight.port-protocol Service " + world.shop + "/orders: port 80 says 'tcp'");

        world.service("\"name\": \"web\",");
        assertThat(problems()).isEmpty();
        assertThat(warnings())
                .singleElement()
                .asString()
                .startsWith("preflight.port-protocol Service " + world.shop + "/orders: port 80 is named 'web'");
    }

    @Test
    void aHeadlessServiceIsAWarningAndAnExternalNameAProblem() {
        world.service("\"clusterIP\": \"None\",");
        assertThat(warnings()).singleElement().asString().startsWith("preflight.headless Service " + world.shop);

        world.service("\"type\": \"ExternalName\", \"externalName\": \"orders.example.org\",");
        assertThat(problems()).singleElement().asString().startsWith("preflight.external-name Service " + world.shop);
    }

    @Test
    void aPortThatTheServiceDoesNotHaveIsAProblem() {
        world.delete("/api/v1/namespaces/" + world.shop + "/services/orders");
        world.put("/api/v1/namespaces/" + world.shop + "/services/orders", """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "orders"}, "spec": {"selector": {"app": "orders"},
                 "ports": [{"name": "http", "port": 8080}]}}
                """);

        assertThat(problems())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each)
                        .startsWith("preflight.no-port Service " + world.shop + "/orders: VirtualService ")
                        .contains("and it has [8080]"));
    }

    @Test
    void aGatewayWithoutPodsAndOneOfAnotherIdentityAreProblems() {
        world.pod(
                world.edge, "gateway-0", Map.of("istio", "edge"), "other", "istio-proxy", "registry.example/proxyv2:1");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("preflight.gateway-identity Gateway " + world.edge)
                .contains("its Pod 'gateway-0' runs as 'other', and the policies know it as [gateway]");

        world.delete("/api/v1/namespaces/" + world.edge + "/pods/gateway-0?gracePeriodSeconds=0");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("preflight.gateway-pods Gateway " + world.edge)
                .contains("selects {istio=edge}");
    }

    /** The dry run refuses it as well, and says less: it names no way out. */
    @Test
    void aFieldThatTheDefinitionWouldDropIsNamedWithItsPath() {
        Definition orders = Api.expose("plain")
                .inNamespace(world.shop)
                .timeout(Duration.ofSeconds(2))
                .with(raw("VirtualService/plain-mesh", "spec.http[0].shadow", "v2"))
                .define();

        Plan plan = Mesh.of(
                        istio().domain("example.com"),
                        ClusterTarget.cluster(client).inventory("pruned-" + world.shop))
                .plan(orders);

        assertThat(plan.problems())
                .singleElement()
                .extracting(Problem::render)
                .isEqualTo("preflight.pruned-field VirtualService " + world.shop
                        + "/plain-mesh: says spec.http[0].shadow, which the definition of networking.istio.io/v1"
                        + " VirtualService in this cluster does not have: it would be dropped\n"
                        + "      install newer definitions, or tell the dialect the version that is installed");
    }

    @Test
    void whatTheAccountMayNotReadIsToldAsNotLookedAt() throws IOException {
        String token = cluster.token(new Namespace(world.shop), "reader");
        Config config =
                new ConfigBuilder(Clients.config(cluster)).withOauthToken(token).build();
        try (KubernetesClient poor =
                new KubernetesClientBuilder().withConfig(config).build()) {
            PreflightReport report = world.check(poor);

            assertThat(report.problems()).isEmpty();
            assertThat(report.warnings())
                    .allSatisfy(each -> assertThat(each.code()).isEqualTo("preflight.unchecked"))
                    .extracting(Problem::path)
                    .contains(
                            "/api/v1/namespaces/" + world.root + "/configmaps/istio",
                            "/api/v1/namespaces/" + world.root + "/pods",
                            "/api/v1/namespaces/" + world.shop + "/services",
                            "/api/v1/namespaces/" + world.edge + "/secrets/orders-tls");
            assertThat(report.judged()).isEmpty();
        }
    }
}
