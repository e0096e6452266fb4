package dev.lintel.testbed;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Definition;
import dev.lintel.core.plan.Effect;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Conflicts;
import dev.lintel.kubernetes.DriftListener;
import dev.lintel.kubernetes.DriftReport;
import dev.lintel.kubernetes.DriftWatcher;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Drift is told when it happens, by the watches of a real apiserver. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class DriftWatchTest {
    private static final Duration EVERY = Duration.ofMillis(500);

    private final Namespace namespace;
    private final Cluster cluster;
    private final ApiClient api;
    private final Wire wire = new Wire();
    private final KubernetesClient client;
    private final ClusterTarget target;
    private final Mesh mesh;
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final BlockingQueue<DriftReport> reports = new LinkedBlockingQueue<>();
    private final BlockingQueue<RuntimeException> blind = new LinkedBlockingQueue<>();

    DriftWatchTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.namespace = namespace;
        this.cluster = cluster;
        this.api = api;
        this.client = new KubernetesClientBuilder()
                .withConfig(Clients.config(cluster))
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("wire", wire))
                .build();
        this.target = ClusterTarget.cluster(client)
                .inventory(namespace.name())
                .journalIn(namespace.name())
                .waiting(Waits.none())
                .onConflict(Conflicts.TAKE_OVER);
        this.mesh = Mesh.of(istio().domain("example.com"), target);
        mesh.apply(mesh.plan(orders(90)));
    }

    @AfterEach
    void close() {
        client.close();
        executor.shutdownNow();
    }

    private Definition orders(int weight) {
        return Api.expose("orders")
                .inNamespace(namespace.name())
                .withOAuth2(oauth2("https://id.example").audience("orders").scope("/orders/**", "orders.read"))
                .split("v1", weight, "v2", 100 - weight)
                .define();
    }

    private DriftWatcher watch(int weight) {
        return target.watch(mesh, List.of(orders(weight)), EVERY, executor, new DriftListener() {
            @Override
            public void drifted(DriftReport report) {
                reports.add(report);
            }

            @Override
            public void blind(RuntimeException why) {
                blind.add(why);
            }
        });
    }

    private DriftReport next() throws InterruptedException {
        DriftReport report = reports.poll(60, TimeUnit.SECONDS);
        assertThat(report).as("a report; blind were %s", blind).isNotNull();
        return report;
    }

    private void patch(String kind, String document) {
        cluster.kubectl(List.of("patch", "-n", namespace.name(), kind, "orders", "--type=merge", "-p", document));
    }

    private void open() {
        patch("authorizationpolicy", "{\"spec\": {\"rules\": [{}]}}");
    }

    @Test
    void whatIsOpenedByHandIsToldAndWhatWeCloseAgainIsGone() throws InterruptedException {
        try (DriftWatcher watcher = watch(90)) {
            open();
            DriftReport opened = next();
            assertThat(opened.appeared())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "AuthorizationPolicy " + namespace + "/orders says something else, by kubectl-patch at 20")
                    .endsWith(": spec.rules");
            assertThat(opened.drift().effects()).anyMatch(Effect::widens);
            assertThat(opened.toString()).contains("  ! orders." + namespace + ": ");

            watcher.applying(List.of(orders(80)), () -> mesh.apply(mesh.plan(orders(80))));
            DriftReport closed = next();
            assertThat(closed.gone()).containsExactly("AuthorizationPolicy " + namespace + "/orders");
            assertThat(closed.appeared()).isEmpty();
            assertThat(closed.drift().isDrifted()).isFalse();
        }
        assertThat(blind).isEmpty();
    }

    @Test
    void aPolicyOfOthersAndAnObjectThatIsDeletedAreTold() throws InterruptedException {
        try (DriftWatcher watcher = watch(90)) {
            api.apply("/apis/security.istio.io/v1/namespaces/" + namespace + "/authorizationpolicies/theirs", """
                    {"apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy", "metadata": {"name": "theirs"},
                     "spec": {"action": "ALLOW", "rules": [{}]}}
                    """);
            assertThat(next().appeared())
                    .singleElement()
                    .asString()
                    .startsWith("AuthorizationPolicy " + namespace + "/theirs opens what ours close: ");

            cluster.kubectl(List.of("delete", "-n", namespace.name(), "requestauthentication", "orders"));
            assertThat(next().appeared()).contains("RequestAuthentication " + namespace + "/orders is missing");
            assertThat(watcher).isNotNull();
        }
    }

    @Test
    void aStormOfEditsIsFewReports() throws InterruptedException {
        try (DriftWatcher watcher = watch(90)) {
            String rule = "/apis/networking.istio.io/v1/namespaces/" + namespace + "/destinationrules/orders";
            for (int i = 0; i < 200; i++) {
                Answer answer = api.send(
                        "PATCH",
                        rule + "?fieldManager=storm",
                        "application/merge-patch+json",
                        "{\"spec\": {\"trafficPolicy\": {\"connectionPool\": {\"http\": {\"maxRetries\": " + (i + 1)
                                + "}}}}}");
                assertThat(answer.succeeded()).as(answer.body()).isTrue();
            }
            api.send("PATCH", rule + "?fieldManager=storm", "application/merge-patch+json", """
                            {"spec": {"host": "elsewhere.example"}}
                            """)
                    .expected("PATCH");
            int count = 0;
            DriftReport report;
            do {
                report = next();
                count++;
            } while (!report.toString().contains("spec.host"));
            assertThat(count).isLessThan(40);
            assertThat(watcher).isNotNull();
        }
    }

    @Test
    void whatHappensWhileTheWatchIsCutIsToldAfterwards() throws InterruptedException {
        try (DriftWatcher watcher = watch(90)) {
            wire.awaitWatches(10);
            int before = wire.watches.get();
            wire.cut.set(true);
            open();

            assertThat(next().appeared()).singleElement().asString().contains("/orders says something else");
            assertThat(wire.cuts).hasPositiveValue();
            assertThat(wire.watches.get()).isGreaterThan(before);
            assertThat(watcher).isNotNull();
        }
    }

    /** The first watch of each kind begins at a version that the apiserver remembers no more: it answers so itself. */
    @Test
    void whatTheApiserverRemembersNoMoreIsListedAnew() throws InterruptedException {
        wire.old.set(true);
        try (DriftWatcher watcher = watch(90)) {
            assertThat(wire.again.poll(60, TimeUnit.SECONDS))
                    .as("the policies are watched again")
                    .isNotNull();
            open();

            assertThat(next().appeared()).singleElement().asString().contains("/orders says something else");
            assertThat(wire.gone).as("answers of 410").hasPositiveValue();
            assertThat(watcher).isNotNull();
        }
    }

    @Test
    void whoIsClosedHasNoConnectionsLeft() throws InterruptedException {
        DriftWatcher watcher = watch(90);
        wire.awaitWatches(10);

        open();
        assertThat(next().appeared()).hasSize(1);
        watcher.close();
        int heard = wire.pieces.get();
        patch("authorizationpolicy", "{\"spec\": {\"action\": \"DENY\"}}");

        assertThat(reports.poll(3, TimeUnit.SECONDS)).isNull();
        assertThat(wire.pieces).hasValue(heard);
    }

    /** Stands between the client and the apiserver, and cuts what streams. */
    private static final class Wire implements Interceptor {
        private static final Pattern VERSION = Pattern.compile("resourceVersion=\\d+");

        private final AtomicInteger watches = new AtomicInteger();
        private final AtomicInteger cuts = new AtomicInteger();
        private final AtomicInteger gone = new AtomicInteger();
        private final AtomicInteger pieces = new AtomicInteger();
        private final AtomicBoolean cut = new AtomicBoolean();
        private final AtomicBoolean old = new AtomicBoolean();
        private final Set<String> begun = ConcurrentHashMap.newKeySet();
        private final BlockingQueue<String> again = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> opened = new LinkedBlockingQueue<>();

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            String uri = request.uri().toString();
            if (uri.contains("watch=1")) {
                watches.incrementAndGet();
                opened.add(1);
                Matcher version = VERSION.matcher(uri);
                boolean first = begun.add(request.uri().getPath());
                if (old.get() && first) {
                    builder.uri(URI.create(version.replaceAll("resourceVersion=1")));
                } else if (uri.contains("/authorizationpolicies")) {
                    again.add(uri);
                }
            }
        }

        @Override
        public void after(
                HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            if (request.uri().toString().contains("watch=1") && response.code() == 410) {
                gone.incrementAndGet();
            }
        }

        @Override
        public AsyncBody.Consumer<List<ByteBuffer>> consumer(
                AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
            if (!request.uri().toString().contains("watch=1")) {
                return consumer;
            }
            return (value, body) -> {
                pieces.incrementAndGet();
                if (cut.compareAndSet(true, false)) {
                    cuts.incrementAndGet();
                    body.cancel();
                    throw new IOException("cut off");
                }
                StringBuilder text = new StringBuilder();
                value.forEach(piece -> text.append(StandardCharsets.UTF_8.decode(piece.duplicate())));
                if (text.indexOf("\"code\":410") >= 0) {
                    gone.incrementAndGet();
                }
                consumer.consume(value, body);
            };
        }

        void awaitWatches(int count) throws InterruptedException {
            for (int i = 0; i < count; i++) {
                assertThat(opened.poll(60, TimeUnit.SECONDS)).isNotNull();
            }
        }
    }
}
