package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Elsewhere.Kind;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** What headers say of who calls never counts, wherever they come in. */
class CallerHeadersTest {
    private static final String FORGED =
            "By=spiffe://cluster.local/ns/shop/sa/orders;Hash=00;URI=" + "spiffe://cluster.local/ns/shop/sa/admin";

    private static FakeService echo() {
        return FakeService.start((asked, out) -> out.write(FakeService.ok(asked.header("x-forwarded-client-cert"))));
    }

    private static Gateway before(FakeService service) {
        Gateway gateway = Gateway.start();
        gateway.workload("orders.shop", service.uri());
        gateway.apply(gateway.plan(Said.orders().define()));
        return gateway;
    }

    @Test
    void whoCalledIsSaidOfAVerifiedCallerOnly() throws Exception {
        try (FakeService service = echo();
                Gateway gateway = before(service)) {
            GatewayIdentity frontend = gateway.identity("frontend.shop");
            SSLContext context = frontend.sslContext();
            byte[] der = java.util.Base64.getMimeDecoder()
                    .decode(frontend.certificatePem().replaceAll("-----[A-Z ]+-----", ""));
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(der));

            assertThat(Guest.ask(gateway, context).body())
                    .isEqualTo("By=spiffe://cluster.local/ns/shop/sa/orders;Hash=" + hash + ";URI="
                            + "spiffe://cluster.local/ns/shop/sa/frontend");
            try (Guest guest = Guest.greet(gateway, context, "orders.shop.localhost", "TLSv1.3")) {
                assertThat(guest.get("orders.shop.localhost", "/").body()).endsWith("sa/frontend");
            }
            assertThat(Raw.get(gateway, "/").body()).isEmpty();
        }
    }

    @Test
    void whatComesFromOutsideIsRemovedOnBothListeners() throws Exception {
        try (FakeService service = echo();
                Gateway gateway = before(service)) {
            SSLContext context = gateway.identity("frontend.shop").sslContext();
            for (String name :
                    List.of("X-Forwarded-Client-Cert", "x-forwarded-client-cert", "X-FORWARDED-CLIENT-CERT")) {
                String field = name + ": " + FORGED;

                assertThat(Raw.get(gateway, "/", field, field).body()).isEmpty();
                assertThat(Guest.ask(gateway, context, field, field).body())
                        .doesNotContain("admin")
                        .doesNotContain("|")
                        .endsWith("URI=spiffe://cluster.local/ns/shop/sa/frontend");
            }
            assertThat(service.asked())
                    .allSatisfy(asked -> assertThat(asked.lines()).noneMatch(line -> line.contains("admin")));
        }
    }

    @Test
    void aNameInDisguiseIsRefusedOnBothListeners() throws Exception {
        try (FakeService service = echo();
                Gateway gateway = before(service)) {
            SSLContext context = gateway.identity("frontend.shop").sslContext();
            for (String name :
                    List.of("X_Forwarded_Client_Cert", "x-forwarded_client-cert", "X_FORWARDED-CLIENT-CERT")) {
                assertThat(Raw.get(gateway, "/", name + ": " + FORGED).status()).isEqualTo(400);
                assertThat(Guest.ask(gateway, context, name + ": " + FORGED).status())
                        .isEqualTo(400);
            }
            assertThat(service.asked()).isEmpty();
        }
    }

    @Test
    void trailersDoNotSayItEither() throws Exception {
        try (FakeService service = FakeService.start((asked, out) -> out.write(FakeService.ok(asked.body())));
                Gateway gateway = before(service)) {
            String body = "Transfer-Encoding: chunked\r\nTrailer: x-forwarded-client-cert\r\n\r\n0\r\n"
                    + "X-Forwarded-Client-Cert: " + FORGED + "\r\n\r\n";
            String request = "POST / HTTP/1.1\r\nHost: orders.shop.localhost\r\n" + body;

            assertThat(Raw.ask(gateway, request).body()).doesNotContain("admin");
        }
    }

    @Test
    void noHeaderMakesACaller() throws Exception {
        List<String> fields = List.of(
                "X-Forwarded-Client-Cert: " + FORGED,
                "X-Spiffe-Id: spiffe://cluster.local/ns/shop/sa/admin",
                "Forwarded: for=frontend.shop",
                "X-Forwarded-Host: orders.shop",
                "X-Envoy-Peer-Metadata-Id: sidecar~admin.shop");
        try (Gateway gateway = IdentityTest.shop()) {
            SSLContext context = gateway.identity("frontend.shop").sslContext();

            assertThat(Raw.get(gateway, "/", fields.toArray(String[]::new)).body())
                    .isEqualTo("nobody at orders.shop.localhost");
            assertThat(Guest.ask(gateway, context, fields.toArray(String[]::new))
                            .body())
                    .isEqualTo("frontend.shop at " + Guest.ORDERS);
        }
    }

    @Test
    void aServiceElsewhereIsNotTold() throws Exception {
        try (FakeService service = echo();
                Gateway gateway = Gateway.start()) {
            Far.apply(gateway, Far.over(Kind.EXTERNAL, service.uri(), null, null));
            try (Guest guest =
                    Guest.greet(gateway, gateway.identity("frontend.shop").sslContext())) {
                Raw.Answer answer = guest.get(Guest.ORDERS, "/");
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEmpty();
            }
        }
    }
}
