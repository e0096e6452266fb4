package dev.lintel.testbed;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.lintel.core.Problem;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.mesh.Mesh;
import dev.lintel.testkit.Certificates;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever says no to what is written is named, and is not taken for a right that is missing. */
@RealCluster
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DeniedTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(50);

    private final Namespace namespace;
    private final ApiClient api;
    private final Shop shop;
    private final KubernetesClient client;

    DeniedTest(Cluster cluster, ApiClient api, Namespace namespace) {
        this.namespace = namespace;
        this.api = api;
        this.shop = new Shop(cluster, api, namespace);
        this.client = shop.client();
    }

    @AfterEach
    void close() {
        client.close();
        for (String each : List.of(
                "validatingadmissionpolicies",
                "validatingadmissionpolicybindings",
                "validatingwebhookconfigurations")) {
            Answer unusedGone = api.ask("DELETE", ADMISSION + each + "/" + namespace);
        }
    }

    private Mesh mesh() {
        return Mesh.of(
                istio().domain("example.com"), ClusterTarget.cluster(client).inventory(namespace.name()));
    }

    /** Nobody says when admission is in force. */
    private Plan plan(Predicate<Plan> until) {
        long end = System.nanoTime() + PATIENCE;
        Plan plan = mesh().plan(shop.after());
        while (!until.test(plan) && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL);
            plan = mesh().plan(shop.after());
        }
        return plan;
    }

    @Test
    void aPolicyOfAdmissionIsNamedWithItsOwnWords() {
        mesh().apply(mesh().plan(shop.before()).allowWidening("a test"));
        policy();

        Plan plan = plan(some -> some.problems().size() == 3);

        String by = "the ValidatingAdmissionPolicy '" + namespace + "' (binding '" + namespace + "')";
        assertThat(plan.problems())
                .extracting(Problem::code, Problem::path)
                .containsExactlyInAnyOrder(
                        tuple("cluster.refused", "VirtualService " + namespace + "/orders-split"),
                        tuple("cluster.refused", "VirtualService " + namespace + "/cards-entry"),
                        tuple("cluster.refused", "VirtualService " + namespace + "/stock-entry"));
        assertThat(plan.problems()).allSatisfy(problem -> {
            assertThat(problem.message())
                    .contains(by)
                    .contains("denied request: routes are frozen until Monday")
                    .startsWith(
                            problem.path().endsWith("/stock-entry")
                                    ? "would not be deleted by "
                                    : "would be refused with 403 by ");
            assertThat(problem.hint())
                    .isEqualTo(
                            "say what " + by + " asks for, or talk to whoever keeps it; it is no matter of rights, and"
                                    + " nothing has been written");
        });
    }

    @Test
    void aWebhookIsNamedWithItsOwnWords() throws Exception {
        Certificates certificate = Certificates.named("webhook", "ip:127.0.0.1");
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(certificate)));
        server.createContext("/", exchange -> {
            String uid = JSON.readTree(exchange.getRequestBody())
                    .path("request")
                    .path("uid")
                    .asText();
            byte[] answer = JSON.writeValueAsBytes(Map.of(
                    "apiVersion",
                    "admission.k8s.io/v1",
                    "kind",
                    "AdmissionReview",
                    "response",
                    Map.of(
                            "uid",
                            uid,
                            "allowed",
                            false,
                            "status",
                            Map.of("code", 403, "message", "User \"ci\" cannot have routes on Friday"))));
            exchange.sendResponseHeaders(200, answer.length);
            try (var body = exchange.getResponseBody()) {
                body.write(answer);
            }
        });
        server.start();
        try {
            webhook("https://127.0.0.1:" + server.getAddress().getPort() + "/", certificate.pem());

            Plan plan = plan(some -> some.problems().size() == 4);

            assertThat(plan.problems())
                    .hasSize(4)
                    .allSatisfy(problem -> assertThat(problem.code()).isEqualTo("cluster.refused"))
                    .extracting(Problem::message)
                    .containsOnly("would be refused with 403 by the webhook 'friday.example.com': admission webhook"
                            + " \"friday.example.com\" denied the request: User \"ci\" cannot have routes on Friday");
        } finally {
            server.stop(0);
        }
    }

    private static SSLContext context(Certificates certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("x", certificate.secret(), new char[0], new Certificate[] {certificate.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private Map<String, Object> rule() {
        return Map.of(
                "apiGroups",
                List.of("networking.istio.io"),
                "apiVersions",
                List.of("*"),
                "operations",
                List.of("CREATE", "UPDATE", "DELETE"),
                "resources",
                List.of("virtualservices"));
    }

    private Map<String, Object> here() {
        return Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", namespace.name()));
    }

    private void policy() {
        post(
                "validatingadmissionpolicies",
                "ValidatingAdmissionPolicy",
                "spec",
                Map.of(
                        "failurePolicy",
                        "Fail",
                        "matchConstraints",
                        Map.of("namespaceSelector", here(), "resourceRules", List.of(rule())),
                        "validations",
                        List.of(Map.of(
                                "expression",
                                "false",
                                "message",
                                "routes are frozen until Monday",
                                "reason",
                                "Forbidden"))));
        post(
                "validatingadmissionpolicybindings",
                "ValidatingAdmissionPolicyBinding",
                "spec",
                Map.of("policyName", namespace.name(), "validationActions", List.of("Deny")));
    }

    private void webhook(String url, String pem) {
        post(
                "validatingwebhookconfigurations",
                "ValidatingWebhookConfiguration",
                "webhooks",
                List.of(Map.of(
                        "name",
                        "friday.example.com",
                        "admissionReviewVersions",
                        List.of("v1"),
                        "sideEffects",
                        "None",
                        "namespaceSelector",
                        here(),
                        "rules",
                        List.of(rule()),
                        "clientConfig",
                        Map.of(
                                "url",
                                url,
                                "caBundle",
                                Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8))))));
    }

    private void post(String plural, String kind, String field, Object value) {
        try {
            api.send(
                            "POST",
                            ADMISSION + plural,
                            "application/json",
                            JSON.writeValueAsString(Map.of(
                                    "apiVersion",
                                    "admissionregistration.k8s.io/v1",
                                    "kind",
                                    kind,
                                    "metadata",
                                    Map.of("name", namespace.name()),
                                    field,
                                    value)))
                    .expected("POST " + plural);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
