package dev.lintel.testbed;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.FakeTime;
import dev.lintel.kubernetes.UnreachableException;
import dev.lintel.mesh.Mesh;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever applies or goes back is cut off after every number of writes there is; another process goes back all the way. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class KilledUndoTest {
    private static final String WHY = "the test says so";
    private static final int MOST = 90;

    private final Shop shop;

    KilledUndoTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.shop = new Shop(cluster, api, namespace);
    }

    private Mesh mesh(KubernetesClient client, String by) {
        return Mesh.of(
                istio().domain("example.com"),
                new FakeTime(by)
                        .in(ClusterTarget.cluster(client)
                                .inventory(shop.namespace().name())));
    }

    private static boolean tellsOfACut(Plan plan) {
        return plan.warnings().stream().anyMatch(warning -> warning.code().equals("cluster.cut-off"));
    }

    @Test
    void whatWasBegunIsUndoneToTheByte() {
        try (KubernetesClient whole = shop.client()) {
            Mesh healthy = mesh(whole, "the healthy one");
            healthy.apply(healthy.plan(shop.before()));
            Map<String, String> before = shop.owned();
            int undone = 0;
            boolean cut = true;
            for (int writes = 0; cut && writes < MOST; writes++) {
                try (KubernetesClient dying = shop.cutAfter(writes)) {
                    Mesh mesh = mesh(dying, "the dead");
                    Plan plan = mesh.plan(shop.after()).allowWidening(WHY);
                    cut = isCut(() -> mesh.apply(plan));
                }
                // Before the journal is begun nothing else is, and what it tells of is the apply before.
                boolean told = tellsOfACut(healthy.plan(shop.after()));
                if (told || !shop.owned().equals(before)) {
                    healthy.lastUndo().orElseThrow().allowWidening(WHY).rollback();
                    undone++;
                }
                assertThat(shop.owned()).as("after %d writes", writes).isEqualTo(before);
                if (told) {
                    // Where nothing was to be undone, a plan that changes nothing closes the journal.
                    healthy.apply(healthy.plan(shop.before()));
                    assertThat(tellsOfACut(healthy.plan(shop.before()))).isFalse();
                }
            }
            assertThat(cut).isFalse();
            assertThat(undone).isBetween(20, MOST - 2);
        }
    }

    @Test
    void aWayBackThatWasCutOffIsGoneToItsEnd() {
        try (KubernetesClient whole = shop.client()) {
            Mesh healthy = mesh(whole, "the healthy one");
            healthy.apply(healthy.plan(shop.before()));
            Map<String, String> before = shop.owned();
            int cuts = 0;
            boolean cut = true;
            for (int writes = 0; cut && writes < MOST; writes++) {
                healthy.apply(healthy.plan(shop.after()).allowWidening(WHY));
                try (KubernetesClient dying = shop.cutAfter(writes)) {
                    Mesh mesh = mesh(dying, "the dead");
                    cut = isCut(() ->
                            mesh.lastUndo().orElseThrow().allowWidening(WHY).rollback());
                }
                cuts += cut ? 1 : 0;
                healthy.lastUndo().ifPresent(undo -> undo.allowWidening(WHY).rollback());
                assertThat(shop.owned()).as("after %d writes", writes).isEqualTo(before);
            }
            assertThat(cut).isFalse();
            assertThat(cuts).isBetween(20, MOST - 2);
        }
    }

    /** Whether it did not get to the end. */
    private static boolean isCut(Runnable what) {
        try {
            what.run();
            return false;
        } catch (UnreachableException e) {
            return true;
        }
    }
}
