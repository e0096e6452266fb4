package dev.lintel.testbed.plane;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Problem;
import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.DirectToken;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.IstiodRejections;
import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.target.GatewayPath;
import dev.lintel.mesh.verify.DataPath;
import dev.lintel.mesh.verify.NotInForceException;
import dev.lintel.mesh.verify.ProbeAnswer;
import dev.lintel.mesh.verify.ProbeKind;
import dev.lintel.mesh.verify.ProbeTokens;
import dev.lintel.mesh.verify.Probes;
import dev.lintel.sdk.Api;
import dev.lintel.testbed.Clients;
import dev.lintel.testbed.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After an apply it is asked through real Envoys whether it is in force; where it is not, it is taken back. */
@RealMesh
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class VerifiedApplyTest {
    private static final int CONNECTIONS = 12;

    private final Plane plane;
    private final Namespace namespace;
    private final List<String> told = new ArrayList<>();

    VerifiedApplyTest(Plane plane, Namespace namespace) {
        this.plane = plane;
        this.namespace = namespace;
    }

    @Test
    void whatIsInForceIsProvenByEveryTokenThatIssuersMake() {
        try (AuthorizationServer issuer = AuthorizationServer.start();
                Running behind = plane.add(Workload.of(namespace.name(), "orders", "v1"));
                KubernetesClient client = Clients.of(plane.cluster())) {
            plane.service(namespace, behind.workload().account());
            Mesh mesh = mesh(client, probes().tokens(tokens(issuer)).alsoServed());

            mesh.apply(mesh.plan(orders(issuer)));

            // That a workload takes mutual TLS only is seen by nobody who enters by a gateway.
            assertThat(told)
                    .last()
                    .asString()
                    .startsWith("verified in part: ")
                    .endsWith(" probes agree, and 1 change is not proven");
            assertThat(told)
                    .filteredOn(line -> line.startsWith("not proven: "))
                    .singleElement()
                    .asString()
                    .startsWith("not proven: PeerAuthentication " + namespace.name() + "/orders: the mutual TLS");
            assertThat(mesh.plan(orders(issuer)).isEmpty()).isTrue();
            assertThat(mesh.plan(orders(issuer)).warnings())
                    .extracting(Problem::code)
                    .doesNotContain("cluster.cut-off");
        }
    }

    @Test
    void whatSomebodyElseOpensMeanwhileIsFoundAndTakenBack() {
        try (AuthorizationServer issuer = AuthorizationServer.start();
                Running behind = plane.add(Workload.of(namespace.name(), "orders", "v1"));
                KubernetesClient client = Clients.of(plane.cluster())) {
            plane.service(namespace, behind.workload().account());
            Probes probes = Probes.through(onceOpen(this::open))
                    .upTo(Duration.ofSeconds(10))
                    .telling(told::add);
            Mesh mesh = mesh(client, probes);

            NotInForceException failure =
                    catchThrowableOfType(NotInForceException.class, () -> mesh.apply(mesh.plan(orders(issuer))));

            assertThat(failure.problems().get(0).code()).isEqualTo("verify.open");
            assertThat(failure.problems().get(0).message())
                    .contains(
                            "should be refused",
                            "but was answered 200: it is open",
                            "AuthorizationPolicy " + namespace + "/orders");
            assertThat(failure.problems())
                    .anyMatch(problem -> problem.code().equals("cluster.reopened")
                            && problem.path().equals("AuthorizationPolicy " + namespace + "/debug"))
                    .extracting(Problem::code)
                    .contains("verify.rolled-back");
            assertThat(failure.isRolledBack()).isTrue();
            assertThat(mesh.inForce().model().apis()).isEmpty();
        }
    }

    /** The first request on each connection that the gateway keeps is judged by the policy of before. */
    @Test
    void whatIsOpenIsFoundAlthoughTheGatewayKeepsConnections() {
        try (AuthorizationServer issuer = AuthorizationServer.start();
                Running behind = plane.add(Workload.of(namespace.name(), "orders", "v1"));
                KubernetesClient client = Clients.of(plane.cluster())) {
            plane.service(namespace, behind.workload().account());
            Mesh mesh = mesh(client, Probes.through(onceWarm(behind)).upTo(Duration.ofSeconds(10)));

            NotInForceException failure =
                    catchThrowableOfType(NotInForceException.class, () -> mesh.apply(mesh.plan(orders(issuer))));

            assertThat(failure.problems().get(0).code()).isEqualTo("verify.open");
        }
    }

    @Test
    void whatIsDeletedRightAfterItIsNamedAndTheRestTakenBack() {
        try (AuthorizationServer issuer = AuthorizationServer.start();
                Running behind = plane.add(Workload.of(namespace.name(), "orders", "v1"));
                KubernetesClient client = Clients.of(plane.cluster())) {
            plane.service(namespace, behind.workload().account());
            Probes probes = Probes.through(onceOpen(() -> {
                        int unusedStatus = plane.cluster()
                                .client()
                                .send("DELETE", policies() + "/orders", "application/json", "")
                                .status();
                    }))
                    .upTo(Duration.ofSeconds(10));
            Mesh mesh = mesh(client, probes);

            NotInForceException failure =
                    catchThrowableOfType(NotInForceException.class, () -> mesh.apply(mesh.plan(orders(issuer))));

            assertThat(failure.problems().get(0).message())
                    .contains("it is open; not in force is AuthorizationPolicy " + namespace + "/orders");
            assertThat(failure.isRolledBack()).isTrue();
            assertThat(mesh.inForce().model().apis()).isEmpty();
        }
    }

    @Test
    void whatClosedSomethingStaysClosedAlthoughItIsNotInForce() {
        try (AuthorizationServer issuer = AuthorizationServer.start();
                Running behind = plane.add(Workload.of(namespace.name(), "orders", "v1"));
                KubernetesClient client = Clients.of(plane.cluster())) {
            plane.service(namespace, behind.workload().account());
            ApiDefinition wide =
                    Api.expose("orders").inNamespace(namespace.name()).define();
            Mesh before = mesh(client, probes().without(ProbeKind.UNKNOWN_HOST));
            before.apply(before.plan(wide));
            Probes nowhere = Probes.through(request -> ProbeAnswer.none("the gateway is down"))
                    .upTo(Duration.ofSeconds(1));

            Mesh kept = mesh(client, nowhere);
            NotInForceException failure =
                    catchThrowableOfType(NotInForceException.class, () -> kept.apply(kept.plan(orders(issuer))));

            assertThat(failure.problems())
                    .extracting(Problem::code)
                    .contains("verify.unanswered", "rollback.widens", "verify.kept")
                    .doesNotContain("verify.open", "verify.rolled-back");
            assertThat(failure.isRolledBack()).isFalse();
            assertThat(kept.plan(orders(issuer)).isEmpty()).isTrue();
            assertThat(kept.plan(orders(issuer)).warnings())
                    .extracting(Problem::code)
                    .contains("cluster.cut-off");
        }
    }

    @Test
    void whoIsKilledMeanwhileLeavesWhatTheNextPlanFinishes() {
        try (AuthorizationServer issuer = AuthorizationServer.start();
                Running behind = plane.add(Workload.of(namespace.name(), "orders", "v1"));
                KubernetesClient client = Clients.of(plane.cluster())) {
            plane.service(namespace, behind.workload().account());
            Mesh killed = mesh(client, Probes.through(request -> {
                throw new LinkageError("killed");
            }));

            LinkageError end =
                    catchThrowableOfType(LinkageError.class, () -> killed.apply(killed.plan(orders(issuer))));

            assertThat(end).hasMessage("killed");
            Mesh next = mesh(client, probes());
            var plan = next.plan(orders(issuer));
            assertThat(plan.isEmpty()).isTrue();
            assertThat(plan.warnings()).extracting(Problem::code).contains("cluster.cut-off");
            next.apply(plan);
            assertThat(told).last().asString().startsWith("verified in part: ");
            assertThat(next.plan(orders(issuer)).warnings())
                    .extracting(Problem::code)
                    .doesNotContain("cluster.cut-off");
        }
    }

    @Test
    void aProxyThatRejectsItsConfigurationIsNamedWithItsWords() {
        try (AuthorizationServer issuer = AuthorizationServer.start();
                Running behind = plane.add(Workload.of(namespace.name(), "orders", "v1"));
                KubernetesClient client = Clients.of(plane.cluster())) {
            plane.service(namespace, behind.workload().account());
            String filter = "/apis/networking.istio.io/v1alpha3/namespaces/" + namespace + "/envoyfilters/broken";
            plane.cluster().client().apply(filter, """
                    {"apiVersion": "networking.istio.io/v1alpha3", "kind": "EnvoyFilter", "metadata": {"name": "broken"},
                     "spec": {"configPatches": [{"applyTo": "HTTP_FILTER",
                      "match": {"context": "SIDECAR_INBOUND",
                       "listener": {"filterChain": {"filter": {"name": "envoy.filters.network.http_connection_manager"}}}},
                      "patch": {"operation": "INSERT_BEFORE", "value": {"name": "limit", "typed_config": {
                       "@type": "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit"}}}}]}}
                    """);
            IstiodRejections rejections = IstiodRejections.at(plane.cluster().monitoring());
            plane.await("a rejection", () -> !rejections.ask().isEmpty());
            Probes probes =
                    Probes.through(onceOpen(() -> {})).rejections(rejections).upTo(Duration.ofSeconds(10));
            Mesh mesh = mesh(client, probes);

            NotInForceException failure =
                    catchThrowableOfType(NotInForceException.class, () -> mesh.apply(mesh.plan(orders(issuer))));

            assertThat(failure.problems())
                    .anyMatch(problem -> problem.code().equals("verify.rejected")
                            && problem.path().equals("proxy orders-v1." + namespace)
                            && problem.message().contains("has rejected a Listener")
                            && problem.message().contains("StatPrefix: value length must be at least 1 characters"));
            assertThat(failure.problems())
                    .as("what the proxy goes on with has no policy")
                    .extracting(Problem::code)
                    .contains("verify.open", "verify.rolled-back");
        }
    }

    private Probes probes() {
        return Probes.through(GatewayPath.at(gateway()))
                .upTo(Duration.ofMinutes(2))
                .telling(told::add);
    }

    /** What is done before each probe; the first one waits until the gateway leads to a workload that lets everybody in. */
    private DataPath onceOpen(Runnable before) {
        AtomicBoolean seen = new AtomicBoolean();
        Call call = Call.get(plane.ingress() + ":80", "orders." + namespace + ".example.com", "/orders/7");
        return request -> {
            before.run();
            if (seen.compareAndSet(false, true)) {
                plane.await("what is open", () -> plane.outside().send(call).status() == 200);
            }
            return GatewayPath.at(gateway()).send(request);
        };
    }

    /** Before the first probe the gateway makes connections, then somebody opens everything, and the sidecar takes it over. */
    private DataPath onceWarm(Running behind) {
        AtomicBoolean opened = new AtomicBoolean();
        Call health = Call.get(plane.ingress() + ":80", "orders." + namespace + ".example.com", "/health");
        return request -> {
            if (opened.compareAndSet(false, true)) {
                plane.await("the route", () -> plane.outside().send(health).status() == 200);
                Stream.generate(() -> plane.outside().begin(health.with("x-delay", "500ms")))
                        .limit(CONNECTIONS)
                        .toList()
                        .forEach(each -> assertThat(each.join().status()).isEqualTo(200));
                open();
                plane.await(
                        "the sidecar",
                        () -> behind.proxy("/config_dump?resource=dynamic_listeners")
                                .contains("ns[" + namespace + "]-policy[debug]"));
            }
            return GatewayPath.at(gateway()).send(request);
        };
    }

    private URI gateway() {
        return URI.create("http://" + plane.ingress());
    }

    private Mesh mesh(KubernetesClient client, Probes probes) {
        return Mesh.of(
                        istio().domain("example.com"),
                        ClusterTarget.cluster(client).inventory(namespace.name()))
                .verifiedBy(probes);
    }

    private String policies() {
        return "/apis/security.istio.io/v1/namespaces/" + namespace + "/authorizationpolicies";
    }

    /** Somebody else lets everybody in. */
    private void open() {
        plane.cluster().client().apply(policies() + "/debug", """
                {"apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy", "metadata": {"name": "debug"},
                 "spec": {"action": "ALLOW", "rules": [{}]}}
                """);
    }

    private static ProbeTokens tokens(AuthorizationServer issuer) {
        return wish -> {
            DirectToken good = DirectToken.of("somebody")
                    .audiences(wish.audiences().toArray(String[]::new))
                    .scopes(wish.scopes().toArray(String[]::new));
            DirectToken token = switch (wish.kind()) {
                case EXPIRED ->
                    new DirectToken(
                            good.subject(), good.audiences(), good.scopes(), good.claims(), Duration.ofMinutes(-10));
                case WRONG_AUDIENCE -> good.audiences("others");
                case WRONG_SCOPE -> good.scopes(new String[0]);
                default -> good;
            };
            return wish.kind() == ProbeKind.NO_TOKEN ? Optional.empty() : Optional.of(Secret.of(issuer.issue(token)));
        };
    }

    private ApiDefinition orders(AuthorizationServer issuer) {
        return Api.expose("orders")
                .inNamespace(namespace.name())
                .withOAuth2(oauth2(issuer.issuer().toString())
                        .audience("orders")
                        .scope("/orders/**", "orders.read")
                        .publicPaths("/health")
                        .deny("/orders/internal/**"))
                .define();
    }
}
