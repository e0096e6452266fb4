package dev.lintel.testbed;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.FakeTime;
import dev.lintel.kubernetes.UnreachableException;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Mesh;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Somebody puts an object where an apply makes one, and the apply is cut off after every number of writes there is, also
 * between writing into that object and giving it back: plans tell of it, and the way back leaves it as its owner made it.
 */
@RealCluster
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KilledBesideOthersTest {
    private static final String WHY = "the test says so";
    private static final int MOST = 60;

    private final Namespace namespace;
    private final ApiClient api;
    private final Shop shop;
    private final String all;
    private final String cards;

    KilledBesideOthersTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.namespace = namespace;
        this.api = api;
        this.shop = new Shop(cluster, api, namespace);
        this.all = "/apis/security.istio.io/v1/namespaces/" + namespace + "/peerauthentications";
        this.cards = all + "/cards";
    }

    private Mesh mesh(KubernetesClient client, String by) {
        return Mesh.of(
                istio().domain("example.com"),
                new FakeTime(by)
                        .in(ClusterTarget.cluster(client)
                                .inventory(namespace.name())
                                .waiting(Waits.none())));
    }

    private void putTheirs() {
        api.send("POST", all + "?fieldManager=somebody", "application/json", """
                {"apiVersion": "security.istio.io/v1", "kind": "PeerAuthentication",
                 "metadata": {"name": "cards", "labels": {"team": "theirs"}},
                 "spec": {"selector": {"matchLabels": {"app": "cards"}}, "portLevelMtls": {"9090": {"mode": "PERMISSIVE"}}}}
                """)
                .expected("POST");
    }

    /** A client that lets so many writes through; before the first one of an object somebody puts his. */
    private KubernetesClient dying(int writes) {
        AtomicInteger left = new AtomicInteger(writes);
        AtomicBoolean dead = new AtomicBoolean();
        AtomicBoolean put = new AtomicBoolean();
        return shop.watched(request -> {
            String uri = String.valueOf(request.uri());
            boolean write = Shop.isWrite(request);
            if (write && !uri.contains("/leases") && !uri.contains("/configmaps") && put.compareAndSet(false, true)) {
                putTheirs();
            }
            if (dead.get() || write && left.getAndDecrement() <= 0) {
                dead.set(true);
                throw new UncheckedIOException(new IOException("cut off"));
            }
        });
    }

    /** Whether it was cut off, and not refused because of what somebody has put there. */
    private boolean isCutOff(int writes) {
        try (KubernetesClient client = dying(writes)) {
            Mesh mesh = mesh(client, "the dead");
            Plan plan = mesh.plan(shop.after()).allowWidening(WHY);
            mesh.apply(plan);
            throw new AssertionError("what somebody has put there was taken");
        } catch (UnreachableException e) {
            return true;
        } catch (ProblemsException e) {
            return false;
        }
    }

    private void tellsOfTheirs(Mesh mesh, List<Definition> definitions) {
        assertThat(mesh.plan(definitions).problems())
                .filteredOn(problem -> problem.code().equals("cluster.foreign"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("PeerAuthentication " + namespace + "/cards");
                    assertThat(problem.message())
                            .startsWith(
                                    "was put there by somebody else before an apply wrote into it that was cut off");
                });
    }

    @Test
    void whatIsSomebodyElsesIsGivenBackAfterTheCut() {
        try (KubernetesClient whole = shop.client()) {
            Mesh healthy = mesh(whole, "the healthy one");
            healthy.apply(healthy.plan(shop.before()));
            Map<String, String> before = shop.owned();
            int left = 0;
            boolean cut = true;
            for (int writes = 0; cut && writes < MOST; writes++) {
                cut = isCutOff(writes);
                boolean put = api.ask("GET", cards).status() == 200;
                boolean ours = put && api.ask("GET", cards).body().contains("lintel");
                if (ours) {
                    left++;
                    tellsOfTheirs(healthy, shop.after());
                    tellsOfTheirs(healthy, shop.before());
                }
                if (!shop.owned().equals(before)) {
                    healthy.lastUndo().orElseThrow().allowWidening(WHY).rollback();
                }
                assertThat(shop.owned()).as("after %d writes", writes).isEqualTo(before);
                if (put) {
                    assertThat(api.ask("GET", cards).body())
                            .as("after %d writes", writes)
                            .contains("theirs", "PERMISSIVE")
                            .doesNotContain("lintel", "STRICT");
                    api.ask("DELETE", cards).expected("DELETE");
                }
                healthy.apply(healthy.plan(shop.before()));
            }
            assertThat(cut).isFalse();
            assertThat(left).as("cuts that left our label on what is not ours").isPositive();
        }
    }
}
