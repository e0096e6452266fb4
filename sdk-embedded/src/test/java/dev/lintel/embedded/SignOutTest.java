package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People log out, here and elsewhere, and nobody does it for them. */
class SignOutTest {
    private final LoginWorld world = new LoginWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private boolean isKnown(Map<String, String> cookies) {
        return world.visitor()
                        .call("GET", world.at("/home"), "Cookie", Visitor.header(cookies))
                        .status()
                == 200;
    }

    private Map<String, String> cookies(Visitor browser) {
        return new LinkedHashMap<>(browser.of(world.root()));
    }

    @Test
    void aLogoutEndsTheSessionHereAndAtTheProvider() {
        Visitor browser = world.known("alice");
        Map<String, String> before = cookies(browser);
        browser.post(world.at("/oauth2/sign_out"), "", "Sec-Fetch-Site", "same-origin");

        assertThat(browser.status()).isEqualTo(302);
        assertThat(browser.location().toString()).startsWith(world.provider.issuer() + "/logout?id_token_hint=ey");
        assertThat(browser.parameter("client_id")).isEqualTo("web");
        assertThat(browser.parameter("post_logout_redirect_uri"))
                .isEqualTo(world.root().toString());
        assertThat(browser.of(world.root())).isEmpty();
        assertThat(isKnown(before)).as("replayed").isFalse();
        assertThat(browser.follow().status()).isEqualTo(200);
    }

    @Test
    void aLogoutAlsoEndsWhatWasRenewedSince() {
        Visitor browser = world.known("alice");
        Map<String, String> before = cookies(browser);
        world.clock.forward(Duration.ofMinutes(11));
        assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(200);
        Map<String, String> after = cookies(browser);
        assertThat(after).isNotEqualTo(before);
        browser.open(world.at("/oauth2/sign_out"), "Sec-Fetch-Site", "none");

        assertThat(browser.status()).isEqualTo(302);
        assertThat(isKnown(before)).isFalse();
        assertThat(isKnown(after)).isFalse();
    }

    @Test
    void whoLogsInAgainIsLoggedIn() {
        Visitor browser = world.known("alice");
        browser.open(world.at("/oauth2/sign_out"), "Sec-Fetch-Site", "same-origin");

        assertThat(browser.open(world.at("/home")).follow().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", ""})
    void anotherSiteCanOnlyHaveTheUserAsked(String site) {
        Visitor browser = world.known("alice");
        Map<String, String> before = cookies(browser);
        String[] from = site.isEmpty() ? new String[0] : new String[] {"Sec-Fetch-Site", site};
        browser.open(world.at("/oauth2/sign_out"), from);

        assertThat(browser.status()).isEqualTo(200);
        assertThat(browser.body()).contains("<form method=\"post\" action=\"/oauth2/sign_out\">");
        assertThat(isKnown(before)).isTrue();
        assertThat(browser.of(world.root())).isEqualTo(before);
    }

    @Test
    void anotherSiteCannotPostALogout() {
        Visitor browser = world.known("alice");
        Map<String, String> before = cookies(browser);
        browser.post(world.at("/oauth2/sign_out"), "", "Sec-Fetch-Site", "cross-site");
        assertThat(browser.status()).isEqualTo(403);
        browser.post(world.at("/oauth2/sign_out"), "", "Origin", "https://evil.example");
        assertThat(browser.status()).isEqualTo(403);

        assertThat(isKnown(before)).isTrue();
        assertThat(browser.of(world.root())).isEqualTo(before);
    }

    @Test
    void whoIsNotLoggedInIsSentToTheStart() {
        Visitor browser = world.visitor().open(world.at("/oauth2/sign_out"));

        assertThat(browser.status()).isEqualTo(302);
        assertThat(browser.location()).isEqualTo(world.root());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "logout_token=", "logout_token=x.y.z", "logout_token=a&logout_token=b", "other=1"})
    void whatIsNoLogoutTokenIsRefused(String form) {
        Visitor provider = world.visitor().post(world.at("/oauth2/backchannel_logout"), form);

        assertThat(provider.status()).isEqualTo(400);
        assertThat(provider.header("Cache-Control")).isEqualTo("no-store");
        assertThat(provider.body()).isEqualTo("{\"error\":\"invalid_request\"}\n");
    }

    @Test
    void aLogoutAtTheProviderEndsTheSessionHere() {
        world.provider.user("carol", dev.lintel.core.Secret.of("a password"));
        world.provider.loginByPages();
        Visitor browser = world.visitor().open(world.at("/home")).follow();
        browser.submit("username", "carol", "password", "a password", "action", "login")
                .follow();
        assertThat(browser.body()).contains("x-auth-request-user: carol\n");
        Map<String, String> before = cookies(browser);
        assertThat(isKnown(before)).isTrue();
        Visitor other = world.known("alice");

        browser.open(world.provider.issuer().resolve("/logout")).submit("action", "logout");
        assertThat(browser.status()).isEqualTo(200);
        Until.holds(() -> !isKnown(before));
        assertThat(isKnown(cookies(other))).isTrue();
    }

    @Test
    void anAccessTokenIsNoLogoutToken() {
        String token = world.provider.issue("alice", "web", "openid");
        Visitor browser = world.known("alice");
        Map<String, String> before = cookies(browser);

        assertThat(world.visitor()
                        .post(world.at("/oauth2/backchannel_logout"), "logout_token=" + token)
                        .status())
                .isEqualTo(400);
        assertThat(isKnown(before)).isTrue();
        assertThat(world.visitor()
                        .call("GET", world.at("/oauth2/backchannel_logout"))
                        .status())
                .isEqualTo(405);
        assertThat(world.visitor()
                        .post(world.at("/oauth2/backchannel_logout"), "logout_token=" + "a".repeat(70_000))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void nothingIsTornByABodyThatTheLoginDoesNotWant() {
        Visitor browser = world.known("alice");
        URI out = world.at("/oauth2/sign_out");

        assertThat(browser.post(out, "a=b", "Sec-Fetch-Site", "same-origin").status())
                .isEqualTo(302);
        assertThat(browser.call("GET", world.at("/static/x")).status()).isEqualTo(200);
    }
}
