package dev.lintel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.MeshModel;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.ManifestYaml;
import dev.lintel.mesh.Target;
import dev.lintel.testkit.GoTool;
import io.fabric8.kubernetes.client.KubernetesClient;
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
    private static final String ENVOY = "gateway.envoyproxy.io";

    @Test
    void theyAreTakenAndNothingIsLeftToDo(Cluster cluster) throws IOException {
        Map<String, List<Manifest>> goldens = goldens(false);
        assertThat(goldens).hasSizeGreaterThan(90);
        assertThat(left(cluster, goldens)).isEmpty();
    }

    /** In a cluster of their own: what is known in a cluster is looked at by everybody in it. */
    @Test
    void thoseForEnvoyGatewayAreTakenByItsDefinitions() throws IOException {
        Map<String, List<Manifest>> goldens = goldens(true);
        assertThat(goldens).hasSizeGreaterThan(15);
        Path definitions = GoTool.build("testkit/envoy-gateway.sh", true).orElseThrow();
        try (Cluster cluster = Cluster.start(Programs.find().orElseThrow(), definitions)) {
            assertThat(left(cluster, goldens)).isEmpty();
        }
    }

    /** The goldens that are not there as they were written. */
    private static List<String> left(Cluster cluster, Map<String, List<Manifest>> goldens) {
        List<String> left = new ArrayList<>();
        try (KubernetesClient client = Clients.of(cluster)) {
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
        return left;
    }

    /**
     * By file.
     *
     * @param envoy those that Envoy Gateway is for, or the others
     */
    private static Map<String, List<Manifest>> goldens(boolean envoy) throws IOException {
        Map<String, List<Manifest>> goldens = new TreeMap<>();
        try (Stream<Path> files = Files.walk(GOLDENS)) {
            for (Path file : files.filter(EveryGoldenAppliedTest::isOutput).toList()) {
                List<Manifest> manifests = ManifestYaml.readAny(Files.readString(file), "default").stream()
                        .filter(each -> each.apiVersion().contains(".") || each.annotations().containsKey(Manifest.FRONT))
                        .toList();
                if (envoy
                        == manifests.stream().anyMatch(each -> each.apiVersion().startsWith(ENVOY))) {
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
