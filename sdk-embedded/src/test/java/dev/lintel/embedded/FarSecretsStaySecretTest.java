package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Elsewhere.ClientToken;
import dev.lintel.core.model.Elsewhere.Kind;
import dev.lintel.core.model.Elsewhere.SecretHeader;
import dev.lintel.core.model.Elsewhere.Tls;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.FakeService.Script;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.Papers;
import dev.lintel.embedded.log.LogWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Secrets of far sides, in every way that a request can go, and in none of the places where somebody could read them. */
class FarSecretsStaySecretTest {
    private static final String CANARY = "c4n4ry-far-5d1b";
    private static final Papers AUTHORITY = Papers.authority("CN=authority");
    private static final Papers OWN = AUTHORITY.vouchesForServer("gateway.example");

    private final List<String> seen = new ArrayList<>();
    private final Queue<String> tokens = new ConcurrentLinkedQueue<>();

    @Test
    void nothingOfThemIsLoggedPlannedExplainedNotedOrAnswered() {
        try (LogWatch logs = LogWatch.open();
                AuthorizationServer theirs = AuthorizationServer.start()) {
            theirs.client("gateway", Secret.of(CANARY));
            String issuer = theirs.issuer().toString();
            byToken(issuer, Secret.of(CANARY), "200");
            byToken(issuer, Secret.of(CANARY), "401");
            byToken(issuer, Secret.of(CANARY + "x"), "200");
            byHeader(Secret.of(CANARY), "200");
            byHeader(Secret.of(CANARY), "401");
            byHeader(Secret.of(CANARY + "\n"), "200");
            byCertificate(OWN.key());
            byCertificate(CANARY);

            assertThat(logs.lines()).anyMatch(line -> line.startsWith("TRACE "));
            seen.addAll(logs.lines());
        }
        String key = OWN.key().replaceAll("-----[A-Z ]+-----|\n", "").substring(0, 40);
        assertThat(tokens).isNotEmpty();
        assertThat(seen).hasSizeGreaterThan(60).noneMatch(line -> line.contains(CANARY) || line.contains(key));
        for (String token : tokens) {
            String signature = token.substring(token.lastIndexOf('.') + 1);
            assertThat(seen).noneMatch(line -> line.contains(signature));
        }
    }

    private Script answering(String status) {
        return (asked, out) -> {
            String token = asked.header("authorization");
            if (!token.isEmpty()) {
                tokens.add(token);
            }
            out.write(FakeService.bytes("HTTP/1.1 " + status + " Said\r\nContent-Length: 2\r\nx-echo: "
                    + asked.header("authorization") + asked.header("x-api-key")
                    + "\r\nWWW-Authenticate: Bearer error=\"invalid_token\"\r\n\r\nok"));
        };
    }

    private void byToken(String issuer, Secret secret, String status) {
        try (FakeService far = FakeService.start(answering(status))) {
            ClientToken token = new ClientToken(issuer, "gateway", Far.SECRET, List.of());
            use(Far.proven(far.uri(), token), Map.of(Far.SECRET, secret));
        }
    }

    private void byHeader(Secret secret, String status) {
        try (FakeService far = FakeService.start(answering(status))) {
            use(Far.proven(far.uri(), new SecretHeader("x-api-key", "", Far.SECRET)), Map.of(Far.SECRET, secret));
        }
    }

    private void byCertificate(String key) {
        try (FakeService far =
                FakeService.tls(AUTHORITY.vouchesForServer(Far.NAME).server(AUTHORITY), true, answering("200"))) {
            Tls tls = new Tls(Far.NAME, List.of(Far.NAME), Far.CA, Far.CERTIFICATE, Far.KEY);
            use(
                    Far.over(Kind.EXTERNAL, far.uri(), tls, null),
                    Map.of(
                            Far.CA, Secret.of(AUTHORITY.pem()),
                            Far.CERTIFICATE, Secret.of(OWN.pem()),
                            Far.KEY, Secret.of(key)));
        }
    }

    private void use(Elsewhere said, Map<SecretRef, Secret> secrets) {
        Secrets known = Secrets.of(secrets);
        GatewaySettings settings = GatewaySettings.defaults().journal(10).secrets(known);
        try (Gateway gateway = Gateway.start(settings)) {
            Plan plan = gateway.plan(Far.orders(said).define());
            gateway.apply(plan);
            for (Raw.Answer answer : List.of(
                    Raw.get(gateway, "/"),
                    Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 3") + "abc"),
                    Raw.ask(gateway, "TRACE / HTTP/1.1\r\nHost: orders.shop.localhost\r\n\r\n"))) {
                seen.add(answer.head());
                seen.add(answer.body());
            }
            seen.add(plan.render());
            seen.add(plan.toString());
            seen.add(gateway.explain(RequestValue.of("GET", "http://orders.shop.localhost/"))
                    .render());
            seen.add(gateway.journal().requests().toString());
            seen.add(gateway.stats().toString());
            seen.add(settings + " " + known + " " + gateway + " " + said);
        }
    }
}
