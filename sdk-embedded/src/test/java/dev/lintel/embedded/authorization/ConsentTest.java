package dev.lintel.embedded.authorization;

import static dev.lintel.embedded.authorization.People.authorize;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users decide what clients may have. */
class ConsentTest {
    private final People people = new People();

    @AfterEach
    void stop() {
        people.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deny", "", "ALLOW"})
    void whatIsNotAllowedIsDenied(String action) {
        Browser browser = people.browser().open(authorize()).login("alice", "wonderland");
        assertThat(browser.submit("action", action).told())
                .containsEntry("error", "access_denied")
                .containsEntry("error_description", "the user has not allowed this")
                .containsEntry("state", "st");
        assertThat(browser.open(authorize()).title()).as("not remembered").isEqualTo("Allow The shop?");
    }

    @Test
    void usersAreAskedOnceForTheSame() {
        Browser browser = people.known();
        assertThat(browser.open(authorize()).told()).containsKey("code");
        assertThat(browser.open(authorize("scope", "orders.read")).told()).containsKey("code");
        assertThat(browser.open(authorize("prompt", "none")).told()).containsKey("code");
    }

    @Test
    void usersAreAskedAgainForMore() {
        Browser browser = people.known();
        String more = "openid orders.read orders.write";
        assertThat(browser.open(authorize("scope", more, "prompt", "none")).told("error"))
                .isEqualTo("consent_required");
        assertThat(browser.open(authorize("scope", more)).title()).isEqualTo("Allow The shop?");
        assertThat(browser.submit("action", "allow").told()).containsKey("code");
        assertThat(browser.open(authorize("scope", more)).told()).containsKey("code");
    }

    @Test
    void usersAreAskedAgainForAnotherAudience() {
        people.server.client(People.shop("two").audiences("https://a.example/", "https://b.example/"));
        String a = authorize("client_id", "two", "resource", "https://a.example/");
        String b = authorize("client_id", "two", "resource", "https://b.example/");
        Browser browser = people.known().open(a).submit("action", "allow");
        assertThat(browser.open(a).told()).containsKey("code");
        assertThat(browser.open(b).title()).isEqualTo("Allow The shop?");
    }

    @Test
    void oneUsersConsentIsNotAnothers() {
        people.known();
        assertThat(people.browser().open(authorize()).login("bob", "builder").title())
                .isEqualTo("Allow The shop?");
    }

    @Test
    void oneClientsConsentIsNotAnothers() {
        people.server.client(People.shop("other").name("Another shop"));
        assertThat(people.known().open(authorize("client_id", "other")).title()).isEqualTo("Allow Another shop?");
    }

    @Test
    void aClientMayHaveItsUserAskedAgain() {
        assertThat(people.known().open(authorize("prompt", "consent")).title()).isEqualTo("Allow The shop?");
    }

    @Test
    void aClientOfTheHouseDoesNotAsk() {
        people.server.client(People.shop("house").firstParty());
        Browser browser = people.browser().open(authorize("client_id", "house"));
        assertThat(browser.login("alice", "wonderland").told()).containsKey("code");
        assertThat(browser.open(authorize("client_id", "house", "prompt", "consent"))
                        .title())
                .isEqualTo("Allow The shop?");
    }

    /** Any program on a machine can say that it is this one. */
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/cb", "com.example.app:/cb"})
    void aClientThatCannotProveItselfIsAskedForEachTime(String redirect) {
        people.server.client(
                ClientRegistration.publicClient("native", URI.create(redirect)).scopes("orders.read"));
        String request =
                authorize("client_id", "native", "redirect_uri", redirect, "scope", "orders.read", "prompt", "");
        Browser browser = people.known();
        for (int i = 0; i < 2; i++) {
            assertThat(browser.open(request).title()).isEqualTo("Allow native?");
            assertThat(browser.submit("action", "allow").told()).containsKey("code");
        }
        assertThat(browser.open(request + "&prompt=none").told("error")).isEqualTo("consent_required");
    }

    @Test
    void aUserMayTakeAnotherAccount() {
        Browser browser = people.browser().open(authorize()).login("alice", "wonderland");
        assertThat(browser.submit("action", "switch").title()).isEqualTo("Log in");
        assertThat(browser.login("bob", "builder").text()).contains("access to your account bob");
        assertThat(browser.submit("action", "allow").told()).containsKey("code");
    }

    @Test
    void anAnswerCountsOnce() {
        Browser browser = people.browser().open(authorize()).login("alice", "wonderland");
        Map<String, String> form = browser.form("action", "allow");
        assertThat(browser.post("/consent", form).told()).containsKey("code");
        assertThat(browser.post("/consent", form).title()).isEqualTo("This page has expired");
    }

    @Test
    void twoPagesOfOneRequestGiveOneAnswer() {
        Browser browser = people.browser().openOnly(authorize());
        String flow = browser.page().headers().firstValue("Location").orElseThrow();
        browser.open(flow).login("alice", "wonderland");
        Map<String, String> first = browser.form("action", "allow");
        assertThat(browser.open(flow).title()).as("the page before the login").isEqualTo("This page has expired");
        assertThat(browser.post("/consent", first).told()).containsKey("code");
    }

    @Test
    void anAnswerOfSomebodyElseDoesNotCount() {
        Browser browser = people.browser().open(authorize()).login("alice", "wonderland");
        Map<String, String> form = browser.form("action", "allow");
        browser.open(authorize("prompt", "login")).login("bob", "builder");
        assertThat(browser.post("/consent", form).title()).isEqualTo("This page has expired");
    }

    @Test
    void anAnswerFromAnotherBrowserDoesNotCount() {
        Map<String, String> form =
                people.browser().open(authorize()).login("alice", "wonderland").form("action", "allow");
        Browser other = people.browser().open(authorize()).login("bob", "builder");
        assertThat(other.post("/consent", form).title()).isEqualTo("This page has expired");
        assertThat(people.browser().post("/consent", form).title()).isEqualTo("This page has expired");
    }
}
