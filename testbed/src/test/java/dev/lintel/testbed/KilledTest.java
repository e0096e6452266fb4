package dev.lintel.testbed;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.FakeTime;
import dev.lintel.kubernetes.UnreachableException;
import dev.lintel.mesh.Mesh;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever applies is cut off after every number of writes there is; a new plan goes on from there. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class KilledTest {
    private static final int MOST = 90;

    private final Shop shop;

    KilledTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.shop = new Shop(cluster, api, namespace);
    }

    @Test
    void aNewPlanFinishesWhatWasBegun() {
        try (KubernetesClient whole = shop.client()) {
            Mesh healthy = mesh(whole);
            int killed = 0;
            for (int writes = 0; writes < MOST; writes++) {
                healthy.apply(healthy.plan(shop.before()).allowWidening("the test begins anew"));
                if (!isCutOff(writes)) {
                    break;
                }
                killed++;

                Plan rest = healthy.plan(shop.after());
                assertThat(rest.problems()).isEmpty();
                healthy.apply(rest.allowWidening("goes on"));
                assertThat(healthy.plan(shop.after()).isEmpty()).isTrue();
            }
            assertThat(killed).isBetween(8, MOST - 1);
            assertThat(healthy.plan(shop.after()).isEmpty()).isTrue();
        }
    }

    /** Whether it did not get to the end. */
    private boolean isCutOff(int writes) {
        try (KubernetesClient cut = shop.cutAfter(writes)) {
            Mesh mesh = mesh(cut);
            Plan plan = mesh.plan(shop.after()).allowWidening("the test says so");
            try {
                mesh.apply(plan);
                return false;
            } catch (UnreachableException e) {
                return true;
            }
        }
    }

    private Mesh mesh(KubernetesClient client) {
        return Mesh.of(
                istio().domain("example.com"),
                new FakeTime("somebody")
                        .in(ClusterTarget.cluster(client)
                                .inventory(shop.namespace().name())));
    }
}
