package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.TokenRequest;
import dev.lintel.embedded.log.LogWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions: what their cookies are worth, for how long, and where they end. */
class LoginSessionTest {
    private final LoginWorld world = new LoginWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private int asScript(Map<String, String> cookies) {
        return world.visitor()
                .call("GET", world.at("/home"), "Cookie", Visitor.header(cookies))
                .status();
    }

    private int asScript(String value) {
        return asScript(Map.of(LoginWorld.COOKIE, value));
    }

    private String cookie(Visitor browser) {
        return browser.of(world.root()).get(LoginWorld.COOKIE);
    }

    private long refreshes() {
        return world.provider.journal().stream()
                .filter(one -> "refresh_token".equals(one.grant()))
                .count();
    }

    @Test
    void aCookieThatWasChangedIsNone() {
        String good = cookie(world.known("alice"));
        assertThat(asScript(good)).isEqualTo(200);

        for (int length : new int[] {0, 1, 2, 10, 40, good.length() - 1}) {
            assertThat(asScript(good.substring(0, length))).isEqualTo(401);
        }
        for (int i = 0; i < good.length(); i += 41) {
            char flipped = good.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(asScript(good.substring(0, i) + flipped + good.substring(i + 1)))
                    .isEqualTo(401);
        }
        assertThat(asScript(good + "A")).isEqualTo(401);
    }

