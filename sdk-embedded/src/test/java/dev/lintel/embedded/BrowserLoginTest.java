package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People log in with a browser, at a real provider, and the application learns who they are. */
class BrowserLoginTest {
    private final LoginWorld world = new LoginWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aBrowserIsSentToLogInAndComesBackToThePageThatItWanted() {
        Visitor browser = world.visitor().open(world.at("/home?tab=2"));

        assertThat(browser.status()).isEqualTo(302);
        assertThat(browser.header("Cache-Control")).isEqualTo("no-store");
        assertThat(browser.location().toString())
                .startsWith(world.provider.issuer() + "/authorize?client_id=web&request_uri=");
        assertThat(browser.answer().headers().firstValue("Set-Cookie").orElseThrow())
                .matches("__Host-lintel_p[-_A-Za-z0-9]{12}=[-_A-Za-z0-9]+;"
                        + " Max-Age=600; Path=/; HttpOnly; Secure; SameSite=Lax");

        browser.open(browser.location()).open(browser.location());
        assertThat(browser.status()).isEqualTo(302);
        assertThat(browser.location()).isEqualTo(world.at("/home?tab=2"));
        assertThat(browser.of(world.root())).containsOnlyKeys(LoginWorld.COOKIE);

        browser.follow();
        assertThat(browser.status()).isEqualTo(200);
        assertThat(browser.body()).isEqualTo("""
                /home
                x-auth-request-email: alice@shop.example
                x-auth-request-groups: admins,users
                x-auth-request-preferred-username: alice
                x-auth-request-user: alice
                x-forwarded-for: 127.0.0.1
                x-forwarded-host: orders.shop.localhost:PORT
                x-forwarded-proto: http""".replace("PORT", "" + world.gateway.port()));
    }

    @Test
    void theServiceGetsOtherCookiesAndNeverTheSession() {
        Visitor browser = world.known("alice");
        browser.of(world.root()).put("basket", "7");
        browser.of(world.root()).put("__Host-lintel_p0", "x");
        browser.of(world.root()).put("__Host-lintel2", "theirs");

        assertThat(browser.open(world.at("/home")).body()).contains("\ncookie: basket=7; __Host-lintel2=theirs\n");
    }

    @Test
    void theAccessTokenIsPassedOnlyWhereThatIsSaid() {
        world.expose(login -> login.passAccessToken());
        Visitor browser = world.known("alice");

        assertThat(browser.body()).containsPattern("\nx-auth-request-access-token: ey[^\n]{100}");
        assertThat(browser.body()).containsPattern("authorization: Bearer ey[^\n]{100}");
        assertThat(world.visitor()
                        .call("GET", world.at("/static/a.css"), "Authorization", "Bearer forged")
                        .body())
                .doesNotContain("authorization");
    }

