package dev.lintel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.MeshModel;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Target;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a dialect writes is taken by a real apiserver, by istiod's webhook in front of it, and is the same when it is read. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class EveryGoldenAppliedTest {
    private static final Path GOLDENS = Path.of("").toAbsolutePath().getParent().resolve("sdk-mesh/src/test/golden");
    /** Envoy Gateway's definitions are not in this cluster. */
    private static final String ELSEWHERE = "gateway.envoyproxy.io";

    @Test
    void theyAreTakenAndNothingIsLeftToDo(Cluster cluster) throws IOException {
        Map<String, List<Manifest>> goldens = goldens();
        assertThat(goldens).hasSizeGreaterThan(90);
        List<String> left = new ArrayList<>();
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(cluster.kubeconfig())))
                .build()) {
            ClusterTarget target =
                    ClusterTarget.cluster(client).inventory("goldens").waiting(Waits.none());
            goldens.values().stream()
                    .flatMap(List::stream)
                    .map(Manifest::namespace)
                    .distinct()
                    .forEach(cluster::namespace);
            goldens.forEach((name, manifests) -> {
                target.write(target.read(), new Target.Wanted(manifests, MeshModel.EMPTY));
                List<Manifest> there = target.read().manifests();
                if (there.size() != manifests.size() || !there.containsAll(target.kept(manifests))) {
                    left.add(name);
                }
            });
            target.write(target.read(), new Target.Wanted(List.of(), MeshModel.EMPTY));
            assertThat(target.read().manifests()).isEmpty();
        }
        assertThat(left).isEmpty();
    }

    /** By file; those of a world that is not here are passed over. */
    private static Map<String, List<Manifest>> goldens() throws IOException {
        Map<String, List<Manifest>> goldens = new TreeMap<>();
        try (Stream<Path> files = Files.walk(GOLDENS)) {
            for (Path file : files.filter(EveryGoldenAppliedTest::isOutput).toList()) {
                List<Manifest> manifests = ManifestYaml.readAny(Files.readString(file), "default").stream()
                        .filter(each -> each.apiVersion().contains("."))
                        .toList();
                if (manifests.stream().noneMatch(each -> each.apiVersion().startsWith(ELSEWHERE))) {
                    goldens.put(GOLDENS.relativize(file).toString(), manifests);
                }
            }
        }
        return goldens;
    }

    private static boolean isOutput(Path file) {
        return Stream.of(".istio.yaml", ".gateway-api.yaml", ".kyma.yaml", ".out.yaml")
                .anyMatch(file.toString()::endsWith);
    }
}
