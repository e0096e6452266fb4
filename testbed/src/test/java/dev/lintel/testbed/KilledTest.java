package dev.lintel.testbed;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.FakeTime;
import dev.lintel.kubernetes.UnreachableException;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever applies is cut off after every number of writes there is; a new plan goes on from there. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class KilledTest {
    private static final int MOST = 90;

    @Test
    void aNewPlanFinishesWhatWasBegun(Cluster cluster, Namespace namespace) throws IOException {
        Config config = Config.fromKubeconfig(Files.readString(cluster.kubeconfig()));
        try (KubernetesClient whole =
                new KubernetesClientBuilder().withConfig(config).build()) {
            Mesh healthy = mesh(whole, namespace);
            int killed = 0;
            for (int writes = 0; writes < MOST; writes++) {
                healthy.apply(healthy.plan(before(namespace)).allowWidening("the test begins anew"));
                if (!isCutOff(config, namespace, writes)) {
                    break;
                }
                killed++;

                Plan rest = healthy.plan(after(namespace));
                assertThat(rest.problems()).isEmpty();
                healthy.apply(rest.allowWidening("goes on"));
                assertThat(healthy.plan(after(namespace)).isEmpty()).isTrue();
            }
            assertThat(killed).isBetween(8, MOST - 1);
            assertThat(healthy.plan(after(namespace)).isEmpty()).isTrue();
        }
    }

    /** Whether it did not get to the end. */
    private static boolean isCutOff(Config config, Namespace namespace, int writes) {
        try (KubernetesClient cut = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(client -> client.addOrReplaceInterceptor("cut", new Cut(writes)))
                .build()) {
            Mesh mesh = mesh(cut, namespace);
            Plan plan = mesh.plan(after(namespace)).allowWidening("the test says so");
            try {
                mesh.apply(plan);
                return false;
            } catch (UnreachableException e) {
                return true;
            }
        }
    }

    /** Lets so many writes through, and nothing at all after that. */
    private record Cut(AtomicInteger left) implements Interceptor {
        Cut(int writes) {
            this(new AtomicInteger(writes));
        }

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (Shop.isWrite(request) && left.getAndDecrement() <= 0) {
                throw new UncheckedIOException(new IOException("cut off"));
            }
        }
    }

    private static Mesh mesh(KubernetesClient client, Namespace namespace) {
        return Mesh.of(
                istio().domain("example.com"),
                new FakeTime("somebody").in(ClusterTarget.cluster(client).inventory(namespace.name())));
    }

    private static List<Definition> before(Namespace namespace) {
        return List.of(
                Api.expose("orders")
                        .inNamespace(namespace.name())
                        .withOAuth2(
                                oauth2("https://id.example").audience("orders").scope("/orders/**", "orders.read"))
                        .split("v1", 90, "v2", 10)
                        .define(),
                Api.expose("stock")
                        .inNamespace(namespace.name())
                        .withOAuth2(oauth2("https://id.example").audience("stock"))
                        .define());
    }

    private static List<Definition> after(Namespace namespace) {
        return List.of(
                Api.expose("orders")
                        .inNamespace(namespace.name())
                        .withOAuth2(
                                oauth2("https://id.example").audience("orders").scope("/orders/**", "orders.write"))
                        .split("v2", 50, "v3", 50)
                        .define(),
                Api.expose("cards")
                        .inNamespace(namespace.name())
                        .withOAuth2(oauth2("https://id.example").audience("cards"))
                        .define());
    }
}
