package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Definition;
import dev.lintel.core.Secret;
import dev.lintel.testkit.Certificates;
import dev.lintel.traffic.egress.EgressHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.HttpsURLConnection;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The clients that applications use, as they come, through the proxy to an HTTPS host. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EgressClientsTest {
    private static final String HTTPS = "orders.shop.psp.example";

    private Certificates certificate;
    private Gateway host;
    private Outside outside;
    private EgressProxy proxy;

    @BeforeAll
    void start() {
        certificate = Certificates.named(HTTPS, "dns:" + HTTPS);
        host = Gateway.start(s -> s.domain("psp.example").tls(certificate.pem(), Secret.of(certificate.key())));
        host.workload(
                "orders.shop",
                Workload.function(request -> Reply.ok(request.method() + " over "
                        + request.header("x-forwarded-proto").orElse("nothing"))));
        host.apply(host.plan(Said.orders().define()));
        outside = Outside.letting(rule("*.psp.example"));
        proxy = outside.payments();
    }

    @AfterAll
    void stop() {
        outside.close();
        host.close();
    }

    private Definition rule(String name) {
        return EgressHost.of(name)
                .onlyFor("payments")
                .inNamespace("shop")
                .ports(host.port())
                .allowPrivateAddresses()
                .define();
    }

    private URI uri(String name) {
        return URI.create("https://" + name + ":" + host.port() + "/orders");
    }

    private static String ask(CloseableHttpClient client, ClassicHttpRequest request) throws IOException {
        return client.execute(request, answer -> answer.getCode() + " " + EntityUtils.toString(answer.getEntity()));
    }

    @Test
    void javasHttpClient() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .proxy(proxy.proxySelector())
                .sslContext(certificate.trusting())
                .build();
        for (int i = 0; i < 3; i++) {
            HttpRequest request = HttpRequest.newBuilder(uri(HTTPS))
                    .POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000)))
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("POST over https");
        }
        assertThatThrownBy(() ->
                        client.send(HttpRequest.newBuilder(uri("evil.example")).build(), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("502");
    }

    @Test
    void apachesHttpClient() throws Exception {
        for (HttpRoutePlanner planner :
                new HttpRoutePlanner[] {proxy.routePlanner(), new SystemDefaultRoutePlanner(proxy.proxySelector())}) {
            try (CloseableHttpClient client = HttpClients.custom()
                    .setRoutePlanner(planner)
                    .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                            .setTlsSocketStrategy(new DefaultClientTlsStrategy(certificate.trusting()))
                            .build())
                    .build()) {
                HttpPost post = new HttpPost(uri(HTTPS));
                post.setEntity(new StringEntity("x".repeat(100_000)));
                assertThat(ask(client, post)).isEqualTo("200 POST over https");
                assertThat(ask(client, new HttpGet(uri("evil.example"))))
                        .isEqualTo("502 payments.shop may not call evil.example:" + host.port()
                                + ": no egress rule of shop names this host\n");
            }
        }
    }

    @Test
    void javasUrlConnection() throws Exception {
        InetSocketAddress address =
                new InetSocketAddress(proxy.uri().getHost(), proxy.uri().getPort());
        HttpsURLConnection connection =
                (HttpsURLConnection) uri(HTTPS).toURL().openConnection(new Proxy(Proxy.Type.HTTP, address));
        connection.setSSLSocketFactory(certificate.trusting().getSocketFactory());

        assertThat(new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("GET over https");
    }

    @Test
    void plainRequestsOfBoth() throws Exception {
        try (FakeService service = FakeService.saying("plain");
                Outside near = Outside.letting(Outside.psp(service.uri().getPort()));
                EgressProxy plain = near.payments();
                CloseableHttpClient apache = HttpClients.custom()
                        .setRoutePlanner(plain.routePlanner())
                        .build()) {
            URI uri = URI.create("http://" + Outside.HOST + ":" + service.uri().getPort() + "/pay?x=1");
            HttpClient java =
                    HttpClient.newBuilder().proxy(plain.proxySelector()).build();
            for (int i = 0; i < 2; i++) {
                assertThat(java.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                                .body())
                        .isEqualTo("plain");
                assertThat(ask(apache, new HttpGet(uri))).isEqualTo("200 plain");
            }
            assertThat(service.asked())
                    .hasSize(4)
                    .allMatch(asked -> asked.first().equals("GET /pay?x=1 HTTP/1.1"));
        }
    }

    @Test
    void whoAsksIsToldWhy() {
        assertThat(proxy.explain("api.psp.example", host.port()).render()).matches("""
                        payments\\.shop to api\\.psp\\.example:\\d+
                          = let out, the egress rule of shop for \\*\\.psp\\.example lets it out

                          egress   \\*\\.psp\\.example from shop, port \\d+, only for payments: lets it out  EgressClientsTest\\.java:\\d+
                        """);
        assertThat(proxy.application()).isEqualTo("payments.shop");
        assertThat(proxy).hasToString("egress of payments.shop at " + proxy.uri());
    }
}
