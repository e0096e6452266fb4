package dev.lintel.embedded;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Elsewhere.ClientToken;
import dev.lintel.core.model.Elsewhere.Kind;
import dev.lintel.embedded.FakeService.Asked;
import dev.lintel.embedded.FakeService.Script;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.Papers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that the gateway gets for itself, behind tokens that its callers bring. */
class FarTokenTest {
    private static final Papers AUTHORITY = Papers.authority("CN=authority");
    private static final String REFUSAL = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n"
            + "WWW-Authenticate: Bearer realm=\"far-realm\", error=\"invalid_token\"\r\n\r\nno";

    private final AuthorizationServer ours = AuthorizationServer.start();
    private final AuthorizationServer theirs = AuthorizationServer.start();
    private final Map<SecretRef, Secret> secrets = new ConcurrentHashMap<>(
            Map.of(Far.CA, Secret.of(AUTHORITY.pem()), Far.SECRET, Secret.of("gateway-secret")));
    private final Gateway gateway =
            Gateway.start(s -> s.journal(100).secrets(ref -> Optional.ofNullable(secrets.get(ref))));

    FarTokenTest() {
        theirs.client("gateway", Secret.of("gateway-secret"), "payments");
    }

    @AfterEach
    void close() {
        gateway.close();
        theirs.close();
        ours.close();
    }

    private ClientToken token() {
        return new ClientToken(theirs.issuer().toString(), "gateway", Far.SECRET, List.of("payments"));
    }

    private static String bearer(Asked asked) {
        return asked.header("authorization").replaceFirst("Bearer ", "");
    }

    /** Refuses some requests as if their token had been revoked. */
    private static Script refusing(int times) {
        AtomicInteger left = new AtomicInteger(times);
        return (asked, out) -> out.write(
                left.getAndDecrement() > 0 ? FakeService.bytes(REFUSAL) : FakeService.ok("ok " + asked.body()));
    }

    @Test
    void theSameAccessIsAskedForInFrontAndTheGatewaysOwnTokenGoesOn() {
        Papers good = AUTHORITY.vouchesForServer(Far.NAME);
        String mine = ours.issue("alice", "orders", "orders.read");
        try (FakeService far =
                FakeService.tls(good.server(null), false, (asked, out) -> out.write(FakeService.ok("paid")))) {
            Elsewhere said = Far.over(Kind.EXTERNAL, far.uri(), Far.TLS, token());
            gateway.apply(gateway.plan(Far.orders(said)
                    .withOAuth2(
                            oauth2(ours.issuer().toString()).audience("orders").scope("/pay/**", "orders.read"))
                    .define()));

            assertThat(Raw.get(gateway, "/pay").status()).isEqualTo(401);
            assertThat(Raw.get(gateway, "/pay", "Authorization: Bearer " + ours.issue("bob", "orders"))
                            .status())
                    .isEqualTo(403);
            assertThat(Raw.get(gateway, "/pay", "Authorization: Bearer " + theirs.issue("eve", "orders", "orders.read"))
                            .status())
                    .isEqualTo(401);
            assertThat(theirs.tokenRequests()).isZero();

            assertThat(Raw.get(gateway, "/pay", "Authorization: Bearer " + mine).body())
                    .isEqualTo("paid");
            assertThat(Raw.get(gateway, "/pay", "Authorization: Bearer " + mine).body())
                    .isEqualTo("paid");

            assertThat(far.asked()).hasSize(2).allSatisfy(asked -> {
                assertThat(asked.header("authorization"))
                        .startsWith("Bearer ey")
                        .doesNotContain("|");
                assertThat(bearer(asked)).isNotEqualTo(mine);
                assertThat(asked.lines()).noneMatch(line -> line.contains(mine));
            });
            assertThat(theirs.tokenRequests()).isEqualTo(1);
        }
    }

