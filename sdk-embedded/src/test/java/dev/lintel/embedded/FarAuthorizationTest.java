package dev.lintel.embedded;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Elsewhere.Kind;
import dev.lintel.core.model.Elsewhere.Tls;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.Papers;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller proves itself with here, and whether somebody else gets it. */
class FarAuthorizationTest {
    private static final Papers AUTHORITY = Papers.authority("CN=authority");

    private final AuthorizationServer ours = AuthorizationServer.start();
    private final FakeService far = FakeService.saying("far");
    private final Gateway gateway = Gateway.start();

    @AfterEach
    void close() {
        gateway.close();
        far.close();
        ours.close();
    }

    private Elsewhere unproven() {
        return Far.over(Kind.EXTERNAL, far.uri(), null, null);
    }

    private Said judged(Said said) {
        return said.withOAuth2(
                oauth2(ours.issuer().toString()).audience("orders").publicPaths("/open/**"));
    }

    private String sent() {
        return far.asked().get(far.asked().size() - 1).header("authorization");
    }

    private void ask(String path, String authorization) {
        assertThat(Raw.get(gateway, path, "Authorization: " + authorization).body())
                .isEqualTo("far");
    }

    @Test
    void aTokenThatWasJudgedHereStaysHere() {
        gateway.apply(gateway.plan(judged(Far.orders(unproven())).define()));
        String token = ours.issue("alice", "orders");

        ask("/pay", "Bearer " + token);
        ask("/pay", "bEARER " + token);
        ask("/open", "Bearer " + token);

        assertThat(far.asked())
                .hasSize(3)
                .allSatisfy(asked -> assertThat(asked.lines())
                        .noneMatch(line -> line.contains(token)
                                || line.toLowerCase(Locale.ROOT).startsWith("authorization")));
    }

    @Test
    void aFunctionThatStandsForTheFarSideDoesNotGetItEither() {
        gateway.workload(
                "orders.shop",
                Workload.function(
                        request -> Reply.ok(request.header("authorization").orElse("none"))));
        gateway.apply(gateway.plan(judged(Far.orders(unproven())).define()));

        assertThat(Raw.get(gateway, "/pay", "Authorization: Bearer " + ours.issue("alice", "orders"))
                        .body())
                .isEqualTo("none");
    }

    @Test
    void whatNoIssuerOfOursWasAskedAboutGoesOn() {
        gateway.apply(gateway.plan(judged(Far.orders(unproven())).define()));
        ask("/open", "Basic eDp5");
        assertThat(sent()).isEqualTo("Basic eDp5");

        gateway.apply(gateway.plan(Far.orders(unproven()).define()).allowWidening("a test"));
        ask("/pay", "Basic eDp5");
        assertThat(sent()).isEqualTo("Basic eDp5");
        ask("/pay", "Bearer theirs");
        assertThat(sent()).isEqualTo("Bearer theirs");
    }

    @Test
    void aServiceOfOursGetsTheToken() {
        gateway.workload("orders.shop", far.uri());
        gateway.apply(gateway.plan(judged(Said.orders()).define()));
        String token = ours.issue("alice", "orders");
        ask("/pay", "Bearer " + token);
        assertThat(sent()).isEqualTo("Bearer " + token);
    }

    @Test
    void behindACertificateOfTheGatewayNoCallersAuthorizationGoesOn() {
        Papers own = AUTHORITY.vouchesForServer("gateway.example");
        Secrets secrets = Secrets.of(Map.of(
                Far.CA, Secret.of(AUTHORITY.pem()),
                Far.CERTIFICATE, Secret.of(own.pem()),
                Far.KEY, Secret.of(own.key())));
        Tls mutual = new Tls(Far.NAME, Far.TLS.subjectAltNames(), Far.CA, Far.CERTIFICATE, Far.KEY);
        try (FakeService mine = FakeService.tls(
                        AUTHORITY.vouchesForServer(Far.NAME).server(AUTHORITY),
                        true,
                        (asked, out) -> out.write(FakeService.ok("<" + asked.header("authorization") + ">")));
                Gateway proven = Gateway.start(s -> s.secrets(secrets))) {
            Far.apply(proven, Far.over(Kind.EXTERNAL, mine.uri(), mutual, null));

            assertThat(Raw.get(proven, "/", "Authorization: Basic eDp5").body()).isEqualTo("<>");
            assertThat(Raw.get(proven, "/", "Authorization: Bearer x").body()).isEqualTo("<>");
            assertThat(Raw.ask(
                                    proven,
                                    Raw.request("POST", "/", "Transfer-Encoding: chunked")
                                            + "0\r\nauthorization: Basic eDp5\r\n\r\n")
                            .body())
                    .isEqualTo("<>");
        }
    }
}
