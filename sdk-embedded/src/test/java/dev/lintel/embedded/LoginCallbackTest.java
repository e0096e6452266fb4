package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes back from the provider, or from somebody who only says so. */
class LoginCallbackTest {
    private final LoginWorld world = new LoginWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    /** A browser that is about to open the callback with a good answer. */
    private Visitor answered() {
        Visitor browser = world.visitor().open(world.at("/home"));
        return browser.open(browser.location());
    }

    private void isRefused(Visitor browser) {
        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.header("Location")).isEmpty();
        assertThat(browser.header("Cache-Control")).isEqualTo("no-store");
        assertThat(browser.body()).contains("This login cannot be finished").doesNotContain("state");
        assertThat(browser.of(world.root())).doesNotContainKey(LoginWorld.COOKIE);
    }

    private static URI with(URI uri, String name, String value) {
        return URI.create(uri.toString().replaceAll("([?&])" + name + "=[^&]*", "$1" + name + "=" + value));
    }

    @Test
    void aForeignStateIsRefusedAndDisturbsNoLoginOfThisBrowser() {
        Visitor browser = answered();
        URI good = browser.location();

        isRefused(browser.open(with(good, "state", "foreign")));
        isRefused(browser.open(world.at("/oauth2/callback")));
        isRefused(browser.open(world.at("/oauth2/callback?code=x&state=%00")));
        isRefused(browser.open(URI.create(good + "&state=twice")));
        assertThat(browser.open(good).location()).isEqualTo(world.at("/home"));
    }

    @Test
    void anAnswerForAnotherBrowserIsRefused() {
        URI good = answered().location();

        isRefused(world.visitor().open(good));
        isRefused(answered().open(good));
    }

    @Test
    void anAnswerCountsOnce() {
        Visitor browser = answered();
        URI good = browser.location();
        Map<String, String> before = new LinkedHashMap<>(browser.of(world.root()));
        browser.open(good);
        assertThat(browser.of(world.root())).containsOnlyKeys(LoginWorld.COOKIE);

        assertThat(browser.open(good).status()).isEqualTo(400);
        Visitor copy = world.visitor();
        copy.of(world.root()).putAll(before);
        isRefused(copy.open(good));
    }

    @Test
    void anAnswerOfAnotherIssuerIsRefused() {
        Visitor browser = answered();

        isRefused(browser.open(with(browser.location(), "iss", "https%3A%2F%2Fother.example")));
        Visitor silent = answered();
        isRefused(silent.open(URI.create(silent.location().toString().replaceAll("&iss=[^&]*|iss=[^&]*&", ""))));
    }

    @Test
    void aCodeThatIsNoGoodIsRefused() {
        Visitor browser = answered();

        isRefused(browser.open(with(browser.location(), "code", "guessed")));
    }

    @Test
    void anAnswerThatComesTooLateIsRefused() {
        Visitor browser = answered();
        world.clock.forward(Duration.ofMinutes(11));

        isRefused(browser.open(browser.location()));
    }

    @Test
    void aUserWhoDeclinesIsToldSo() {
        Visitor browser = answered();
        URI declined = URI.create(browser.location().toString().replaceAll("code=[^&]*", "error=access_denied"));
        browser.open(declined);

        assertThat(browser.status()).isEqualTo(403);
        assertThat(browser.header("Location")).isEmpty();
        assertThat(browser.body()).contains("The login was declined.").contains("href=\"/oauth2/start\"");
        isRefused(browser.open(declined));
    }

    @Test
    void anotherErrorIsRefused() {
        Visitor browser = answered();

        isRefused(browser.open(
                URI.create(browser.location().toString().replaceAll("code=[^&]*", "error=invalid_scope"))));
    }

    @Test
    void aLoginThatBeganAtAnotherHostIsNotFinishedHere() {
        Visitor browser = answered();
        URI there = URI.create(browser.location().toString().replace("orders.shop", "other.shop"));
        browser.of(world.other()).putAll(browser.of(world.root()));
        browser.open(there);

        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.of(world.other())).doesNotContainKey(LoginWorld.COOKIE);
    }

    @Test
    void nobodyLogsInWhileTheProviderIsDown() {
        world.provider.close();
        Visitor browser = world.visitor().open(world.at("/home"));

        assertThat(browser.status()).isEqualTo(503);
        assertThat(browser.header("Retry-After")).isEqualTo("5");
        assertThat(browser.body()).contains("The login is not available");
        assertThat(world.visitor().call("GET", world.at("/home")).status()).isEqualTo(401);
    }
}
