package dev.lintel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.model.MeshModel;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Target;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What runs an API that Lintel serves itself, in a real cluster: written, changed, pruned, and never taken from others. */
@RealCluster
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FrontOnClusterTest {
    private static final Path GOLDEN = Path.of("")
            .toAbsolutePath()
            .getParent()
            .resolve("sdk-mesh/src/test/golden/istio-front/a front runs behind the gateway and calls its services.istio.yaml");

    @Test
    void allOfItIsWrittenChangedAndPruned(Cluster cluster) throws IOException {
        try (KubernetesClient client = Clients.of(cluster)) {
            List<Manifest> wanted = front("fronts");
            cluster.namespace("fronts");
            ClusterTarget target = target(client, "fronts");

            target.write(target.read(), new Target.Wanted(wanted, MeshModel.EMPTY));

            assertThat(target.read().manifests()).containsAll(target.kept(wanted)).hasSameSizeAs(wanted);
            assertThat(client.apps().deployments().inNamespace("fronts").withName("catalog").get())
                    .isNotNull();

            List<Manifest> changed = wanted.stream().map(FrontOnClusterTest::other).toList();
            target.write(target.read(), new Target.Wanted(changed, MeshModel.EMPTY));
            ConfigMap config =
                    client.configMaps().inNamespace("fronts").withName("catalog-front").get();
            assertThat(config.getData()).containsEntry("served.yaml", "name: other\n").hasSize(1);

            target.write(target.read(), new Target.Wanted(List.of(), MeshModel.EMPTY));
            assertThat(target.read().manifests()).isEmpty();
            assertThat(client.configMaps().inNamespace("fronts").withName("catalog-front").get())
                    .isNull();
            assertThat(client.services().inNamespace("fronts").withName("catalog").get())
                    .isNull();
        }
    }

    @Test
    void aServiceOfSomebodyElseStaysTheirs(Cluster cluster) throws IOException {
        try (KubernetesClient client = Clients.of(cluster)) {
            cluster.namespace("theirs");
            var unusedService = client.resource(new ServiceBuilder()
                            .withNewMetadata()
                            .withName("catalog")
                            .withNamespace("theirs")
                            .endMetadata()
                            .withNewSpec()
                            .addToSelector("app", "another")
                            .addNewPort()
                            .withName("http")
                            .withPort(80)
                            .endPort()
                            .endSpec()
                            .build())
                    .create();
            ClusterTarget target = target(client, "theirs");

            List<Problem> problems = target.obstacles(target.read(), front("theirs"));

            assertThat(problems).map(Problem::path).contains("Service theirs/catalog");
        }
    }

    private static ClusterTarget target(KubernetesClient client, String inventory) {
        return ClusterTarget.cluster(client).inventory(inventory).waiting(Waits.none());
    }

    private static List<Manifest> front(String namespace) throws IOException {
        String golden = Files.readString(GOLDEN).replace("namespace: shop", "namespace: " + namespace);
        return ManifestYaml.readAny(golden, "default").stream()
                .filter(each -> each.annotations().containsKey(Manifest.FRONT))
                .toList();
    }

    private static Manifest other(Manifest manifest) {
        if (!manifest.kind().equals("ConfigMap")) {
            return manifest;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("data", Map.of("served.yaml", "name: other\n"));
        return manifest.withSpec(fields);
    }
}
