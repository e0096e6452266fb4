package dev.lintel.embedded;

import static dev.lintel.auth.Login.login;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.embedded.authorization.TokenRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ways around a login that somebody could try. */
class LoginAttacksTest {
    private final LoginWorld world = new LoginWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private String ask(String body, String... fields) {
        try (FakeService service = FakeService.saying("ok")) {
            world.gateway.workload("orders.shop", service.uri());
            StringBuilder text = new StringBuilder("POST /static/x HTTP/1.1\r\nHost: orders.shop.localhost:"
                    + world.gateway.port() + "\r\nTransfer-Encoding: chunked\r\n");
            for (String field : fields) {
                text.append(field).append("\r\n");
            }
            assertThat(Raw.ask(world.gateway, text + "\r\n" + body).status()).isEqualTo(200);
            return service.asked().get(0).body();
        }
    }

    @Test
    void whatOnlyTheLoginMaySayIsRemovedFromTrailersToo() {
        assertThat(ask(
                        "1\r\na\r\n0\r\nX-Auth-Request-User: admin\r\nX_Auth_Request_Groups: admins\r\nX-Sum: 7\r\n\r\n",
                        "Trailer: X-Sum"))
                .isEqualTo("a|X-Sum: 7");
    }

    /** Two APIs at one host: browsers send the session's cookie to both of them. */
    @Test
    void anotherApiOfTheHostSeesNoSessionAndNoUserThatSomebodySaid() {
        world.gateway.workload(
                "assets.shop",
                Workload.function(request -> Reply.ok(request.headers().toString())));
        world.gateway.apply(world.gateway
                .plan(
                        Said.orders()
                                .atPaths("/home", "/oauth2/**")
                                .withLogin(login(world.provider.issuer().toString(), "web", LoginWorld.CLIENT)
                                        .cookieKeys(LoginWorld.KEYS))
                                .define(),
                        Said.named("assets")
                                .atHost("orders.shop.localhost")
                                .atPaths("/assets/**")
                                .define())
                .allowWidening("a test"));
        Visitor browser = world.known("alice");
        browser.of(world.root()).put("basket", "7");

        assertThat(browser.call("GET", world.at("/assets/a.css"), "X-Auth-Request-User", "mallory")
                        .body())
                .contains("basket=7")
                .doesNotContain("__Host-lintel")
                .doesNotContain("mallory");
    }

    @Test
    void whoCallsFromInsideDoesNotSayWhoHasLoggedIn() throws Exception {
        GatewayIdentity jobs = world.gateway.identity("jobs.shop");
        HttpRequest request = HttpRequest.newBuilder(jobs.uri("orders.shop").resolve("/home"))
                .header("X-Auth-Request-User", "mallory")
                .header("X-Basket", "7")
                .build();

        assertThat(jobs.httpClient().send(request, BodyHandlers.ofString()).body())
                .contains("x-basket: 7")
                .doesNotContain("mallory");
    }

    /** An Authorization that nobody here judges must not hide from the authorizer who has come. */
    @Test
    void theAuthorizerIsToldOfTheUserForWhomTheRequestWillBeDecided() throws Exception {
        for (String authorization : new String[] {"Basic Zm9vOmJhcg==", "Bearer whatever"}) {
            try (FakeService opa = Asks.deciding("true")) {
                world.gateway.apply(world.gateway
                        .plan(Asks.orders(Asks.rule(opa.uri()))
                                .withLogin(world.said())
                                .define())
                        .allowWidening("a test"));
                Visitor browser = world.known("alice").call("GET", world.at("/home"), "Authorization", authorization);

                assertThat(browser.body()).contains("x-auth-request-user: alice");
                String told = opa.asked().get(opa.asked().size() - 1).body();
                assertThat(new ObjectMapper()
                                .readTree(told)
                                .at("/input/attributes/request/http/headers/x-auth-request-user")
                                .asText())
                        .isEqualTo("alice");
            }
        }
    }

    private Visitor carol() {
        world.provider.user("carol", dev.lintel.core.Secret.of("a password"));
        world.provider.loginByPages();
        Visitor browser = world.visitor().open(world.at("/home")).follow();
        browser.submit("username", "carol", "password", "a password", "action", "login")
                .follow();
        assertThat(browser.body()).contains("x-auth-request-user: carol\n");
        return browser;
    }

    private boolean isKnown(java.net.URI at, Map<String, String> cookies) {
        return world.visitor()
                        .call("GET", at, "Cookie", Visitor.header(cookies))
                        .status()
                == 200;
    }

    /** The provider tells a client once, wherever else its users have sessions. */
    @Test
    void aLogoutAtTheProviderEndsTheSessionsOfAllApisOfTheClient() {
        Visitor browser = carol();
        browser.open(world.other().resolve("/home")).follow();
        assertThat(browser.body()).contains("x-auth-request-user: carol\n");
        Map<String, String> there = new LinkedHashMap<>(browser.of(world.other()));
        assertThat(isKnown(world.other(), there)).isTrue();

        browser.open(world.provider.issuer().resolve("/logout")).submit("action", "logout");
        Until.holds(() -> !isKnown(world.other(), there));
    }

    @Test
    void whatIsRenewedWhileTheUserLogsOutIsOver() {
        Visitor browser = world.known("alice");
        Map<String, String> before = new LinkedHashMap<>(browser.of(world.root()));
        world.clock.forward(Duration.ofSeconds(570));
        browser.call("GET", world.at("/home"));
        browser.post(world.at("/oauth2/sign_out"), "", "Sec-Fetch-Site", "same-origin");

        assertThat(isKnown(world.at("/home"), before)).isFalse();
        assertThat(world.provider.journal()).extracting(TokenRequest::outcome).contains("issued");
    }

    /** Whoever wants to can have the provider asked; that must not keep people from logging out. */
    @Test
    void manyWhoWantToLogInAtASlowProviderLeaveRoomForOthers() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        ExecutorService browsers = Executors.newCachedThreadPool();
        try (FakeService slow = FakeService.start((asked, out) -> enough.await())) {
            world.gateway.apply(world.gateway
                    .plan(Said.orders()
                            .withLogin(login(slow.uri().toString(), "web", LoginWorld.CLIENT)
                                    .cookieKeys(LoginWorld.KEYS))
                            .define())
                    .allowWidening("a test"));
            AtomicInteger refused = new AtomicInteger();
            for (int i = 0; i < 80; i++) {
                browsers.execute(() -> {
                    if (world.visitor().open(world.at("/home")).status() == 503) {
                        refused.incrementAndGet();
                    }
                });
            }
            Until.holds(() -> refused.get() >= 16);

            assertThat(world.visitor().open(world.at("/oauth2/sign_out")).status())
                    .isEqualTo(302);
        } finally {
            enough.countDown();
            browsers.shutdownNow();
        }
    }
}
