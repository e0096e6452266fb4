package dev.lintel.embedded.authorization;

import static dev.lintel.embedded.authorization.People.authorize;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users log out, and nobody does it for them (OpenID Connect RP-Initiated Logout 1.0). */
class LogoutTest {
    private static final String BYE = "https://app.example/bye";

    private final People people = new People();

    @AfterEach
    void stop() {
        people.close();
    }

    private static String logout(String... more) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return "/logout?" + Browser.encoded(all);
    }

    private static boolean isLoggedIn(Browser browser) {
        return !browser.open(authorize("prompt", "none")).told().containsKey("error");
    }

    @Test
    void aUserIsAskedFirst() {
        Browser browser = people.known().open("/logout");
        assertThat(browser.text()).isEqualTo("Log out? You are logged in as alice . Log out Stay logged in");
        assertThat(isLoggedIn(browser)).isTrue();
        assertThat(browser.open("/logout").submit("action", "logout").title()).isEqualTo("Logged out");
        assertThat(isLoggedIn(browser)).isFalse();
    }

    @Test
    void aUserMayStay() {
        Browser browser = people.known().open("/logout");
        assertThat(browser.submit("action", "stay").title()).isEqualTo("Still logged in");
        assertThat(isLoggedIn(browser)).isTrue();
    }

    @Test
    void whoIsNotLoggedInIsNotAsked() {
        assertThat(people.browser().open("/logout").title()).isEqualTo("Logged out");
    }

    @Test
    void aUserIsSentBackToWhereTheClientWants() {
        Browser browser =
                people.known().open(logout("client_id", "shop", "post_logout_redirect_uri", BYE, "state", "a&b"));
        assertThat(browser.title()).isEqualTo("Log out?");
        assertThat(browser.page()
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .endsWith("form-action 'self' https:");
        browser.submit("action", "logout");
        assertThat(browser.away()).hasValue(java.net.URI.create(BYE + "?state=a%26b"));
    }

    @ParameterizedTest
    @CsvSource({
        "shop,https://evil.example/",
        "shop,https://app.example/bye/",
        "shop,https://app.example/callback",
        "nobody,https://app.example/bye",
        "'',https://app.example/bye"
    })
    void aUserIsSentNowhereElse(String client, String uri) {
        Browser browser = people.known().open(logout("client_id", client, "post_logout_redirect_uri", uri));
        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.away()).isEmpty();
        assertThat(browser.text())
                .contains("post_logout_redirect_uri is not one that is registered for a client that client_id or"
                        + " id_token_hint names");
        assertThat(isLoggedIn(browser)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"e30.e30.", "x", "a.b.c"})
    void aHintThatIsNoneIsRefused(String hint) {
        Browser browser = people.known().open(logout("id_token_hint", hint));
        assertThat(browser.text()).contains("id_token_hint is not an ID token of this server");
        assertThat(isLoggedIn(browser)).isTrue();
    }

    @Test
    void anotherSiteCanOnlyHaveTheUserAsked() {
        Browser browser = people.known();
        Map<String, String> cookies = new LinkedHashMap<>(browser.cookies);
        browser.cookies.clear();
        browser.post("/logout", Map.of("client_id", "shop", "post_logout_redirect_uri", BYE));
        browser.cookies.putAll(cookies);
        assertThat(isLoggedIn(browser)).isTrue();
        assertThat(browser.post("/logout", Map.of("client_id", "shop")).title()).isEqualTo("Log out?");
    }

    @Test
    void anAnswerCountsOnce() {
        Browser browser = people.known().open("/logout");
        Map<String, String> form = browser.form("action", "logout");
        browser.post("/logout/decision", form);
        browser.open(authorize()).login("alice", "wonderland");
        assertThat(browser.post("/logout/decision", form).title()).isEqualTo("This page has expired");
        assertThat(isLoggedIn(browser)).isTrue();
    }
}