    @Test
    void cookiesThatAreTooLongOrTooManyAreAnsweredAndNoSession() {
        assertThat(asScript("1" + "A".repeat(8 * 1024))).isEqualTo(401);
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(LoginWorld.COOKIE, "5" + "A".repeat(3800));
        for (int i = 1; i < 5; i++) {
            parts.put(LoginWorld.COOKIE + "_" + i, "A".repeat(3800));
        }
        assertThat(asScript(parts)).isEqualTo(401);
        parts.put("more", "A".repeat(20_000));
        assertThat(asScript(parts)).isEqualTo(431);
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i < 600; i++) {
            many.put(LoginWorld.COOKIE + "_p" + i, "AAAA");
        }
        assertThat(asScript(many)).isEqualTo(401);
        assertThat(world.visitor()
                        .open(world.at("/home"), "Cookie", Visitor.header(many))
                        .status())
                .isEqualTo(302);
    }

    @Test
    void aCookieOfAnotherApiOrHostIsNone() {
        Visitor browser = world.known("alice");
        browser.of(world.other()).putAll(browser.of(world.root()));

        assertThat(browser.call("GET", world.other()).status()).isEqualTo(401);
        assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(200);
    }

    @Test
    void keysAreRotatedWithoutLoggingAnybodyOut() {
        Visitor browser = world.known("alice");
        world.secrets.put(LoginWorld.KEYS, both(2, 1));
        world.clock.forward(Duration.ofMinutes(1));

        Until.holds(() -> browser.call("GET", world.at("/home")).status() == 200);
        Visitor next = world.known("bob");
        world.secrets.put(LoginWorld.KEYS, LoginWorld.key(2));
        world.clock.forward(Duration.ofMinutes(1));
        assertThat(next.call("GET", world.at("/home")).status()).isEqualTo(200);
        Until.holds(() -> browser.call("GET", world.at("/home")).status() == 401);
        assertThat(next.call("GET", world.at("/home")).status()).isEqualTo(200);
    }

    private static Secret both(int first, int second) {
        return Secret.of(
                LoginWorld.key(first).reveal() + "\n" + LoginWorld.key(second).reveal() + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "bm90IDMyIGJ5dGVz", "!!!"})
    void keysThatAreNoGoodLetNobodyIn(String keys) {
        world.secrets.put(LoginWorld.KEYS, Secret.of(keys));

        assertThat(world.visitor().open(world.at("/home")).status()).isEqualTo(503);
        assertThat(asScript("1AAAA")).isEqualTo(401);
    }

    @Test
    void aSessionEndsWithItsTime() {
        world.expose(login -> login.lifetime(Duration.ofHours(1)));
        Visitor browser = world.known("alice");
        for (int i = 0; i < 11; i++) {
            world.clock.forward(Duration.ofMinutes(5));
            Until.holds(() -> browser.call("GET", world.at("/home")).status() == 200);
        }
        world.clock.forward(Duration.ofMinutes(5));

        assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(401);
        assertThat(browser.open(world.at("/home")).status()).isEqualTo(302);
    }

    @Test
    void aShorterTimeHoldsForSessionsThatThereAre() {
        Visitor browser = world.known("alice");
        world.clock.forward(Duration.ofMinutes(9));
        world.expose(login -> login.lifetime(Duration.ofMinutes(10)));
        assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(200);
        world.expose(login -> login.lifetime(Duration.ofMinutes(9)));

        assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(401);
    }

    @Test
    void aRefusalKeepsASessionInUse() {
        world.expose(login -> login.idle(Duration.ofMinutes(8)));
        for (boolean page : new boolean[] {true, false}) {
            Visitor browser = world.known("alice");
            String first = cookie(browser);
            world.clock.forward(Duration.ofMinutes(4));
            if (page) {
                browser.open(world.at("/internal/x"));
            } else {
                browser.call("GET", world.at("/internal/x"));
            }
            assertThat(browser.status()).isEqualTo(403);
            assertThat(browser.header("Cache-Control")).isEqualTo("private, no-store");
            assertThat(cookie(browser)).isNotEqualTo(first);
            world.clock.forward(Duration.ofMinutes(5));
            assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(200);
        }
    }

    @Test
    void aSessionEndsWhenNobodyUsesIt() {
        world.expose(login -> login.idle(Duration.ofMinutes(8)));
        Visitor browser = world.known("alice");
        String first = cookie(browser);
        world.clock.forward(Duration.ofMinutes(4));
        assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(200);
        assertThat(browser.header("Cache-Control")).isEqualTo("private, no-store");
        assertThat(cookie(browser)).isNotEqualTo(first);
        world.clock.forward(Duration.ofMinutes(5));

        assertThat(asScript(first)).isEqualTo(401);
        assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(200);
        world.clock.forward(Duration.ofMinutes(9));
        assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(401);
    }

    @Test
    void tokensAreRenewedOnceForAllWhoAskAtOnceWhileTheOldOneIsGood() {
        Visitor browser = world.known("alice");
        String first = cookie(browser);
        world.clock.forward(Duration.ofSeconds(570));
        List<CompletableFuture<Integer>> all = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> asScript(first)))
                .toList();

        assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo(200));
        Until.holds(() -> refreshes() == 1);
        Until.holds(() -> !cookie(browser.call("GET", world.at("/home"))).equals(first));
        assertThat(browser.status()).isEqualTo(200);
        assertThat(refreshes()).isEqualTo(1);
    }

    @Test
    void aTokenThatHasEndedIsWaitedFor() {
        Visitor browser = world.known("alice");
        String first = cookie(browser);
        world.clock.forward(Duration.ofMinutes(20));
        List<CompletableFuture<Integer>> all = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> asScript(first)))
                .toList();

        assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo(200));
        assertThat(refreshes()).isEqualTo(1);
    }

    @Test
    void anOlderCookieNeverShowsARefreshTokenThatWasUsed() {
        String first = cookie(world.known("alice"));
        for (int i = 1; i < 5; i++) {
            world.clock.forward(Duration.ofMinutes(11));
            assertThat(asScript(first)).isEqualTo(200);
            assertThat(refreshes()).isEqualTo(i);
        }
        assertThat(world.provider.journal()).extracting(TokenRequest::outcome).containsOnly("issued");
    }

    @Test
    void aSessionWhoseGrantHasEndedIsOver() {
        Visitor browser = world.known("alice");
        world.clock.forward(Duration.ofHours(3));

        assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(401);
        assertThat(browser.open(world.at("/home")).status()).isEqualTo(302);
        assertThat(refreshes()).isEqualTo(1);
        assertThat(browser.follow().status()).isEqualTo(200);
    }

    @Test
    void whatIsWrongWithTheClientEndsNoSession() {
        Visitor browser = world.known("alice");
        world.secrets.put(LoginWorld.CLIENT, Secret.of("no longer the client's secret"));
        world.clock.forward(Duration.ofMinutes(11));

        assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(401);
        world.secrets.put(LoginWorld.CLIENT, LoginWorld.SECRET);
        world.clock.forward(Duration.ofMinutes(2));
        assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(200);
    }

    @Test
    void aSessionGoesOnWhileTheProviderIsDownUntilItsTokenEnds() {
        Visitor browser = world.known("alice");
        world.provider.close();
        world.clock.forward(Duration.ofSeconds(570));
        assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(200);
        world.clock.forward(Duration.ofMinutes(1));

        assertThat(browser.call("GET", world.at("/home")).status()).isEqualTo(401);
        assertThat(browser.open(world.at("/home")).status()).isEqualTo(503);
    }

    @Test
    void nothingSecretIsLoggedOrAnswered() {
        List<String> seen = new ArrayList<>();
        List<String> secrets = new ArrayList<>(
                List.of(LoginWorld.SECRET.reveal(), LoginWorld.key(1).reveal().substring(0, 30)));
        try (LogWatch logs = LogWatch.open()) {
            Visitor browser = world.visitor().open(world.at("/home"));
            secrets.add(browser.of(world.root()).values().iterator().next());
            browser.open(browser.location());
            secrets.add(browser.parameter("code"));
            secrets.add(browser.parameter("state"));
            browser.open(browser.location()).follow();
            secrets.add(cookie(browser).substring(1));
            seen.add(browser.body());
            seen.add(world.visitor().open(browser.answer().uri()).body());
            world.clock.forward(Duration.ofMinutes(11));
            seen.add(browser.open(world.at("/internal")).body());
            seen.add(browser.open(world.at("/oauth2/callback?code=abc&state=def"))
                    .body());
            seen.add(browser.call("GET", world.at("/oauth2/userinfo")).body());
            seen.addAll(logs.lines());
        }
        assertThat(secrets).hasSize(6);
        assertThat(seen)
                .hasSizeGreaterThan(6)
                .allSatisfy(line -> assertThat(line).doesNotContain(secrets));
    }
}
