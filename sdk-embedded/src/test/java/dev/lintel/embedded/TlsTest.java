package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Secret;
import dev.lintel.testkit.Certificates;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    private Certificates good;
    private Certificates other;

    @BeforeAll
    void make() {
        good = Certificates.named("orders.shop.localhost", "dns:orders.shop.localhost,dns:localhost");
        other = Certificates.named("other", "dns:other.example");
    }

    private static String ask(Gateway gateway, SSLContext context, String protocol) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), gateway.port())) {
            SSLParameters parameters = new SSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setServerNames(List.of(new SNIHostName("orders.shop.localhost")));
            parameters.setProtocols(new String[] {protocol});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            socket.getOutputStream()
                    .write(Raw.request("GET", "/", "Connection: close").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void clientsSpeakTls12And13() throws Exception {
        GatewaySettings settings = GatewaySettings.defaults().tls(good.pem(), Secret.of(good.key()));
        try (FakeService service = FakeService.start(
                        (asked, out) -> out.write(FakeService.ok(asked.header("x-forwarded-proto"))));
                Gateway gateway = Gateway.start(settings)) {
            gateway.workload("orders.shop", service.uri());
            gateway.apply(gateway.plan(Said.orders().define()));

            assertThat(ask(gateway, good.trusting(), "TLSv1.3"))
                    .startsWith("HTTP/1.1 200 OK")
                    .endsWith("https");
            assertThat(ask(gateway, good.trusting(), "TLSv1.2")).endsWith("https");
            assertThat(gateway.uri("orders.shop"))
                    .isEqualTo(URI.create("https://orders.shop.localhost:" + gateway.port()));
            assertThatThrownBy(() -> ask(gateway, other.trusting(), "TLSv1.3"))
                    .isInstanceOf(SSLHandshakeException.class);
            assertThatThrownBy(gateway::proxySelector).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void workloadsSpeakTlsUnderTheirOwnName() {
        GatewaySettings behind = GatewaySettings.defaults().tls(good.pem(), Secret.of(good.key()));
        GatewaySettings front = GatewaySettings.defaults().trust(good.pem());
        try (Gateway service = Gateway.start(behind);
                Gateway gateway = Gateway.start(front)) {
            service.workload("orders.shop", Workload.function(request -> Reply.ok("inner")));
            service.apply(service.plan(Said.orders().define()));
            gateway.workload("orders.shop", URI.create("https://localhost:" + service.port()));
            gateway.apply(gateway.plan(Said.orders().define()));

            assertThat(Raw.get(gateway, "/").body()).isEqualTo("inner");
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("inner");
        }
    }

    @Test
    void aWorkloadUnderAnotherNameIsNotTalkedTo() {
        GatewaySettings behind = GatewaySettings.defaults().tls(other.pem(), Secret.of(other.key()));
        GatewaySettings front = GatewaySettings.defaults().trust(other.pem());
        try (Gateway service = Gateway.start(behind);
                Gateway gateway = Gateway.start(front)) {
            gateway.workload("orders.shop", URI.create("https://localhost:" + service.port()));
            gateway.apply(gateway.plan(Said.orders().define()));

            assertThat(Raw.get(gateway, "/").status()).isEqualTo(503);
        }
    }

    @Test
    void aWorkloadThatNobodyVouchesForIsNotTalkedTo() {
        GatewaySettings behind = GatewaySettings.defaults().tls(good.pem(), Secret.of(good.key()));
        try (Gateway service = Gateway.start(behind);
                Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", URI.create("https://localhost:" + service.port()));
            gateway.apply(gateway.plan(Said.orders().define()));

            assertThat(Raw.get(gateway, "/").status()).isEqualTo(503);
        }
    }

    @Test
    void aKeyThatIsNoneIsNotShown() {
        GatewaySettings settings = GatewaySettings.defaults().tls(good.pem(), Secret.of("not a key"));

        assertThatThrownBy(() -> Gateway.start(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the gateway's certificate must be PEM and its key PEM in PKCS #8, and both must belong together");
        assertThat(settings.toString()).isEqualTo("https://*.localhost:0 on 127.0.0.1");
    }
}