    @Test
    void aTokenThatIsRefusedIsReplacedOnceAndTheRequestRepeated() {
        try (FakeService far = FakeService.start(refusing(1))) {
            Far.apply(gateway, Far.proven(far.uri(), token()));

            Raw.Answer answer = Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 3") + "abc");

            assertThat(answer.body()).isEqualTo("ok abc");
            assertThat(far.asked()).hasSize(2);
            assertThat(far.asked().get(1).body()).isEqualTo("abc");
            assertThat(far.asked().get(1).lines().stream().filter(line -> line.startsWith("x-forwarded-for")))
                    .hasSize(1);
            assertThat(bearer(far.asked().get(0)))
                    .isNotEqualTo(bearer(far.asked().get(1)));
            assertThat(theirs.tokenRequests()).isEqualTo(2);
            assertThat(gateway.stats().retries()).isEqualTo(1);
            assertThat(gateway.stats().answered()).isEqualTo(1);
        }
    }

    @Test
    void whatFollowsOnTheConnectionIsAnsweredToo() {
        try (FakeService far = FakeService.start(refusing(2));
                Raw raw = Raw.to(gateway)) {
            Far.apply(gateway, Far.proven(far.uri(), token()));
            String chunked = Raw.request("POST", "/", "Transfer-Encoding: chunked") + "3\r\nabc\r\n0\r\n\r\n";

            raw.send(chunked + Raw.request("GET", "/x") + chunked);

            assertThat(raw.answer().status()).as("refused twice").isEqualTo(502);
            assertThat(raw.answer().body()).isEqualTo("ok ");
            assertThat(raw.answer().body()).isEqualTo("ok abc");
        }
    }

