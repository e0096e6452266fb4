package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lintel.embedded.log.LogWatch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identities for clients in other processes and other languages. */
class IdentityPemTest {
    @TempDir
    Path folder;

    private String curl(GatewayIdentity identity, String... more) throws Exception {
        assumeThat(Path.of("/usr/bin/curl")).as("curl is not installed").isExecutable();
        Files.writeString(folder.resolve("ca.pem"), identity.trustPem());
        Files.writeString(folder.resolve("cert.pem"), identity.certificatePem());
        Files.writeString(folder.resolve("key.pem"), identity.privateKey().reveal());
        List<String> command = new ArrayList<>(List.of(
                "/usr/bin/curl",
                "--silent",
                "--show-error",
                "--max-time",
                "20",
                "--noproxy",
                "",
                "--cacert",
                "ca.pem"));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private static String at(GatewayIdentity identity) {
        return "127.0.0.1:" + identity.address().getPort();
    }

    @Test
    void curlCallsByThem() throws Exception {
        try (Gateway gateway = IdentityTest.shop()) {
            GatewayIdentity frontend = gateway.identity("frontend.shop");
            String url = "https://orders.shop.svc.cluster.local/";

            assertThat(curl(
                            frontend,
                            "--cert",
                            "cert.pem",
                            "--key",
                            "key.pem",
                            "--connect-to",
                            "::" + at(frontend),
                            url))
                    .isEqualTo("frontend.shop at orders.shop.svc.cluster.local");
            assertThat(curl(
                            frontend,
                            "--cert",
                            "cert.pem",
                            "--key",
                            "key.pem",
                            "--proxy",
                            "http://" + at(frontend),
                            "https://orders.shop/"))
                    .isEqualTo("frontend.shop at orders.shop");
            assertThat(curl(frontend, "--connect-to", "::" + at(frontend), url)).startsWith("curl: (");
        }
    }

    private static X509Certificate read(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aCertificateIsMadeAgainForTheSameKeyWhenHalfOfItsLifeIsOver() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T12:00:00Z"));
        try (Gateway gateway = Gateway.start(s -> s.clock(now::get))) {
            GatewayIdentity frontend = gateway.identity("frontend.shop");
            X509Certificate first = read(frontend.certificatePem());
            String key = frontend.privateKey().reveal();
            assertThat(first.getNotAfter().toInstant()).isEqualTo("2030-01-02T12:00:00Z");
            assertThat(first.getNotBefore().toInstant()).isEqualTo("2030-01-01T11:55:00Z");

            now.updateAndGet(then -> then.plus(Duration.ofHours(12)));
            assertThat(read(frontend.certificatePem())).isEqualTo(first);
            now.updateAndGet(then -> then.plusSeconds(1));
            X509Certificate second = read(frontend.certificatePem());

            assertThat(second.getNotAfter().toInstant()).isEqualTo("2030-01-03T00:00:01Z");
            assertThat(second.getPublicKey()).isEqualTo(first.getPublicKey());
            assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
            assertThat(frontend.privateKey().reveal()).isEqualTo(key);
        }
    }

    @Test
    void eachOneHasAKeyOfItsOwnAndSaysOneIdentityAndNothingElse() throws Exception {
        try (Gateway gateway = Gateway.start()) {
            GatewayIdentity one = gateway.identity("frontend.shop");
            GatewayIdentity two = gateway.identity("frontend.shop");
            X509Certificate certificate = read(one.certificatePem());
            X509Certificate authority = read(one.trustPem());

            assertThat(one.privateKey()).isNotEqualTo(two.privateKey());
            assertThat(one.trustPem()).isEqualTo(two.trustPem());
            assertThat(certificate.getSubjectAlternativeNames())
                    .containsExactly(List.of(6, "spiffe://cluster.local/ns/shop/sa/frontend"));
            assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
            assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
            assertThat(certificate.getKeyUsage()).startsWith(true, false);
            certificate.verify(authority.getPublicKey());
            assertThat(authority.getBasicConstraints()).isPositive();
        }
    }

    @Test
    void anotherGatewayDoesNotKnowThem() throws Exception {
        try (Gateway gateway = IdentityTest.shop();
                Gateway other = IdentityTest.shop()) {
            GatewayIdentity foreign = other.identity("frontend.shop");
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(foreign.sslContext())
                    .proxy(gateway.identity("frontend.shop").proxySelector())
                    .build();

            assertThatThrownBy(() -> client.send(
                            HttpRequest.newBuilder(foreign.uri("orders.shop")).build(), BodyHandlers.discarding()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void keysAreNeverPrinted() throws IOException {
        try (LogWatch watch = LogWatch.open();
                Gateway gateway = IdentityTest.shop(GatewaySettings.defaults().journal(10))) {
            GatewayIdentity frontend = gateway.identity("frontend.shop");
            String key = frontend.privateKey().reveal();
            String canary = key.lines().skip(1).findFirst().orElseThrow();
            assertThat(key).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("-----END PRIVATE KEY-----\n");
            String hash = Guest.ask(gateway, frontend.sslContext()).head();
            assertThat(hash).startsWith("HTTP/1.1 200");

            assertThat(List.of(
                            frontend.toString(),
                            frontend.privateKey().toString(),
                            gateway.toString(),
                            gateway.stats().toString(),
                            gateway.journal().requests().toString(),
                            gateway.inside().authority().toString(),
                            frontend.certificatePem(),
                            frontend.trustPem()))
                    .noneMatch(text -> text.contains(canary));
            assertThat(frontend).hasToString("identity spiffe://cluster.local/ns/shop/sa/frontend");
            assertThat(watch.lines()).noneMatch(line -> line.contains(canary));
            assertThat(watch.lines())
                    .anyMatch(line -> line.matches("(?s).*GET orders.shop/ 200 [0-9]+us by frontend.shop.*"));
        }
    }
}
