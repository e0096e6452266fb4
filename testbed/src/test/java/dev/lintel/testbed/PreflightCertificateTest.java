package dev.lintel.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.kubernetes.preflight.PreflightReport;
import dev.lintel.testkit.Certificates;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The certificate of a gateway is looked at before anything is written, and its key is not. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class PreflightCertificateTest {
    private final KubernetesClient client;
    private final PreflightWorld world;

    PreflightCertificateTest(Cluster cluster, ApiClient api) {
        this.client = Clients.of(cluster);
        this.world = new PreflightWorld(cluster, api);
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    private List<String> problems() {
        return world.check(client).problems().stream().map(Problem::render).toList();
    }

    @Test
    void aCertificateThatIsNotThereOrNotForTheHostIsAProblem() {
        world.certificate("dns:other.example.com");
        assertThat(problems())
                .containsExactly("preflight.certificate-names Secret " + world.edge
                        + "/orders-tls: is for [other.example.com], and not for [orders." + world.shop
                        + ".example.com], which the gateway serves with it\n      let it name them");

        world.delete("/api/v1/namespaces/" + world.edge + "/secrets/orders-tls");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("preflight.certificate Secret " + world.edge + "/orders-tls: is not there, and Gateway ");
    }

    @Test
    void aCertificateIsJudgedByTheClockThatIsHandedIn() {
        Instant later = Instant.now().plus(Duration.ofDays(3650));

        PreflightReport report = world.check(client, world.preflight().clock(() -> later));

        assertThat(report.problems())
                .singleElement()
                .extracting(Problem::render)
                .asString()
                .startsWith("preflight.certificate Secret " + world.edge + "/orders-tls: is valid from ")
                .contains("and it is " + later);
    }

    @Test
    void nothingOfAKeyIsEverTold() {
        String canary = "canary-" + world.shop;
        Certificates made = Certificates.named("orders", "dns:other.example.com");
        world.secret("Opaque", made.pem(), canary);

        PreflightReport report = world.check(client);

        assertThat(report.problems()).extracting(Problem::code).containsExactly("preflight.certificate-names");
        assertThat(report.warnings()).extracting(Problem::code).containsExactly("preflight.certificate");
        assertThat(report.toString())
                .doesNotContain(canary)
                .doesNotContain(Base64.getEncoder().encodeToString(canary.getBytes(StandardCharsets.UTF_8)));
    }
}