    @Test
    void aSecondRefusalIsNotTheCallersFault() {
        try (FakeService far = FakeService.start(refusing(100))) {
            Far.apply(gateway, Far.proven(far.uri(), token()));

            Raw.Answer answer = Raw.get(gateway, "/");

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.header("www-authenticate")).isEmpty();
            assertThat(answer.body()).contains("the service does not accept the gateway's credential");
            assertThat(answer.head() + answer.body()).doesNotContain("far-realm");
            assertThat(far.asked()).hasSize(2);
        }
    }

    @Test
    void aTokenIsKeptWhereTheFarSideRefusesSomethingElse() {
        String other = REFUSAL.replace("invalid_token", "invalid_request");
        String bare = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";
        AtomicInteger calls = new AtomicInteger();
        try (FakeService far = FakeService.start(
                (asked, out) -> out.write(FakeService.bytes(calls.getAndIncrement() % 2 == 0 ? other : bare)))) {
            Far.apply(gateway, Far.proven(far.uri(), token()));

            for (int i = 0; i < 4; i++) {
                assertThat(Raw.get(gateway, "/").status()).isEqualTo(502);
            }

            assertThat(far.asked()).hasSize(4);
            assertThat(far.asked().stream().map(FarTokenTest::bearer).distinct())
                    .hasSize(1);
            assertThat(theirs.tokenRequests()).isEqualTo(1);
        }
    }

    @Test
    void aBodyThatIsNotKeptIsNotRepeated() {
        String body = "x".repeat(70_000);
        try (FakeService far = FakeService.start(refusing(1))) {
            Far.apply(gateway, Far.proven(far.uri(), token()));

            assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 70000") + body)
                            .status())
                    .isEqualTo(502);
            assertThat(far.asked()).hasSize(1);
            assertThat(Raw.get(gateway, "/").body()).as("with another token").isEqualTo("ok ");
        }
    }

    @Test
    void aFunctionThatStandsForTheFarSideSeesTheTokenAndMayRefuseIt() {
        AtomicInteger calls = new AtomicInteger();
        gateway.workload("orders.shop", Workload.function(request -> {
            String token = request.header("authorization").orElse("none");
            return calls.getAndIncrement() == 0
                    ? Reply.status(401).header("www-authenticate", "Bearer error=\"invalid_token\"")
                    : Reply.ok(token.startsWith("Bearer ey") + " " + request.text());
        }));
        Far.apply(gateway, Far.over(Kind.KNATIVE, null, null, token()));

        assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Authorization: Basic eDp5", "Content-Length: 3") + "abc")
                        .body())
                .isEqualTo("true abc");
        assertThat(calls).hasValue(2);
    }

    @Test
    void aFunctionGetsTheBodyAgainWhereAnotherCallHasGotTheNewToken() throws Exception {
        Set<String> revoked = ConcurrentHashMap.newKeySet();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch renewed = new CountDownLatch(1);
        gateway.workload("orders.shop", Workload.function(request -> {
            String token = request.header("authorization").orElse("none");
            if (request.path().equals("/revoke")) {
                revoked.add(token);
            } else if (revoked.contains(token)) {
                if (request.path().equals("/slow")) {
                    asked.countDown();
                    renewed.await(20, TimeUnit.SECONDS);
                }
                return Reply.status(401).header("www-authenticate", "Bearer error=\"invalid_token\"");
            }
            return Reply.ok("ok " + request.text());
        }));
        Far.apply(gateway, Far.over(Kind.KNATIVE, null, null, token()));
        Raw.get(gateway, "/revoke");

        try (Raw slow = Raw.to(gateway)) {
            slow.send(Raw.request("POST", "/slow", "Content-Length: 3") + "abc");
            asked.await(20, TimeUnit.SECONDS);
            assertThat(Raw.get(gateway, "/").body()).isEqualTo("ok ");
            renewed.countDown();

            assertThat(slow.answer().body()).isEqualTo("ok abc");
        }
        assertThat(theirs.tokenRequests()).isEqualTo(2);
    }

    @Test
    void withoutATokenThereIsNoCall() {
        secrets.put(Far.SECRET, Secret.of("wrong"));
        try (FakeService far = FakeService.saying("ok")) {
            Far.apply(gateway, Far.proven(far.uri(), token()));

            Raw.Answer answer = Raw.get(gateway, "/", "Authorization: Basic eDp5");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body())
                    .isEqualTo("{\"title\":\"Service Unavailable\",\"status\":503,"
                            + "\"detail\":\"the gateway has no credential for the service\"}\n");
            assertThat(far.asked()).isEmpty();

            secrets.put(Far.SECRET, Secret.of("gateway-secret"));
            Until.holds(() -> Raw.get(gateway, "/").body().equals("ok"));
        }
    }

    @Test
    void anIssuerThatIsGoneIsAskedOnceInAWhile() {
        try (FakeService far = FakeService.saying("ok")) {
            Far.apply(gateway, Far.proven(far.uri(), token()));
            theirs.close();

            for (int i = 0; i < 20; i++) {
                assertThat(Raw.ask(gateway, Raw.request("POST", "/", "Content-Length: 3") + "abc")
                                .status())
                        .isEqualTo(503);
            }
            assertThat(far.asked()).isEmpty();
        }
    }

    @Test
    void whoWaitsForATokenMayGo() {
        Script silent = (asked, out) -> asked.socket().getInputStream().read();
        try (FakeService issuer = FakeService.start(silent);
                FakeService far = FakeService.saying("ok")) {
            Far.apply(
                    gateway,
                    Far.proven(far.uri(), new ClientToken(issuer.uri().toString(), "gateway", Far.SECRET, List.of())));
            try (Raw raw = Raw.to(gateway)) {
                raw.send(Raw.request("GET", "/"));
                Until.holds(() -> issuer.asked().size() == 1);
            }

            Until.holds(() -> gateway.stats().aborted() == 1);
            assertThat(far.asked()).isEmpty();
        }
    }

    @Test
    void theTokenIsNeverInTrailersOrFollowedElsewhere() {
        String redirect = "HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://other.example/x\r\n\r\n";
        try (FakeService far = FakeService.start((asked, out) -> out.write(FakeService.bytes(redirect)))) {
            Far.apply(gateway, Far.proven(far.uri(), token()));

            Raw.Answer answer = Raw.ask(
                    gateway,
                    Raw.request("POST", "/", "Transfer-Encoding: chunked", "Trailer: x-sum")
                            + "3\r\nabc\r\n0\r\nx-sum: 1\r\nauthorization: Basic eDp5\r\n\r\n");

            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.header("location")).isEqualTo("http://other.example/x");
            assertThat(far.asked()).hasSize(1);
            assertThat(far.asked().get(0).body()).isEqualTo("abc");
        }
    }

    @Test
    void aModelThatGoesTakesNoRequestAlong() {
        try (FakeService far = FakeService.saying("ok")) {
            for (int i = 0; i < 3; i++) {
                Far.apply(gateway, Far.proven(far.uri(), token()));
                assertThat(Raw.get(gateway, "/").body()).isEqualTo("ok");
                gateway.apply(gateway.plan());
                assertThat(Raw.get(gateway, "/").status()).isEqualTo(404);
            }
            assertThat(theirs.tokenRequests()).isEqualTo(3);
        }
    }
}
