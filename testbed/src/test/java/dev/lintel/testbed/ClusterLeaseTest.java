package dev.lintel.testbed;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.FakeTime;
import dev.lintel.kubernetes.LeaseLostException;
import dev.lintel.kubernetes.UnreachableException;
import dev.lintel.mesh.Mesh;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of several that apply to one inventory one does, and the others are told who. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class ClusterLeaseTest {
    private static final String WHY = "the test says so";

    private final Shop shop;

    ClusterLeaseTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.shop = new Shop(cluster, api, namespace);
    }

    private Mesh mesh(KubernetesClient client, FakeTime time) {
        return Mesh.of(istio().domain("example.com"), time.in(target(client)));
    }

    private ClusterTarget target(KubernetesClient client) {
        return ClusterTarget.cluster(client).inventory(shop.namespace().name());
    }

    /** A client that has something done once, before a request is sent. */
    private KubernetesClient once(Predicate<HttpRequest> when, Runnable what) {
        AtomicBoolean done = new AtomicBoolean();
        return shop.watched(request -> {
            if (when.test(request) && done.compareAndSet(false, true)) {
                what.run();
            }
        });
    }

    private static boolean isObject(HttpRequest request) {
        return Shop.isWrite(request) && request.uri().getPath().contains("istio.io");
    }

    private static boolean isNote(HttpRequest request) {
        return Shop.isWrite(request)
                && request.method().equals("PATCH")
                && request.uri().getPath().contains("/configmaps/");
    }

    @Test
    void whoComesSecondIsToldWhoHoldsIt() {
        FakeTime first = new FakeTime("the first").at("2026-05-01T10:00:00Z");
        FakeTime second = new FakeTime("the second");
        second.meanwhile(first::renew);
        AtomicReference<Throwable> refused = new AtomicReference<>();
        try (KubernetesClient other = shop.client()) {
            Mesh late = mesh(other, second);
            Plan plan = late.plan(shop.after());
            try (KubernetesClient client =
                    once(ClusterLeaseTest::isObject, () -> refused.set(catchThrowable(() -> late.apply(plan))))) {
                Mesh early = mesh(client, first);

                early.apply(early.plan(shop.before()));

                assertThat(refused.get())
                        .isInstanceOfSatisfying(
                                ProblemsException.class,
                                e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                                    assertThat(problem.code()).isEqualTo("cluster.busy");
                                    assertThat(problem.path())
                                            .isEqualTo("Lease lintel-system/lintel." + shop.namespace());
                                    assertThat(problem.message())
                                            .startsWith("is held by 'the first ")
                                            .contains(
                                                    "since 2026-05-01T10:00:00.000000Z until 2026-05-01T10:00:20.000000Z");
                                }));
                assertThat(early.plan(shop.before()).isEmpty()).isTrue();
            }
        }
        assertThat(second.waited()).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void aHolderThatDiesIsPassedOverWhateverTheClocksSay() {
        try (KubernetesClient client = shop.client();
                KubernetesClient cut = shop.cutAfter(5)) {
            Mesh dying = mesh(cut, new FakeTime("the dead").at("2099-01-01T00:00:00Z"));
            Plan plan = dying.plan(shop.before());
            assertThatThrownBy(() -> dying.apply(plan)).isInstanceOf(UnreachableException.class);

            FakeTime time = new FakeTime("the heir").at("1999-01-01T00:00:00Z");
            Mesh heir = mesh(client, time);
            Plan rest = heir.plan(shop.before());
            assertThat(rest.warnings())
                    .filteredOn(warning -> warning.code().equals("cluster.cut-off"))
                    .singleElement()
                    .satisfies(warning -> assertThat(warning.message())
                            .startsWith("tells of an apply by 'the dead ")
                            .contains("from 2099-01-01T00:00:00Z", "and no further; the lease is held by 'the dead "));
            heir.apply(rest.allowWidening(WHY));

            assertThat(time.waited()).isEqualTo(Duration.ofSeconds(15));
            Plan nothing = heir.plan(shop.before());
            assertThat(nothing.isEmpty()).isTrue();
            assertThat(nothing.warnings()).extracting(Problem::code).doesNotContain("cluster.cut-off");
        }
    }

    @Test
    void whoIsPassedOverStopsBeforeTheNextStep() {
        FakeTime time = new FakeTime("the slow one");
        try (KubernetesClient client = shop.client()) {
            Mesh quick = mesh(client, new FakeTime("the quick one"));
            AtomicReference<Map<String, String>> there = new AtomicReference<>(Map.of());
            // The lease has been renewed before the step; then comes a long pause.
            try (KubernetesClient slow = once(ClusterLeaseTest::isNote, () -> {
                quick.apply(quick.plan(shop.after()).allowWidening(WHY));
                there.set(shop.owned());
            })) {
                Mesh mesh = mesh(slow, time);
                Plan plan = mesh.plan(shop.before());

                assertThatThrownBy(() -> mesh.apply(plan))
                        .isInstanceOf(LeaseLostException.class)
                        .hasMessageEndingWith("nothing more was written: plan again");
            }
            assertThat(there.get()).isNotEmpty();
            assertThat(shop.owned()).isEqualTo(there.get());
            assertThat(quick.plan(shop.after()).isEmpty()).isTrue();
        }
    }

    @Test
    void whoIsPassedOverFindsOutByTheLeaseToo() {
        String lease = "/apis/coordination.k8s.io/v1/namespaces/lintel-system/leases/lintel." + shop.namespace();
        try (KubernetesClient client = once(
                ClusterLeaseTest::isObject,
                () -> shop.api()
                        .send(
                                "PATCH",
                                lease,
                                "application/merge-patch+json",
                                "{\"spec\": {\"holderIdentity\": \"a thief\"}}")
                        .expected("PATCH"))) {
            Mesh mesh = mesh(client, new FakeTime("the robbed"));
            Plan plan = mesh.plan(shop.before());

            assertThatThrownBy(() -> mesh.apply(plan))
                    .isInstanceOf(LeaseLostException.class)
                    .hasMessageContaining("is held by 'a thief'")
                    .hasMessageContaining("before the step '");
        }
        assertThat(shop.read(lease).path("spec").path("holderIdentity").asText())
                .isEqualTo("a thief");
    }

    @Test
    void aPlanOfBeforeSomebodyElsesApplyIsStale() {
        try (KubernetesClient client = shop.client()) {
            Mesh quick = mesh(client, new FakeTime("the quick one"));
            // It has read what is there, and asks the server in dry runs.
            try (KubernetesClient slow = once(
                    request -> Shop.isWrite(request) && request.uri().getPath().endsWith("/leases"),
                    () -> quick.apply(quick.plan(shop.after())))) {
                Mesh mesh = mesh(slow, new FakeTime("the slow one"));
                Plan plan = mesh.plan(shop.before());

                assertThatThrownBy(() -> mesh.apply(plan))
                        .isInstanceOfSatisfying(
                                ProblemsException.class,
                                e -> assertThat(e.problems())
                                        .extracting(Problem::code)
                                        .containsExactly("plan.stale"));
            }
            assertThat(quick.plan(shop.after()).isEmpty()).isTrue();
        }
    }

    @Test
    void ofTwoAtTheSameTimeOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (KubernetesClient one = shop.client();
                KubernetesClient two = shop.client()) {
            CountDownLatch planned = new CountDownLatch(2);
            List<Future<String>> ends = new ArrayList<>();
            ends.add(threads.submit(applying(one, true, planned)));
            ends.add(threads.submit(applying(two, false, planned)));
            List<String> said = List.of(ends.get(0).get(), ends.get(1).get());

            assertThat(said).containsOnlyOnce("applied");
            assertThat(said).filteredOn(end -> !end.equals("applied")).first().isIn("cluster.busy", "plan.stale");
            Mesh mesh = Mesh.of(istio().domain("example.com"), target(one));
            assertThat(mesh.plan(said.get(0).equals("applied") ? shop.before() : shop.after())
                            .isEmpty())
                    .isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<String> applying(KubernetesClient client, boolean before, CountDownLatch planned) {
        return () -> {
            Mesh mesh = Mesh.of(istio().domain("example.com"), target(client));
            Plan plan = mesh.plan(before ? shop.before() : shop.after());
            planned.countDown();
            assertThat(planned.await(1, TimeUnit.MINUTES)).isTrue();
            try {
                mesh.apply(plan);
                return "applied";
            } catch (ProblemsException e) {
                return e.problems().get(0).code();
            }
        };
    }
}
