package dev.lintel.testbed;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.RefusedException;
import dev.lintel.kubernetes.UnreachableException;
import dev.lintel.mesh.Mesh;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A cluster of which parts go away in the middle; nobody else is in it. */
@RealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class BrokenClusterTest {
    private Cluster cluster;

    @BeforeAll
    void start() {
        cluster = Cluster.start(Programs.find().orElseThrow());
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private Shop shop() {
        return new Shop(cluster, cluster.client(), new Namespace(cluster.namespace()));
    }

    private static Mesh mesh(Shop shop, KubernetesClient client) {
        return Mesh.of(
                istio().domain("example.com"),
                ClusterTarget.cluster(client).inventory(shop.namespace().name()));
    }

    private static boolean writes(String method, String path) {
        return !method.equals("GET") && !path.contains("dryRun=All") && path.contains("istio.io");
    }

    @Test
    void anApiserverThatRestartsInTheMiddleIsWaitedForAndTheApplyIsWhole() throws IOException {
        Shop shop = shop();
        AtomicInteger left = new AtomicInteger(3);
        CompletableFuture<Void> back = new CompletableFuture<>();
        FaultProxy.Faults crash = (method, path) -> {
            if (writes(method, path) && left.getAndDecrement() == 0) {
                cluster.crash("kube-apiserver");
                CompletableFuture<Void> unusedStart = CompletableFuture.runAsync(cluster::startApiServer)
                        .whenComplete((done, failure) -> back.complete(null));
            }
            return Optional.empty();
        };
        try (FaultProxy proxy = new FaultProxy(cluster.client(), crash);
                KubernetesClient client = proxy.client(3_000)) {
            Mesh mesh = mesh(shop, client);

            mesh.apply(mesh.plan(shop.before()).allowWidening("a test"));

            back.join();
            assertThat(left.get()).isNegative();
            assertThat(mesh.plan(shop.before()).isEmpty()).isTrue();
        }
    }

    @Test
    void anApiserverThatDoesNotComeBackInTimeIsNamedAndTheNextPlanGoesOn() throws IOException {
        Shop shop = shop();
        AtomicInteger left = new AtomicInteger(3);
        FaultProxy.Faults crash = (method, path) -> {
            if (writes(method, path) && left.getAndDecrement() == 0) {
                cluster.crash("kube-apiserver");
            }
            return Optional.empty();
        };
        try (FaultProxy proxy = new FaultProxy(cluster.client(), crash);
                KubernetesClient client = proxy.client(2)) {
            Mesh mesh = mesh(shop, client);
            Plan plan = mesh.plan(shop.before()).allowWidening("a test");

            assertThatThrownBy(() -> mesh.apply(plan)).isInstanceOf(UnreachableException.class);

            cluster.startApiServer();
            Plan rest = mesh.plan(shop.before());
            assertThat(rest.problems()).isEmpty();
            assertThat(rest.changes()).anyMatch(Change.Create.class::isInstance);
            mesh.apply(rest.allowWidening("a test"));
            assertThat(mesh.plan(shop.before()).isEmpty()).isTrue();
        }
    }

    @Test
    void aWebhookThatIsDownIsNotGotRound() {
        Shop shop = shop();
        try (KubernetesClient client = shop.client()) {
            Mesh mesh = mesh(shop, client);
            mesh.apply(mesh.plan(shop.before()).allowWidening("a test"));
            var before = shop.owned();
            cluster.crash("istiod");
            try {
                Plan plan = mesh.plan(shop.after());

                assertThat(plan.problems()).isNotEmpty().allSatisfy(problem -> {
                    assertThat(problem.code()).isEqualTo("cluster.webhook");
                    assertThat(problem.message())
                            .startsWith("cannot be checked: the webhook 'validation.istio.io' gives no answer: ");
                    assertThat(problem.hint()).contains("plan again when it answers");
                });
                assertThatThrownBy(() -> mesh.apply(plan)).isInstanceOf(ProblemsException.class);
                assertThat(shop.owned()).isEqualTo(before);
            } finally {
                cluster.startIstiod();
            }
            mesh.apply(mesh.plan(shop.after()).allowWidening("a test"));
            assertThat(mesh.plan(shop.after()).isEmpty()).isTrue();
        }
    }

    @Test
    void aDefinitionThatIsRemovedUnderWayIsNamedAndItsObjectsAreMadeAgainWhenItIsBack() {
        Shop shop = shop();
        String crd = "destinationrules.networking.istio.io";
        AtomicInteger left = new AtomicInteger(1);
        try (KubernetesClient client = shop.watched(request -> {
            if (Shop.isWrite(request)
                    && request.uri().getPath().contains("/destinationrules/")
                    && left.getAndDecrement() == 1) {
                cluster.kubectl(List.of("delete", "crd", crd, "--wait=true"));
            }
        })) {
            Mesh mesh = mesh(shop, client);
            Plan plan = mesh.plan(shop.before()).allowWidening("a test");

            RefusedException refused = catchThrowableOfType(RefusedException.class, () -> mesh.apply(plan));

            assertThat(refused.status()).isEqualTo(404);
            assertThat(refused).hasMessageContaining("DestinationRule " + shop.namespace() + "/orders");
            Plan without = mesh.plan(shop.before());
            // Its schema may be published for a while after it has gone: then the kind is missed, and not yet the
            // object.
            assertThat(without.problems()).isNotEmpty().allSatisfy(each -> {
                assertThat(each.code()).isEqualTo("cluster.missing");
                assertThat(each.path()).isIn("destinationrules", "DestinationRule " + shop.namespace() + "/orders");
            });
            cluster.define();
            Plan rest = mesh.plan(shop.before());
            assertThat(rest.problems()).isEmpty();
            mesh.apply(rest.allowWidening("a test"));
            assertThat(mesh.plan(shop.before()).isEmpty()).isTrue();
        }
    }
}
