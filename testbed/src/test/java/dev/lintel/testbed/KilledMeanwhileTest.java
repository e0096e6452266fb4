package dev.lintel.testbed;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.engine.World;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.FakeTime;
import dev.lintel.kubernetes.UnreachableException;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.capability.Capability;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Policies of two definitions get other labels, so that new ones stand under other names until the old ones may go: whoever
 * applies is cut off after every number of writes there is, and neither a new plan nor the way back leaves one of these.
 */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class KilledMeanwhileTest {
    private static final String WHY = "the test says so";
    private static final int MOST = 60;

    private final Shop shop;

    KilledMeanwhileTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.shop = new Shop(cluster, api, namespace);
    }

    /** Istio's dialect, for workloads that carry one label more. */
    private record Tier(IstioDialect dialect, String tier) implements Dialect {
        @Override
        public String name() {
            return dialect.name();
        }

        @Override
        public World world() {
            return dialect.world();
        }

        @Override
        public Written write(MeshModel model) {
            Written written = dialect.write(model);
            return new Written(
                    written.manifests().stream().map(one -> labelled(one, tier)).toList(),
                    written.problems(),
                    written.prerequisites(),
                    written.deviations(),
                    written.guarantees());
        }

        @Override
        public Read read(Collection<Manifest> manifests) {
            return dialect.read(
                    manifests.stream().map(one -> labelled(one, null)).toList());
        }

        @Override
        public List<Capability> capabilities() {
            return dialect.capabilities();
        }

        private static Manifest labelled(Manifest one, @Nullable String tier) {
            if (!one.kind().equals("AuthorizationPolicy")
                    || !(one.spec().get("selector") instanceof Map<?, ?> selector)
                    || !(selector.get("matchLabels") instanceof Map<?, ?> said)) {
                return one;
            }
            Map<String, Object> labels = new TreeMap<>();
            said.forEach((label, value) -> labels.put(String.valueOf(label), value));
            labels.remove("tier");
            if (tier != null) {
                labels.put("tier", tier);
            }
            Map<String, Object> spec = new LinkedHashMap<>(one.spec());
            spec.put("selector", Map.of("matchLabels", labels));
            return one.withSpec(spec);
        }
    }

    private List<Definition> said(String scope) {
        return List.of(one("orders", scope), one("stock", scope));
    }

    private Definition one(String service, String scope) {
        return Api.expose(service)
                .inNamespace(shop.namespace().name())
                .withOAuth2(oauth2("https://id.example").audience(service).scope("/" + service + "/**", scope))
                .define();
    }

    private List<Definition> before() {
        return said("read");
    }

    private List<Definition> after() {
        return said("write");
    }

    private Mesh mesh(KubernetesClient client, String tier, String by) {
        return Mesh.of(
                new Tier(istio().domain("example.com"), tier),
                new FakeTime(by)
                        .in(ClusterTarget.cluster(client)
                                .inventory(shop.namespace().name())
                                .waiting(Waits.none())));
    }

    /** Whether it did not get to the end. */
    private boolean isCutOff(int writes) {
        try (KubernetesClient dying = shop.cutAfter(writes)) {
            Mesh mesh = mesh(dying, "front", "the dead");
            Plan plan = mesh.plan(after()).allowWidening(WHY);
            mesh.apply(plan);
            return false;
        } catch (UnreachableException e) {
            return true;
        }
    }

    private static long between(Map<String, String> owned) {
        return owned.keySet().stream()
                .filter(name -> name.endsWith(".meanwhile"))
                .count();
    }

    @Test
    void aNewPlanLeavesNoneBehind() {
        try (KubernetesClient whole = shop.client()) {
            Mesh old = mesh(whole, "web", "the healthy one");
            Mesh healthy = mesh(whole, "front", "the healthy one");
            healthy.apply(healthy.plan(after()).allowWidening(WHY));
            Map<String, String> wanted = shop.owned();
            int seen = 0;
            boolean cut = true;
            for (int writes = 0; cut && writes < MOST; writes++) {
                old.apply(old.plan(before()).allowWidening(WHY));
                assertThat(between(shop.owned())).as("before the cut").isZero();
                cut = isCutOff(writes);
                seen += between(shop.owned()) > 0 ? 1 : 0;

                healthy.apply(healthy.plan(after()).allowWidening(WHY));

                assertThat(shop.owned()).as("after %d writes", writes).isEqualTo(wanted);
            }
            assertThat(cut).isFalse();
            assertThat(seen).as("cuts while policies stood under other names").isPositive();
        }
    }

    @Test
    void theWayBackLeavesNoneBehind() {
        try (KubernetesClient whole = shop.client()) {
            Mesh healthy = mesh(whole, "web", "the healthy one");
            healthy.apply(healthy.plan(before()).allowWidening(WHY));
            Map<String, String> before = shop.owned();
            int seen = 0;
            boolean cut = true;
            for (int writes = 0; cut && writes < MOST; writes++) {
                cut = isCutOff(writes);
                Map<String, String> half = shop.owned();
                seen += between(half) > 0 ? 1 : 0;
                if (!half.equals(before)) {
                    healthy.lastUndo().orElseThrow().allowWidening(WHY).rollback();
                }
                assertThat(shop.owned()).as("after %d writes", writes).isEqualTo(before);
                // A plan that changes nothing closes the journal.
                healthy.apply(healthy.plan(before()).allowWidening(WHY));
            }
            assertThat(cut).isFalse();
            assertThat(seen).as("cuts while policies stood under other names").isPositive();
        }
    }
}
