package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Elsewhere.Kind;
import dev.lintel.core.model.Elsewhere.Tls;
import dev.lintel.embedded.FakeService.Asked;
import dev.lintel.embedded.FakeService.Script;
import dev.lintel.embedded.authorization.Papers;
import dev.lintel.embedded.log.LogWatch;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Services elsewhere: the gateway speaks TLS to them, and knows whom it speaks to. */
class ElsewhereTest {
    private static final Papers AUTHORITY = Papers.authority("CN=authority");
    private static final Papers STRANGER = Papers.authority("CN=stranger");
    private static final Papers GOOD = AUTHORITY.vouchesForServer(Far.NAME);
    private static final Script SNI = (asked, out) -> out.write(FakeService.ok(Far.sni(asked)));

    private static Gateway trusting() {
        return Gateway.start(s -> s.secrets(Far.trusting(AUTHORITY)));
    }

    @Test
    void aServiceElsewhereIsSpokenToUnderItsOwnName() {
        try (FakeService far = FakeService.tls(GOOD.server(null), false, SNI);
                Gateway gateway = trusting();
                Raw raw = Raw.to(gateway)) {
            Far.apply(gateway, Far.tls(far.uri()));

            Raw.Answer answer = raw.send(
                            Raw.request("GET", "/pay?x=1", "Authorization: Basic eDp5", "X-Forwarded-Host: evil"))
                    .answer();
            raw.send(Raw.request("GET", "/")).answer();

            assertThat(answer.body()).isEqualTo("[type=host_name (0), value=api.psp.example]");
            Asked asked = far.asked().get(0);
            assertThat(asked.first()).isEqualTo("GET /pay?x=1 HTTP/1.1");
            assertThat(asked.header("host")).isEqualTo("api.psp.example");
            assertThat(asked.header("x-forwarded-host")).isEqualTo("orders.shop.localhost");
            assertThat(asked.header("authorization")).isEqualTo("Basic eDp5");
            assertThat(far.connections()).isEqualTo(1);
            assertThat(gateway.stats().calls()).containsExactly(Map.entry("orders.shop", 2L));
        }
    }

    @Test
    void anotherNameUnknownAuthorityAndExpiryAreNotTalkedTo() {
        Map<String, Papers> wrong = Map.of(
                "the certificate is for none of [api.psp.example]",
                AUTHORITY.vouchesForServer("other.example"),
                "unable to find valid certification path",
                STRANGER.vouchesForServer(Far.NAME),
                "validity check failed",
                AUTHORITY.vouchedForServer(Far.NAME));
        wrong.forEach((why, papers) -> {
            try (FakeService far = FakeService.tls(papers.server(null), false, SNI);
                    LogWatch logs = LogWatch.open();
                    Gateway gateway = trusting()) {
                Far.apply(gateway, Far.tls(far.uri()));

                Raw.Answer answer = Raw.get(gateway, "/");

                assertThat(answer.status()).as(why).isEqualTo(503);
                assertThat(answer.body())
                        .contains("the service cannot be reached")
                        .doesNotContain("psp");
                assertThat(far.asked()).isEmpty();
                assertThat(logs.lines())
                        .anyMatch(line -> line.startsWith("WARN ")
                                && line.contains("no connection to the far side of orders.shop: ")
                                && line.contains(why));
            }
        });
    }

    @Test
    void theServerNameIsNoExcuseForTheWrongCertificate() {
        Papers sni = AUTHORITY.vouchesForServer("sni.example");
        Tls tls = new Tls("sni.example", List.of(Far.NAME), Far.CA, null, null);
        try (FakeService far = FakeService.tls(sni.server(null), false, SNI);
                Gateway gateway = trusting()) {
            Far.apply(gateway, Far.over(Kind.EXTERNAL, far.uri(), tls, null));
            assertThat(Raw.get(gateway, "/").status()).isEqualTo(503);

            Tls both = new Tls("sni.example", List.of(Far.NAME, "sni.example"), Far.CA, null, null);
            Far.apply(gateway, Far.over(Kind.EXTERNAL, far.uri(), both, null));
            assertThat(Raw.get(gateway, "/").body()).contains("sni.example");
        }
    }

    @Test
    void anAddressWithHttpsIsNeverSpokenToInClear() {
        try (FakeService far = FakeService.tls(GOOD.server(null), false, SNI);
                Gateway gateway = trusting()) {
            Far.apply(gateway, Far.over(Kind.EXTERNAL, far.uri(), null, null));

            assertThat(Raw.get(gateway, "/").status())
                    .as("nobody vouches for it here")
                    .isEqualTo(503);
            assertThat(far.asked()).isEmpty();
        }
    }

    @Test
    void theGatewayShowsItsOwnCertificate() {
        Papers own = AUTHORITY.vouchesForServer("gateway.example");
        Secrets secrets = Secrets.of(Map.of(
                Far.CA, Secret.of(AUTHORITY.pem()),
                Far.CERTIFICATE, Secret.of(own.pem()),
                Far.KEY, Secret.of(own.key())));
        Tls mutual = new Tls(Far.NAME, List.of(Far.NAME), Far.CA, Far.CERTIFICATE, Far.KEY);
        Script who = (asked, out) -> out.write(FakeService.ok(
                ((SSLSocket) asked.socket()).getSession().getPeerPrincipal().getName()));
        try (FakeService far = FakeService.tls(GOOD.server(AUTHORITY), true, who);
                Gateway gateway = Gateway.start(s -> s.secrets(secrets))) {
            Far.apply(gateway, Far.over(Kind.REMOTE_CLUSTER, far.uri(), mutual, null));
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("CN=server");

            Far.apply(gateway, Far.tls(far.uri()));
            assertThat(Raw.get(gateway, "/").status())
                    .as("no connection of others is used")
                    .isGreaterThan(499);
            assertThat(far.asked()).hasSize(1);
        }
    }

