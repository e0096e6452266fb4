package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.embedded.identity.CertificateAuthority;
import dev.lintel.embedded.identity.Content;
import dev.lintel.testkit.Certificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every certificate that says nothing sound, and what answers it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallerCertificatesTest {
    private Gateway gateway;

    @BeforeAll
    void start() {
        gateway = IdentityTest.shop(GatewaySettings.defaults().journal(1));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    /** In TLS 1.3 a client hears of it when it reads, because its own part of the handshake was done before. */
    private void isRefused(SSLContext context, String protocol) {
        long before = gateway.stats().unproven();
        assertThatThrownBy(() -> {
                    try (Guest guest = Guest.greet(gateway, context, Guest.ORDERS, protocol)) {
                        guest.socket()
                                .getOutputStream()
                                .write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
                        if (guest.socket().getInputStream().read() < 0) {
                            throw new IOException("closed");
                        }
                    }
                })
                .isInstanceOf(IOException.class);
        Until.holds(() -> gateway.stats().unproven() == before + 1);
    }

    private void isRefused(SSLContext context) {
        isRefused(context, "TLSv1.3");
        isRefused(context, "TLSv1.2");
    }

    private void isForbidden(Content content, String reason) throws Exception {
        SSLContext context = Guest.showing(gateway, content);
        try (Guest guest = Guest.greet(gateway, context)) {
            for (int i = 0; i < 2; i++) {
                Raw.Answer answer = guest.get(Guest.ORDERS, "/");
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.body()).contains("\"detail\":\"" + reason + "\"");
            }
        }
        try (Guest guest = Guest.greet(gateway, context, "orders.shop.localhost", "TLSv1.2")) {
            assertThat(guest.get("orders.shop.localhost", "/").status()).isEqualTo(403);
        }
    }

    @Test
    void aGoodOneForComparison() throws Exception {
        assertThat(Guest.ask(gateway, Guest.showing(gateway, Guest.saying(List.of(Guest.FRONTEND))))
                        .body())
                .startsWith("frontend.shop");
    }

    @Test
    void oneWithDnsNamesBesideItsUriIsGood() throws Exception {
        Content content = Guest.saying(List.of(Guest.FRONTEND), "frontend.shop.svc");

        assertThat(Guest.ask(gateway, Guest.showing(gateway, content)).body()).startsWith("frontend.shop");
    }

    @Test
    void none() throws Exception {
        isRefused(Guest.nobody(gateway));
    }

    @Test
    void expired() throws Exception {
        isRefused(Guest.showing(gateway, dated(Guest.from(), Instant.now().minus(Duration.ofMinutes(1)))));
    }

    @Test
    void notGoodYet() throws Exception {
        isRefused(Guest.showing(gateway, dated(Instant.now().plus(Duration.ofMinutes(1)), Guest.until())));
    }

    private static Content dated(Instant from, Instant until) {
        return new Content("CN=test", List.of(Guest.FRONTEND), List.of(), List.of(Content.CLIENT), false, from, until);
    }

    @Test
    void vouchedForByItself() throws Exception {
        Certificates self = Certificates.named("frontend", "uri:" + Guest.FRONTEND);

        isRefused(
                Guest.showing(gateway, new KeyPair(self.certificate().getPublicKey(), self.secret()), (X509Certificate)
                        self.certificate()));
    }

    @Test
    void ofAnotherAuthority() throws Exception {
        CertificateAuthority other = new CertificateAuthority("cluster.local", InstantSource.system());

        isRefused(Guest.showing(gateway, other, Guest.saying(List.of(Guest.FRONTEND))));
    }

    @Test
    void ofAnotherAuthorityThatIsShownAlong() throws Exception {
        CertificateAuthority other = new CertificateAuthority("cluster.local", InstantSource.system());
        KeyPair keys = CertificateAuthority.keyPair();
        X509Certificate leaf = other.issue(keys.getPublic(), Guest.saying(List.of(Guest.FRONTEND)));

        isRefused(Guest.showing(gateway, keys, leaf, other.root()));
    }

    @Test
    void vouchedForByAWorkload() throws Exception {
        KeyPair keys = CertificateAuthority.keyPair();
        X509Certificate workload =
                gateway.inside().authority().client(Caller.Workload.of("frontend.shop"), keys.getPublic());
        CertificateAuthority other = new CertificateAuthority("cluster.local", InstantSource.system());
        KeyPair mine = CertificateAuthority.keyPair();
        X509Certificate leaf = other.issue(mine.getPublic(), Guest.saying(List.of(Guest.FRONTEND)));

        isRefused(Guest.showing(gateway, mine, leaf, workload));
    }

    @Test
    void withTheKeyOfSomebodyElse() throws Exception {
        X509Certificate stolen = gateway.inside()
                .authority()
                .client(
                        Caller.Workload.of("frontend.shop"),
                        CertificateAuthority.keyPair().getPublic());

        isRefused(Guest.showing(gateway, CertificateAuthority.keyPair(), stolen));
    }

    @Test
    void notForTlsClients() throws Exception {
        for (List<String> purposes : List.of(List.<String>of(), List.of(Content.SERVER))) {
            Content content = new Content(
                    "CN=test", List.of(Guest.FRONTEND), List.of(), purposes, false, Guest.from(), Guest.until());
            isRefused(Guest.showing(gateway, content));
        }
    }

    @Test
    void oneThatTheGatewayShowsItself() throws Exception {
        Content content = new Content(
                "CN=test",
                List.of("spiffe://cluster.local/ns/shop/sa/orders"),
                List.of(Guest.ORDERS),
                List.of(Content.SERVER),
                false,
                Guest.from(),
                Guest.until());

        isRefused(Guest.showing(gateway, content));
    }

    @Test
    void twoUris() throws Exception {
        isForbidden(
                Guest.saying(List.of(Guest.FRONTEND, "spiffe://cluster.local/ns/shop/sa/admin")),
                "the certificate has more than one URI, and a workload has one");
        isForbidden(
                Guest.saying(List.of(Guest.FRONTEND, "https://frontend.example")),
                "the certificate has more than one URI, and a workload has one");
    }

    @Test
    void anIdentityInTheCommonNameOnly() throws Exception {
        Content content = new Content(
                "CN=" + Guest.FRONTEND,
                List.of(),
                List.of(),
                List.of(Content.CLIENT),
                false,
                Guest.from(),
                Guest.until());

        isForbidden(content, "the certificate has no URI that says who calls");
    }

    @Test
    void anIdentityAsADnsNameOnly() throws Exception {
        isForbidden(
                Guest.saying(List.of(), "frontend.shop.svc.cluster.local"),
                "the certificate has no URI that says who calls");
    }

    @Test
    void anotherTrustDomain() throws Exception {
        isForbidden(
                Guest.saying(List.of("spiffe://other.example/ns/shop/sa/frontend")),
                "the certificate is of another trust domain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://cluster.local/ns/shop/sa/frontend",
                "SPIFFE://cluster.local/ns/shop/sa/frontend",
                "spiffe://cluster.local",
                "spiffe://cluster.local/",
                "spiffe:///ns/shop/sa/frontend",
                "spiffe://cluster.local/frontend",
                "spiffe://cluster.local/ns/shop/sa/",
                "spiffe://cluster.local/ns//sa/frontend",
                "spiffe://cluster.local/ns/shop/sa/frontend/",
                "spiffe://cluster.local/ns/shop/sa/frontend/more",
                "spiffe://cluster.local/ns/shop/sa/front.end",
                "spiffe://cluster.local/ns/shop/sa/Frontend",
                "spiffe://cluster.local/ns/shop/sa/frontend?x",
                "spiffe://cluster.local/ns/shop/sa/frontend#x",
                "spiffe://cluster.local/ns/shop/sa/front%65nd",
                "spiffe://cluster.local/ns/shop/../shop/sa/frontend",
                "spiffe://cluster.local/sa/frontend/ns/shop",
                "spiffe://cluster.local:443/ns/shop/sa/frontend",
                "spiffe://alice@cluster.local/ns/shop/sa/frontend",
                "spiffe://cluster.local/ns/shop/sa/-frontend"
            })
    void aUriThatIsNotOfTheForm(String uri) throws Exception {
        isForbidden(
                Guest.saying(List.of(uri)),
                "the URI in the certificate is not spiffe://{trust domain}/ns/{namespace}/sa/{name}");
    }

    @Test
    void aUriThatIsTooLong() throws Exception {
        String reason = "the URI in the certificate is not spiffe://{trust domain}/ns/{namespace}/sa/{name}";

        isForbidden(Guest.saying(List.of(Guest.FRONTEND + "d".repeat(60))), reason);
        isForbidden(Guest.saying(List.of(Guest.FRONTEND + "/" + "d".repeat(4000))), reason);
    }

    @Test
    void oneOfAnAuthority() throws Exception {
        Content content = new Content(
                "CN=test",
                List.of(Guest.FRONTEND),
                List.of(),
                List.of(Content.CLIENT),
                true,
                Guest.from(),
                Guest.until());
        SSLContext context = Guest.showing(gateway, content);

        // Its key is not for signatures of TLS, which PKIX refuses first.
        isRefused(context);
        assertThat(dev.lintel.embedded.identity.SpiffeIds.caller(
                        gateway.inside()
                                .authority()
                                .issue(CertificateAuthority.keyPair().getPublic(), content),
                        "cluster.local"))
                .isEqualTo(new Caller.Rejected("the certificate is one of an authority, and not of a workload"));
    }

    @Test
    void oneThatExpiresWhileItsConnectionIsOpen() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        try (Gateway moved = IdentityTest.shop(GatewaySettings.defaults().clock(now::get))) {
            GatewayIdentity frontend = moved.identity("frontend.shop");
            SSLContext context = frontend.sslContext();
            try (Guest guest = Guest.greet(moved, context)) {
                assertThat(guest.get(Guest.ORDERS, "/").status()).isEqualTo(200);

                now.updateAndGet(then -> then.plus(Duration.ofHours(25)));
                Raw.Answer answer = guest.get(Guest.ORDERS, "/");

                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.body()).contains("the certificate has expired since it was shown");
                assertThat(answer.header("connection")).isEqualTo("close");
                assertThat(guest.socket().getInputStream().read()).isEqualTo(-1);
            }
            // The identity itself goes on with another certificate; the session of the old one does not count.
            assertThat(Guest.ask(moved, frontend.sslContext()).body()).startsWith("frontend.shop");
        }
    }

    @Test
    void aClientIsSentForAnotherOneBeforeItExpires() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        try (Gateway moved = IdentityTest.shop(GatewaySettings.defaults().clock(now::get))) {
            GatewayIdentity frontend = moved.identity("frontend.shop");
            try (Guest guest = Guest.greet(moved, frontend.sslContext())) {
                now.updateAndGet(then -> then.plus(Duration.ofMinutes(22 * 60 + 50)));
                assertThat(guest.get(Guest.ORDERS, "/").header("connection")).isEmpty();

                now.updateAndGet(then -> then.plus(Duration.ofMinutes(20)));
                Raw.Answer last = guest.get(Guest.ORDERS, "/");

                assertThat(last.body()).startsWith("frontend.shop");
                assertThat(last.header("connection")).isEqualTo("close");
            }
        }
    }

    @Test
    void whatIsMadeOfAnIdentityGoesOnWhenItsCertificateHasExpired() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        try (Gateway moved = IdentityTest.shop(GatewaySettings.defaults().clock(now::get))) {
            GatewayIdentity frontend = moved.identity("frontend.shop");
            SSLContext context = frontend.sslContext();
            HttpClient client = frontend.httpClient();
            HttpRequest request =
                    HttpRequest.newBuilder(frontend.uri("orders.shop")).build();
            for (int day = 0; day < 3; day++) {
                for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                    try (Guest guest = Guest.greet(moved, context, Guest.ORDERS, protocol)) {
                        assertThat(guest.get(Guest.ORDERS, "/").status()).isEqualTo(200);
                    }
                }
                // A connection that is still open from the day before is told once that its certificate has expired.
                int first = client.send(request, BodyHandlers.discarding()).statusCode();
                assertThat(first).isEqualTo(day == 0 ? 200 : 403);
                assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(200);

                now.updateAndGet(then -> then.plus(Duration.ofHours(25)));
            }
        }
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeIdentitiesUseless() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        try (Gateway moved = IdentityTest.shop(GatewaySettings.defaults().clock(now::get))) {
            GatewayIdentity frontend = moved.identity("frontend.shop");
            assertThat(Guest.ask(moved, frontend.sslContext()).status()).isEqualTo(200);

            now.updateAndGet(then -> then.minus(Duration.ofDays(30)));

            assertThat(Guest.ask(moved, frontend.sslContext()).status()).isEqualTo(200);
        }
    }

    @Test
    void oneThatHasExpiredIsNotTakenUpAgainByItsSession() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        try (Gateway moved = IdentityTest.shop(GatewaySettings.defaults().clock(now::get))) {
            for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                SSLContext context =
                        Guest.showing(moved, dated(Guest.from(), now.get().plus(Duration.ofHours(1))));
                try (Guest guest = Guest.greet(moved, context, Guest.ORDERS, protocol)) {
                    assertThat(guest.get(Guest.ORDERS, "/").status()).isEqualTo(200);
                }
                Instant before = now.getAndUpdate(then -> then.plus(Duration.ofHours(2)));

                assertThatThrownBy(() -> {
                            try (Guest guest = Guest.greet(moved, context, Guest.ORDERS, protocol)) {
                                assertThat(guest.get(Guest.ORDERS, "/").status())
                                        .isEqualTo(0);
                                throw new IOException("closed");
                            }
                        })
                        .isInstanceOfAny(IOException.class, UncheckedIOException.class);
                now.set(before);
            }
        }
    }
}
