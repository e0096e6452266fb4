package dev.lintel.testbed;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.gatewayapi.GatewayApiDialect.gatewayApi;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.kyma.KymaDialect.kyma;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.auth.TrustedIssuer;
import dev.lintel.core.Definition;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.UnsettledException;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.SharedGateway;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An apply goes on when what it builds on is in force; the tests play pods and controllers, which are not here. */
@RealCluster
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class BarriersTest {
    private static final Waits LONG = Waits.upTo(Duration.ofMinutes(5));
    private static final Waits SHORT = Waits.upTo(Duration.ofMillis(700));

    private final Namespace namespace;
    private final ApiClient api;
    private final KubernetesClient client;
    private final List<String> told = new ArrayList<>();

    BarriersTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.namespace = namespace;
        this.api = api;
        this.client = Clients.of(cluster);
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    /** A backend that tells the test each line, whereupon it may do something. */
    private Mesh mesh(Dialect dialect, Waits waits, Consumer<String> then) {
        return Mesh.of(
                dialect,
                ClusterTarget.cluster(client)
                        .inventory(namespace.name())
                        .waiting(waits)
                        .onProgress(line -> {
                            told.add(line);
                            then.accept(line);
                        }));
    }

    private Mesh istioMesh(Waits waits, Consumer<String> then) {
        return mesh(istio().domain("example.com"), waits, then);
    }

    private static Consumer<String> on(String line, Runnable action) {
        return said -> {
            if (said.equals(line)) {
                action.run();
            }
        };
    }

    private Definition split(int first) {
        return Api.expose("orders")
                .inNamespace(namespace.name())
                .split("v1", first, "v2", 100 - first)
                .define();
    }

    @Test
    void aRouteIsWrittenWhenEndpointsOfEachOfItsSubsetsAreReady() {
        service("orders");
        pod("v1");
        pod("v2");
        ready("v1");
        List<Integer> routes = new ArrayList<>();
        String waiting = "waiting for endpoints of subset v2 of " + namespace + "/orders: 0 of 1 ready";

        Mesh mesh = istioMesh(LONG, on(waiting, () -> {
            routes.add(api.ask("GET", path("networking.istio.io/v1", "virtualservices", "orders"))
                    .status());
            ready("v2");
        }));
        mesh.apply(mesh.plan(split(90)));

        assertThat(routes).containsExactly(404);
        assertThat(told).contains(waiting).noneMatch(line -> line.contains("subset v1"));
        assertThat(told.stream().filter(line -> line.endsWith(": applied"))).isNotEmpty();
        assertThat(told.get(told.size() - 1)).matches("(\\d+)/\\1 .*: applied");
        assertThat(mesh.plan(split(90)).isEmpty()).isTrue();
    }

    @Test
    void whoGetsNoRequestsMayBeEmpty() {
        service("orders");
        pod("v1");
        ready("v1");

        Mesh mesh = istioMesh(LONG, line -> {});
        mesh.apply(mesh.plan(split(100)));

        assertThat(mesh.plan(split(100)).isEmpty()).isTrue();
    }

    @Test
    void whoWaitsInVainSaysForWhatAndTheNextPlanIsRight() {
        service("orders");
        pod("v1");
        ready("v1");
        Mesh mesh = istioMesh(SHORT, line -> {});
        Plan plan = mesh.plan(split(90));

        UnsettledException late = catchThrowableOfType(UnsettledException.class, () -> mesh.apply(plan));

        assertThat(late.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("cluster.waiting");
            assertThat(problem.path()).isEqualTo("endpoints of subset v2 of " + namespace + "/orders");
            assertThat(problem.message()).isEqualTo("was waited for 0.7 s, and last seen as: 0 of 0 ready");
        });
        Plan rest = mesh.plan(split(90));
        assertThat(rest.changes()).anyMatch(Change.Keep.class::isInstance).anyMatch(Change.Create.class::isInstance);
        pod("v2");
        ready("v2");
        Mesh patient = istioMesh(LONG, line -> {});
        patient.apply(rest.allowWidening("a test"));
        assertThat(patient.plan(split(90)).isEmpty()).isTrue();
    }

    @Test
    void aProbeIsAskedWhenAllIsWrittenAndBeforeAnythingIsDeleted() {
        Mesh first = istioMesh(LONG, line -> {});
        Definition stock = Api.expose("stock")
                .inNamespace(namespace.name())
                .withOAuth2(oauth2("https://id.example").audience("stock"))
                .define();
        first.apply(first.plan(stock));
        told.clear();
        List<String> seen = new ArrayList<>(List.of("status 404", "status 503"));

        Mesh probing = istioMesh(
                LONG.probing(() -> seen.isEmpty() ? Optional.empty() : Optional.of(seen.remove(0))), line -> {});
        probing.apply(
                probing.plan(Api.expose("orders").inNamespace(namespace.name()).define())
                        .allowWidening("a test"));

        List<String> kinds = told.stream()
                .map(line ->
                        line.startsWith("waiting for probe") ? line.replaceAll(".*: ", "") : line.replaceAll(".* ", ""))
                .distinct()
                .toList();
        assertThat(kinds).containsExactly("objects", "applied", "status 404", "status 503", "deleted");
    }

    @Test
    void aRuleOfKymaIsWaitedForWhereItsControllerIs() {
        Mesh mesh = mesh(kyma().domain("example.com"), LONG, line -> {});
        mesh.apply(mesh.plan(rule("read")));
        assertThat(told).isNotEmpty().noneMatch(line -> line.startsWith("waiting"));

        state("Ready", "2026-01-01T00:00:00Z", "");
        Mesh answered = mesh(
                kyma().domain("example.com"),
                LONG,
                on(
                        "waiting for APIRule " + namespace
                                + "/orders: last looked at 2026-01-01T00:00:00Z, before it was written",
                        () -> state("Ready", "2026-01-01T00:00:01Z", "")));
        answered.apply(answered.plan(rule("write")).allowWidening("a test"));
        assertThat(answered.plan(rule("write")).isEmpty()).isTrue();
    }

    @Test
    void aControllerThatRefusesEndsTheWaitingAtOnceWithItsWords() {
        Mesh mesh = mesh(kyma().domain("example.com"), LONG, line -> {});
        mesh.apply(mesh.plan(rule("read")));
        state("Ready", "2026-01-01T00:00:00Z", "");
        Mesh answered = mesh(kyma().domain("example.com"), LONG, line -> {
            if (line.startsWith("waiting for APIRule")) {
                state("Warning", "2026-01-01T00:00:01Z", "Host is occupied by another Virtual Service");
            }
        });
        Plan plan = answered.plan(rule("write")).allowWidening("a test");

        assertThatThrownBy(() -> answered.apply(plan))
                .isInstanceOf(UnsettledException.class)
                .hasMessageContaining("cluster.failed APIRule " + namespace
                        + "/orders: state Warning: Host is occupied by another Virtual Service");
    }

    @Test
    void aGatewayAndItsRoutesAreWaitedForWhereTheirClassHasAController() {
        String name = "class-" + namespace;
        api.apply("/apis/gateway.networking.k8s.io/v1/gatewayclasses/" + name, """
                {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "GatewayClass", "metadata": {"name": "%s"},
                 "spec": {"controllerName": "example.com/test"}}
                """.formatted(name));
        Dialect dialect = gatewayApi()
                .domain("example.com")
                .extension(Extension.NONE)
                .gatewayClass(name)
                .gateway(new SharedGateway(namespace.name(), "lintel", 80, null, null));
        Definition open = Api.expose("orders").inNamespace(namespace.name()).define();
        Mesh nobody = mesh(dialect, SHORT, line -> {});
        nobody.apply(nobody.plan(open));
        assertThat(told).isNotEmpty().noneMatch(line -> line.startsWith("waiting"));
        nobody.apply(nobody.plan().allowWidening("a test"));
        told.clear();

        conditions("gatewayclasses/" + name, "", condition("Accepted", "True", "Accepted", ""));
        String gateway = "namespaces/" + namespace + "/gateways/lintel";
        String route = "namespaces/" + namespace + "/httproutes/orders";
        Mesh mesh = mesh(dialect, LONG, line -> {
            if (line.startsWith("waiting for Gateway") && line.contains("Accepted is Unknown")) {
                conditions(
                        gateway,
                        "",
                        condition("Accepted", "True", "Accepted", "") + ", "
                                + condition("Programmed", "False", "AddressNotAssigned", "no address yet"));
            } else if (line.startsWith("waiting for Gateway")) {
                conditions(
                        gateway,
                        "",
                        condition("Accepted", "True", "Accepted", "") + ", "
                                + condition("Programmed", "True", "Programmed", ""));
            } else if (line.startsWith("waiting for HTTPRoute")) {
                conditions(
                        route,
                        "lintel",
                        condition("Accepted", "True", "Accepted", "") + ", "
                                + condition("ResolvedRefs", "False", "BackendNotFound", "there is no Service orders"));
            }
        });
        Plan plan = mesh.plan(open).allowWidening("a test");

        UnsettledException failed = catchThrowableOfType(UnsettledException.class, () -> mesh.apply(plan));

        assertThat(failed.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("cluster.failed");
            assertThat(problem.path()).isEqualTo("HTTPRoute " + namespace + "/orders");
            assertThat(problem.message())
                    .isEqualTo("ResolvedRefs is False, BackendNotFound: there is no Service orders");
        });
        assertThat(told.stream().filter(line -> line.startsWith("waiting")).map(line -> line.replaceAll(".*: ", "")))
                .containsExactly("Waiting for controller", "no address yet", "no word of " + namespace + "/lintel");
        assertThat(mesh.plan(open).isEmpty()).isTrue();
    }

    private static String condition(String type, String status, String reason, String message) {
        return """
                {"type": "%s", "status": "%s", "reason": "%s", "message": "%s", "observedGeneration": 1,
                 "lastTransitionTime": "2026-01-01T00:00:00Z"}""".formatted(type, status, reason, message);
    }

    /** What a controller says of an object of Gateway API; of a route, for one parent. */
    private void conditions(String object, String parent, String conditions) {
        String list = "\"conditions\": [" + conditions + "]";
        api.send(
                        "PATCH",
                        "/apis/gateway.networking.k8s.io/v1/" + object + "/status?fieldManager=controller",
                        "application/merge-patch+json",
                        "{\"status\": {"
                                + (parent.isEmpty()
                                        ? list
                                        : "\"parents\": [{\"controllerName\": \"example.com/test\", \"parentRef\": {\"name\": \""
                                                + parent + "\"}, " + list + "}]")
                                + "}}")
                .expected("PATCH");
    }

    @Test
    void aForeignControllerThatRewritesWhatWeHaveWrittenIsNamedAndNotFought() {
        Mesh calm = istioMesh(LONG, line -> {});
        calm.apply(calm.plan(orders("read")));
        List<String> fights = new ArrayList<>();
        String policy = path("security.istio.io/v1", "authorizationpolicies", "orders");
        Mesh mesh = istioMesh(LONG, line -> {
            if (line.endsWith("AuthorizationPolicy " + namespace + "/orders: applied")) {
                fights.add(line);
                api.send(
                                "PATCH",
                                policy + "?fieldManager=gitops",
                                "application/merge-patch+json",
                                "{\"spec\": {\"rules\": [{}]}}")
                        .expected("PATCH");
            }
        });
        Plan plan = mesh.plan(orders("write")).allowWidening("a test");

        UnsettledException contested = catchThrowableOfType(UnsettledException.class, () -> mesh.apply(plan));

        assertThat(fights).hasSize(1);
        assertThat(contested.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("cluster.contested");
            assertThat(problem.path()).isEqualTo("AuthorizationPolicy " + namespace + "/orders");
            assertThat(problem.message())
                    .isEqualTo(".spec.rules was rewritten by \"gitops\" right after it was written");
        });
        assertThat(mesh.plan(orders("write")).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("cluster.conflict");
            assertThat(problem.message()).contains("\"gitops\"", ".spec.rules");
        });
    }

    private Definition orders(String scope) {
        return Api.expose("orders")
                .inNamespace(namespace.name())
                .withOAuth2(oauth2("https://id.example").audience("orders").scope("/orders/**", "orders." + scope))
                .define();
    }

    /** As Kyma can say it in one object. */
    private Definition rule(String scope) {
        TrustedIssuer issuer = TrustedIssuer.issuer("https://id.example").jwks(URI.create("https://id.example/keys"));
        return Api.expose("orders")
                .inNamespace(namespace.name())
                .withOAuth2(oauth2(issuer).audience("orders").scope("/**", "orders." + scope))
                .define();
    }

    private String path(String group, String plural, String name) {
        return "/apis/" + group + "/namespaces/" + namespace + "/" + plural + "/" + name;
    }

    /** What Kyma's controller says of the rule. */
    private void state(String state, String time, String description) {
        api.send(
                        "PATCH",
                        path("gateway.kyma-project.io/v2", "apirules", "orders") + "/status?fieldManager=manager",
                        "application/merge-patch+json",
                        "{\"status\": {\"state\": \"%s\", \"lastProcessedTime\": \"%s\", \"description\": \"%s\"}}"
                                .formatted(state, time, description))
                .expected("PATCH");
    }

    private void service(String name) {
        api.apply("/api/v1/namespaces/" + namespace + "/services/" + name, """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "%s"},
                 "spec": {"selector": {"app": "%s"}, "ports": [{"port": 80}]}}
                """.formatted(name, name));
    }

    private void pod(String version) {
        api.apply("/api/v1/nodes/node-" + namespace, """
                {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "node-%s"}}
                """.formatted(namespace));
        api.apply("/api/v1/namespaces/" + namespace + "/pods/orders-" + version, """
                {"apiVersion": "v1", "kind": "Pod",
                 "metadata": {"name": "orders-%s", "labels": {"app": "orders", "version": "%s"}},
                 "spec": {"nodeName": "node-%s", "automountServiceAccountToken": false,
                  "containers": [{"name": "orders", "image": "orders"}]}}
                """.formatted(
                        version, version, namespace));
    }

    /** What a kubelet says of a pod that takes requests. */
    private void ready(String version) {
        api.send(
                        "PATCH",
                        "/api/v1/namespaces/" + namespace + "/pods/orders-" + version + "/status",
                        "application/merge-patch+json",
                        """
                        {"status": {"phase": "Running", "podIP": "10.0.0.9", "podIPs": [{"ip": "10.0.0.9"}],
                         "conditions": [{"type": "Ready", "status": "True"}]}}
                        """)
                .expected("PATCH");
    }
}
