package dev.lintel.testbed;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.RefusedException;
import dev.lintel.mesh.Mesh;
import dev.lintel.testbed.FaultProxy.Fault;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real apiserver behind a bad line: whatever is lost on the way, nothing is lost in the end. */
@RealCluster
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StormTest {
    private final ApiClient api;
    private final Shop shop;

    StormTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.api = api;
        this.shop = new Shop(cluster, api, namespace);
    }

    private Mesh mesh(KubernetesClient client) {
        return Mesh.of(
                istio().domain("example.com"),
                ClusterTarget.cluster(client).inventory(shop.namespace().name()));
    }

    @RepeatedTest(3)
    void aThirdOfAllRequestsFailsOrIsDoneWithoutAnAnswerAndTheApplyIsWhole(RepetitionInfo seed) throws IOException {
        Random random = new Random(seed.getCurrentRepetition());
        int[] statuses = {429, 500, 502, 503, 504};
        FaultProxy.Faults storm = (method, path) -> {
            synchronized (random) {
                boolean lost = random.nextInt(3) == 0;
                int status = statuses[random.nextInt(statuses.length)];
                if (method.equals("POST") && !path.contains("dryRun=All")) {
                    // Nobody may ask for it twice, unless it was not done.
                    status = 429;
                }
                boolean done = status != 429 && random.nextBoolean();
                return lost ? Optional.of(new Fault(status, done)) : Optional.empty();
            }
        };
        // With 429 an apiserver has done nothing.
        try (FaultProxy proxy = new FaultProxy(api, storm);
                KubernetesClient client = proxy.client(20)) {
            Mesh mesh = mesh(client);
            mesh.apply(mesh.plan(shop.before()).allowWidening("a test"));
            mesh.apply(mesh.plan(shop.after()).allowWidening("a test"));

            assertThat(mesh.plan(shop.after()).isEmpty())
                    .as("seed %s", seed.getCurrentRepetition())
                    .isTrue();
        }
    }

    @Test
    void aStormWithoutAnEndIsGivenUpAndTheNextPlanGoesOn() throws IOException {
        AtomicInteger left = new AtomicInteger(3);
        FaultProxy.Faults storm = (method, path) -> writes(method, path) && left.getAndDecrement() <= 0
                ? Optional.of(new Fault(503, false))
                : Optional.empty();
        try (FaultProxy proxy = new FaultProxy(api, storm);
                KubernetesClient client = proxy.client(4)) {
            Mesh mesh = mesh(client);
            Plan plan = mesh.plan(shop.before());
            int asked = proxy.answered.get();

            RefusedException refused =
                    catchThrowableOfType(RefusedException.class, () -> mesh.apply(plan.allowWidening("a test")));

            assertThat(refused).hasMessageContaining("was refused with 503: the test says no");
            assertThat(proxy.answered.get() - asked).isLessThan(150);
            left.set(Integer.MAX_VALUE);
            Plan rest = mesh.plan(shop.before());
            assertThat(rest.problems()).isEmpty();
            mesh.apply(rest.allowWidening("a test"));
            assertThat(mesh.plan(shop.before()).isEmpty()).isTrue();
        }
    }

    @Test
    void aListThatExpiresBetweenItsPagesIsReadFromTheBeginningAndOneThatAlwaysDoesIsTold() throws IOException {
        AtomicInteger expired = new AtomicInteger();
        AtomicInteger most = new AtomicInteger(3);
        FaultProxy.Faults gone = (method, path) -> path.contains("continue=") && expired.getAndIncrement() < most.get()
                ? Optional.of(new Fault(410, false))
                : Optional.empty();
        try (FaultProxy proxy = new FaultProxy(api, gone);
                KubernetesClient client = proxy.client(0)) {
            Mesh mesh = mesh(client);
            mesh.apply(mesh.plan(shop.before()).allowWidening("a test"));
            expired.set(0);

            assertThat(mesh.plan(shop.before()).isEmpty()).isTrue();
            assertThat(expired.get()).isGreaterThan(3);

            most.set(Integer.MAX_VALUE);
            RefusedException told = catchThrowableOfType(RefusedException.class, () -> mesh.plan(shop.before()));
            assertThat(told.status()).isEqualTo(410);
            most.set(0);
            assertThat(mesh.plan(shop.before()).isEmpty()).isTrue();
        }
    }

    private static boolean writes(String method, String path) {
        return !method.equals("GET") && !path.contains("dryRun=All") && !path.contains("lintel-system");
    }
}