    @Test
    void anotherAuthorityCountsFromTheNextConnectionOn() {
        AtomicReference<Secret> authority = new AtomicReference<>(Secret.of(STRANGER.pem()));
        try (FakeService far = FakeService.tls(GOOD.server(null), false, SNI);
                Gateway gateway = Gateway.start(s -> s.secrets(ref -> Optional.of(authority.get())))) {
            Far.apply(gateway, Far.tls(far.uri()));
            assertThat(Raw.get(gateway, "/").status()).isEqualTo(503);

            authority.set(Secret.of(AUTHORITY.pem()));
            assertThat(Raw.get(gateway, "/").status()).isEqualTo(200);
        }
    }

    @Test
    void aBoundWorkloadWinsAndGetsTheSameAuthority() {
        try (FakeService far = FakeService.saying("far");
                FakeService ingress = FakeService.saying("ingress");
                Gateway gateway = Gateway.start()) {
            Elsewhere knative = Far.over(Kind.KNATIVE, null, null, null);
            gateway.workload("orders.shop", ingress.uri());
            Far.apply(gateway, knative);
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("ingress");
            assertThat(ingress.asked().get(0).header("host")).isEqualTo("api.psp.example");

            Far.apply(gateway, Far.over(Kind.EXTERNAL, far.uri(), null, null));
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("ingress");
            assertThat(far.asked()).isEmpty();
        }
    }

    @Test
    void aBoundWorkloadThatSpeaksTlsMustHaveTheNameOfTheFarSide() {
        try (FakeService good = FakeService.tls(GOOD.server(null), false, SNI);
                FakeService bad =
                        FakeService.tls(AUTHORITY.vouchesForServer("127.0.0.1").server(null), false, SNI);
                Gateway gateway = trusting()) {
            gateway.workload("orders.shop", good.uri());
            Far.apply(gateway, Far.over(Kind.KNATIVE, null, Far.TLS, null));
            assertThat(Raw.get(gateway, "/").body()).contains(Far.NAME);

            gateway.workload("orders.shop", bad.uri());
            assertThat(Raw.get(gateway, "/").status()).isEqualTo(503);
        }
    }

    @Test
    void aFunctionMayStandForTheFarSide() {
        try (Gateway gateway = Gateway.start()) {
            gateway.workload(
                    "orders.shop",
                    Workload.function(request -> Reply.ok(request.host() + " "
                            + request.header("x-forwarded-host").orElse(""))));
            Far.apply(gateway, Far.over(Kind.EXTERNAL, URI.create("http://127.0.0.1:1"), null, null));

            assertThat(Raw.get(gateway, "/").body()).isEqualTo("api.psp.example orders.shop.localhost");
        }
    }

    @Test
    void whoNeverBeginsTlsIsGivenUpAfterTheTimeToConnect() {
        Script silent = (asked, out) -> asked.socket().getInputStream().read();
        try (FakeService far = FakeService.start(silent);
                Gateway gateway = trusting()) {
            Elsewhere said = Far.tls(far.uri());
            Far.apply(
                    gateway,
                    new Elsewhere(
                            said.kind(),
                            said.address(),
                            said.authority(),
                            said.tls(),
                            Duration.ofMillis(100),
                            null,
                            said.origin()));

            assertThat(Raw.get(gateway, "/").status()).isEqualTo(503);
        }
    }

    @Test
    void whoTakesARequestAndNeverAnswersIsGivenUpAfterTheTimeForAnAnswer() {
        Script silent = (asked, out) -> asked.socket().getInputStream().read();
        try (FakeService far = FakeService.tls(GOOD.server(null), false, silent);
                Gateway gateway = Gateway.start(
                        s -> s.secrets(Far.trusting(AUTHORITY)).responseTimeout(Duration.ofMillis(100)))) {
            Far.apply(gateway, Far.tls(far.uri()));

            assertThat(Raw.get(gateway, "/").status()).isEqualTo(504);
        }
    }

    @Test
    void aPlanSaysWhatIsMissing() {
        Elsewhere knative =
                Far.over(Kind.KNATIVE, null, Far.TLS, new Elsewhere.SecretHeader("x-api-key", "", Far.SECRET));
        try (Gateway gateway = Gateway.start()) {
            assertThat(gateway.plan(Far.orders(knative).define()).problems())
                    .extracting(problem -> problem.code() + ": " + problem.message() + "; " + problem.hint())
                    .containsExactly(
                            "elsewhere.unbound: the service is elsewhere (knative), and neither an address nor a workload"
                                    + " says where; bind what leads there: gateway.workload(\"orders.shop\", uri)",
                            "secret.missing: the secret shop/psp/ca.crt is not there, which is to be what vouches for the"
                                    + " far side; say where secrets are:"
                                    + " Gateway.start(s -> s.secrets(Secrets.directory(path)))",
                            "secret.missing: the secret shop/psp/secret is not there, which is to be the value of header"
                                    + " 'x-api-key'; say where secrets are:"
                                    + " Gateway.start(s -> s.secrets(Secrets.directory(path)))");
            assertThat(gateway.plan(Far.orders(Far.over(Kind.EXTERNAL, URI.create("http://127.0.0.1:1"), null, null))
                                    .define())
                            .problems())
                    .isEmpty();
        }
    }
}