    @Test
    void whatIsNoNavigationIsToldThatItNeedsASession() {
        for (String[] more : new String[][] {
            {},
            {"Accept", "application/json"},
            {"Accept", "text/html", "X-Requested-With", "XMLHttpRequest"},
            {"Sec-Fetch-Mode", "cors", "Accept", "text/html"},
            {"Sec-Fetch-Mode", "websocket"}
        }) {
            Visitor script = world.visitor().call("GET", world.at("/home"), more);
            assertThat(script.status()).isEqualTo(401);
            assertThat(script.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(script.header("Content-Type")).isEqualTo("application/problem+json");
        }
        assertThat(world.visitor()
                        .call("POST", world.at("/home"), "Sec-Fetch-Mode", "navigate")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void groupsDecideWhereRulesAskForThem() {
        assertThat(world.known("alice").open(world.at("/admin/users")).status()).isEqualTo(200);
        Visitor bob = world.known("bob");

        assertThat(bob.open(world.at("/home")).status()).isEqualTo(200);
        assertThat(bob.open(world.at("/internal/x")).status()).isEqualTo(403);
        assertThat(bob.open(world.at("/admin/users")).status()).isEqualTo(403);
        assertThat(bob.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(bob.header("Content-Security-Policy"))
                .matches("default-src 'none'; style-src 'sha256-.*'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(bob.body())
                .contains("<h1>No access</h1>")
                .doesNotContain("admins")
                .doesNotContain("bob");
        assertThat(bob.call("GET", world.at("/admin/users")).header("Content-Type"))
                .isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Auth-Request-User",
                "x-auth-request-email",
                "X_Auth_Request_Groups",
                "X-Auth_Request-Anything",
                "X-AUTH-REQUEST-ACCESS-TOKEN",
                "X-Forwarded-User",
                "X-Forwarded-Groups"
            })
    void whatOnlyTheLoginMaySayIsRemovedAlsoOnPublicPaths(String name) {
        assertThat(world.visitor()
                        .call("GET", world.at("/static/a.css"), name, "mallory")
                        .body())
                .startsWith("/static/a.css\nx-forwarded-for")
                .doesNotContain("mallory");
        assertThat(world.known("alice").open(world.at("/home"), name, "mallory").body())
                .doesNotContain("mallory")
                .contains("x-auth-request-user: alice\n");
    }

    @Test
    void severalTabsLogInEachForItself() {
        Visitor browser = world.visitor();
        URI first = browser.open(world.at("/one")).location();
        URI second = browser.open(world.at("/two")).location();

        assertThat(browser.open(first).open(browser.location()).location()).isEqualTo(world.at("/one"));
        assertThat(browser.open(second).open(browser.location()).location()).isEqualTo(world.at("/two"));
    }

    @Test
    void noMoreThanFourLoginsAreUnderWayInABrowser() {
        Visitor browser = world.visitor();
        for (int i = 0; i < 7; i++) {
            browser.open(world.at("/" + i));
            world.clock.forward(java.time.Duration.ofSeconds(1));
        }

        assertThat(browser.of(world.root())).hasSize(4);
        assertThat(browser.follow().body()).startsWith("/6\n");
    }

    @Test
    void whoIsLoggedInIsToldToScripts() {
        assertThat(world.known("alice")
                        .call("GET", world.at("/oauth2/userinfo"))
                        .body())
                .isEqualTo("{\"user\":\"alice\",\"email\":\"alice@shop.example\",\"preferred_username\":\"alice\","
                        + "\"groups\":[\"admins\",\"users\"],\"scopes\":[\"openid\",\"profile\",\"email\"]}\n");
        assertThat(world.visitor().call("GET", world.at("/oauth2/userinfo")).status())
                .isEqualTo(401);
        assertThat(world.visitor().call("GET", world.at("/oauth2/nothing")).status())
                .isEqualTo(404);
        assertThat(world.visitor().call("POST", world.at("/oauth2/userinfo")).status())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "http://orders.shop.localhost/home",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/%2f/evil.example",
                "/%2Fevil.example",
                "/%5cevil.example",
                "/%09/evil.example",
                "/%0d%0aSet-Cookie:x=1",
                "/\t/evil.example",
                "/a//evil.example",
                "/.//evil.example",
                "/%252f/evil.example",
                "javascript:alert(1)",
                "evil.example",
                "/home#@evil.example",
                "/oauth2/start",
                "/%6fauth2/sign_out",
                ""
            })
    void aLoginLeadsToNoOtherPlace(String target) {
        Visitor browser = world.visitor()
                .open(world.at("/oauth2/start?rd="
                        + java.net.URLEncoder.encode(target, java.nio.charset.StandardCharsets.UTF_8)));
        browser.open(browser.location()).open(browser.location());

        assertThat(browser.status()).isEqualTo(302);
        assertThat(browser.location()).isEqualTo(world.root());
    }

    @Test
    void aLoginLeadsWhereItIsWantedOnThisHost() {
        Visitor browser = world.visitor().open(world.at("/oauth2/start?rd=%2Freports%2F7%3Fa%3Db%2520c"));
        browser.open(browser.location()).open(browser.location());

        assertThat(browser.location()).isEqualTo(world.at("/reports/7?a=b%20c"));
    }

    @Test
    void aTokenThatIsPresentedCountsInsteadOfTheSession() {
        world.gateway.apply(world.gateway
                .plan(Said.orders()
                        .withLogin(dev.lintel.auth.Login.login(
                                        world.provider.issuer().toString(), "web", LoginWorld.CLIENT)
                                .scopes("profile", "email"))
                        .withOAuth2(dev.lintel.auth.OAuth2.oauth2(
                                        world.provider.issuer().toString())
                                .audience("web")
                                .scope("/home", "profile")
                                .scope("/robots", "robot"))
                        .define())
                .allowWidening("a test"));
        Visitor browser = world.known("alice");
        assertThat(browser.status()).isEqualTo(200);
        assertThat(browser.open(world.at("/robots")).status()).isEqualTo(403);

        String robot = world.provider.issue("r2", "web", "robot");
        Visitor called = browser.call("GET", world.at("/robots"), "Authorization", "Bearer " + robot);
        assertThat(called.status()).isEqualTo(200);
        assertThat(called.body()).doesNotContain("x-auth-request").contains("authorization: Bearer");
        Map<String, String> kept = new LinkedHashMap<>(browser.of(world.root()));
        assertThat(kept).containsOnlyKeys(LoginWorld.COOKIE);
        assertThat(browser.call("GET", world.at("/home"), "Authorization", "Bearer forged")
                        .status())
                .isEqualTo(401);
    }
}
