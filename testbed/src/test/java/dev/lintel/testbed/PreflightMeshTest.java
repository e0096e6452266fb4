package dev.lintel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Rights;
import dev.lintel.kubernetes.preflight.PreflightReport;
import dev.lintel.mesh.Mesh;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Revisions of istiod, the configuration of the mesh and the keys of issuers, as a preflight finds them in a cluster. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class PreflightMeshTest {
    private final Cluster cluster;
    private final KubernetesClient client;
    private final PreflightWorld world;

    PreflightMeshTest(Cluster cluster, ApiClient api) {
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

    @Test
    void theRevisionThatTheNamespaceHasByATagIsTheOneThatCounts() {
        world.injector("v26", "old");
        world.istiod("v26", "1.26.3");
        world.mesh("istio-v26", world.healthyMesh().replace("DECODE_AND_MERGE_SLASHES", "BASE"));
        assertThat(problems()).isEmpty();

        world.labelled("istio.io/rev", "old");

        assertThat(problems())
                .hasSize(2)
                .anySatisfy(each -> assertThat(each)
                        .startsWith(
                                "preflight.istio-version istiod 'v26' in " + world.root + ": is Istio 1.26, and only"))
                .anySatisfy(each -> assertThat(each)
                        .startsWith("preflight.path-normalization ConfigMap " + world.root + "/istio-v26: says"
                                + " pathNormalization BASE"));
    }

    @Test
    void aRevisionThatNoInjectorIsForIsAProblem() {
        world.labelled("istio.io/rev", "nobody");

        assertThat(problems())
                .containsExactly("preflight.revision Namespace " + world.shop
                        + ": is labelled for the revision 'nobody' of istiod, and there is no injector of that name in '"
                        + world.root + "': there is default; new Pods get no sidecar\n      kubectl label namespace "
                        + world.shop + " istio-injection- istio.io/rev=default --overwrite");
    }

    @Test
    void everythingThatTheMeshSaysAgainstUsIsToldAtOnce() {
        world.mesh(world.healthyMesh().replace("DECODE_AND_MERGE_SLASHES", "NONE") + """
                enableAutoMtls: false
                defaultConfig: {interceptionMode: NONE}
                discoverySelectors:
                - matchLabels: {kubernetes.io/metadata.name: %s}
                """.formatted(world.edge));

        PreflightReport report = world.check(client);

        assertThat(report.problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(
                        "preflight.path-normalization",
                        "preflight.auto-mtls",
                        "preflight.interception",
                        "preflight.hidden-namespace");
        assertThat(report.problems()).allSatisfy(each -> assertThat(each.hint()).isNotEmpty());
        assertThat(report.problems())
                .filteredOn(each -> each.code().equals("preflight.hidden-namespace"))
                .singleElement()
                .extracting(Problem::path)
                .isEqualTo("Namespace " + world.shop);
    }

    /** Roles take effect some time after they were written. */
    @Test
    void anAccountWithTheRightsOfTheTargetReadsAllThatThePreflightDoes(@TempDir Path folder) throws IOException {
        ClusterTarget target = ClusterTarget.cluster(client)
                .inventory(world.shop)
                .journalIn(world.shop)
                .preflight(world.preflight());
        Mesh mesh = Mesh.of(world.dialect(), target);
        Rights rights = target.rights(mesh.manifests(mesh.plan(world.orders())));
        String token = cluster.token(new Namespace(world.shop), "looker");
        Path roles = folder.resolve("roles.yaml");
        Files.writeString(roles, rights.toYaml("looker-" + world.shop, world.shop, "looker"));
        cluster.kubectl(List.of("apply", "-f", roles.toString()));
        Config config = new ConfigBuilder(client.getConfiguration())
                .withOauthToken(token)
                .build();

        try (KubernetesClient poor =
                new KubernetesClientBuilder().withConfig(config).build()) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            PreflightReport report = world.check(poor);
            while (!report.warnings().isEmpty() && System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                report = world.check(poor);
            }
            assertThat(report.warnings()).isEmpty();
            assertThat(report.problems()).isEmpty();
        }
    }

    @Test
    void keysThatTheDefinitionDoesNotTakeAreAProblem() {
        PreflightReport report = world.check(
                client,
                world.preflight()
                        .fetching(address -> address.getPath().endsWith("/keys")
                                ? "{\"keys\": [{\"kty\": \"RSA\", \"alg\": \"RS512\"}]}"
                                : "{\"jwks_uri\": \"https://id.example/keys\"}"));

        assertThat(report.problems())
                .singleElement()
                .extracting(Problem::render)
                .asString()
                .startsWith("preflight.issuer-keys RequestAuthentication " + world.shop + "/orders: the keys of"
                        + " 'https://id.example' at https://id.example/keys are for [RS512], and the definitions take")
                .contains("algorithms(…)");
    }
}
