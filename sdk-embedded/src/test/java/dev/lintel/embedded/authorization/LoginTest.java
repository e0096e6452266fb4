package dev.lintel.embedded.authorization;

import static dev.lintel.embedded.authorization.People.authorize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lintel.core.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users prove who they are, and nobody does it for them. */
class LoginTest {
    private static final String EXPIRED = "This page has expired";

    private final People people = new People();

    @AfterEach
    void stop() {
        people.close();
    }

    private Browser atLogin() {
        return people.browser().open(authorize());
    }

    @ParameterizedTest
    @CsvSource({
        "alice,guess",
        "alice,Wonderland",
        "alice,builder",
        "Alice,wonderland",
        "nobody,wonderland",
        "shop,s3cret",
        "'alice ',wonderland"
    })
    void aWrongNameAndAWrongPasswordAreAnsweredAlike(String user, String password) {
        Browser browser = atLogin().login(user, password);
        assertThat(browser.status()).isEqualTo(403);
        assertThat(browser.title()).isEqualTo("Problem: Log in");
        assertThat(browser.problem()).isEqualTo("The user name or the password is wrong.");
        assertThat(browser.html()).doesNotContain(password).contains("aria-invalid=\"true\"");
        assertThat(browser.cookies)
                .containsOnlyKeys(browser.cookies.keySet().stream()
                        .filter(name -> name.startsWith("lintel-visit-"))
                        .toList()
                        .toArray(String[]::new));
        assertThat(browser.login("alice", "wonderland").title()).isEqualTo("Allow The shop?");
    }

    @ParameterizedTest
    @CsvSource({"'',wonderland", "alice,''", "'',''"})
    void bothAreNeeded(String user, String password) {
        Browser browser = atLogin().login(user, password);
        assertThat(browser.status()).isEqualTo(400);
        assertThat(browser.problem()).isEqualTo("Type your user name and your password.");
    }

    @Test
    void aUserMayCancel() {
        assertThat(atLogin().submit("action", "cancel").told())
                .containsEntry("error", "access_denied")
                .containsEntry("state", "st");
    }

    @Test
    void aHintIsTypedAlready() {
        Browser browser = people.browser().open(authorize("login_hint", "alice"));
        assertThat(browser.form()).containsEntry("username", "alice");
        assertThat(browser.submit("password", "wonderland").title()).isEqualTo("Allow The shop?");
    }

    @Test
    void fiveWrongPasswordsOfAUserAreEnoughForAQuarterOfAnHour() {
        Browser browser = atLogin();
        for (int i = 0; i < 5; i++) {
            assertThat(browser.login("alice", "guess" + i).status()).isEqualTo(403);
        }
        people.clock.forward(Duration.ofMinutes(1));
        assertThat(browser.login("alice", "wonderland").status()).isEqualTo(429);
        assertThat(browser.problem()).isEqualTo("Too many tries. Try again in 14 minutes.");
        assertThat(browser.page().headers().firstValue("Retry-After")).hasValue("840");
        assertThat(atLogin().login("alice", "wonderland").status()).isEqualTo(429);
        assertThat(atLogin().login("bob", "builder").title()).isEqualTo("Allow The shop?");

        people.clock.forward(Duration.ofMinutes(14));
        assertThat(atLogin().login("alice", "wonderland").title()).isEqualTo("Allow The shop?");
    }

    @Test
    void aUserThatDoesNotExistIsLimitedLikeOneThatDoes() {
        Browser browser = atLogin();
        for (int i = 0; i < 5; i++) {
            assertThat(browser.login("nobody", "guess" + i).status()).isEqualTo(403);
        }
        assertThat(browser.login("nobody", "guess").problem()).isEqualTo("Too many tries. Try again in 15 minutes.");
    }

    @Test
    void aNameThatNobodyCanHaveIsWrongWithoutBeingCounted() {
        Browser browser = atLogin();
        for (int i = 0; i < 50; i++) {
            assertThat(browser.login("x".repeat(101), "guess").status()).isEqualTo(403);
        }
        assertThat(browser.login("x".repeat(101), "guess").status())
                .as("its address is counted")
                .isEqualTo(429);
    }

    @Test
    void theRightPasswordStartsTheCountAnew() {
        for (int round = 0; round < 3; round++) {
            Browser browser = atLogin();
            for (int i = 0; i < 4; i++) {
                assertThat(browser.login("alice", "guess" + i).status()).isEqualTo(403);
            }
            assertThat(browser.login("alice", "wonderland").title()).isEqualTo("Allow The shop?");
        }
    }

    @Test
    void anAddressMayTryFiftyTimesWhateverTheNames() {
        Browser browser = atLogin();
        for (int i = 0; i < 50; i++) {
            assertThat(browser.login("user" + i, "guess").status()).isEqualTo(403);
        }
        assertThat(browser.login("alice", "wonderland").status()).isEqualTo(429);
    }

    @Test
    void manyTriesAtOnceAreNotMoreThanOneAfterTheOther() throws Exception {
        ExecutorService guessers = Executors.newFixedThreadPool(12);
        try {
            List<Callable<Integer>> guesses = IntStream.range(0, 12)
                    .<Callable<Integer>>mapToObj(i -> {
                        Browser browser = atLogin();
                        return () -> browser.login("alice", "guess" + i).status();
                    })
                    .toList();
            int looked = 0;
            for (Future<Integer> status : guessers.invokeAll(guesses)) {
                looked += status.get() == 403 ? 1 : 0;
            }
            assertThat(looked).isEqualTo(5);
        } finally {
            guessers.shutdownNow();
        }
    }

    @Test
    void aFormIsGoodForOneAnswer() {
        Browser browser = atLogin();
        Map<String, String> form = browser.form("username", "alice", "password", "wonderland", "action", "login");
        assertThat(browser.post("/login", form).title()).isEqualTo("Allow The shop?");
        assertThat(browser.post("/login", form).title()).isEqualTo(EXPIRED);
    }

    @Test
    void aFormIsGoodInItsOwnBrowserAlone() {
        Browser attacker = atLogin();
        Map<String, String> form = attacker.form("username", "bob", "password", "builder", "action", "login");
        Browser victim = atLogin();
        assertThat(victim.post("/login", form).title()).isEqualTo(EXPIRED);
        assertThat(victim.cookies.keySet()).noneMatch(name -> name.startsWith("lintel-session-"));
    }

    @Test
    void thePagesOfOneBrowserAreNotShownInAnother() {
        Browser attacker = people.browser().openOnly(authorize());
        String flow = attacker.page().headers().firstValue("Location").orElseThrow();
        assertThat(flow).startsWith("/continue?flow=");
        assertThat(atLogin().open(flow).title()).isEqualTo(EXPIRED);
        assertThat(people.browser().open(flow).title()).isEqualTo(EXPIRED);
        assertThat(attacker.open(flow).title()).isEqualTo("Log in");
        assertThat(attacker.open(flow).title()).as("reloaded").isEqualTo("Log in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "../"})
    void aTicketThatWasNotGivenOutIsWorthNothing(String ticket) {
        Browser browser = atLogin();
        for (String path : List.of("/login", "/consent", "/device", "/device/decision", "/logout/decision")) {
            assertThat(browser.post(path, Map.of("ticket", ticket, "action", "allow"))
                            .title())
                    .as(path)
                    .isEqualTo(EXPIRED);
        }
    }

    @Test
    void aTicketForOneFormIsWorthNothingForAnother() {
        Browser browser = atLogin();
        Map<String, String> login = browser.form("action", "allow");
        assertThat(browser.post("/consent", login).title()).isEqualTo(EXPIRED);
        browser.open(authorize()).login("alice", "wonderland");
        Map<String, String> consent = browser.form("action", "login", "username", "bob", "password", "builder");
        assertThat(browser.post("/login", consent).title()).isEqualTo(EXPIRED);
    }

    @Test
    void aPageExpires() {
        Browser browser = atLogin();
        people.clock.forward(Duration.ofMinutes(15));
        assertThat(browser.login("alice", "wonderland").title()).isEqualTo(EXPIRED);
    }

    @Test
    void aSessionIsMadeAnewAtEachLogin() {
        Browser victim = people.browser();
        Browser attacker = people.known();
        victim.cookies.putAll(attacker.cookies);
        String planted = session(victim);
        assertThat(victim.open(authorize("prompt", "login"))
                        .login("bob", "builder")
                        .title())
                .isEqualTo("Allow The shop?");
        assertThat(session(victim)).isNotEqualTo(planted);
        assertThat(attacker.open(authorize("prompt", "none")).told("error"))
                .as("the planted session is over")
                .isEqualTo("login_required");
    }

    private static String session(Browser browser) {
        return browser.cookies.entrySet().stream()
                .filter(cookie -> cookie.getKey().startsWith("lintel-session-"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    @Test
    void aSessionThatIsMadeUpOrComesTwiceIsNone() {
        Browser browser = people.known();
        String name = browser.cookies.keySet().stream()
                .filter(one -> one.startsWith("lintel-session-"))
                .findFirst()
                .orElseThrow();
        String good = browser.cookies.put(name, "made-up");
        assertThat(browser.open(authorize("prompt", "none")).told("error")).isEqualTo("login_required");
        browser.cookies.put(name, good + "; " + name + "=" + good);
        assertThat(browser.open(authorize("prompt", "none")).told("error")).isEqualTo("login_required");
        browser.cookies.put(name, good);
        assertThat(browser.open(authorize("prompt", "none")).told()).containsKey("code");
    }

    @Test
    void aLoginLastsEightHours() {
        Browser browser = people.known();
        people.clock.forward(Duration.ofHours(8).minusSeconds(1));
        assertThat(browser.open(authorize()).told()).containsKey("code");
        people.clock.forward(Duration.ofSeconds(1));
        assertThat(browser.open(authorize()).title()).isEqualTo("Log in");
    }

    @Test
    void aClientMaySayHowLongAgoTheLoginMayBe() {
        Browser browser = people.known();
        people.clock.forward(Duration.ofSeconds(60));
        assertThat(browser.open(authorize("max_age", "60")).told()).containsKey("code");
        assertThat(browser.open(authorize("max_age", "59")).title()).isEqualTo("Log in");
        assertThat(browser.login("alice", "wonderland").told()).containsKey("code");
        assertThat(browser.open(authorize("max_age", "0")).title()).isEqualTo("Log in");
        assertThat(browser.login("alice", "wonderland").told()).containsKey("code");
        assertThat(browser.open(authorize("max_age", "0", "prompt", "none")).told("error"))
                .isEqualTo("login_required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "select_account", "login consent"})
    void aClientMayAskForALogin(String prompt) {
        Browser browser = people.known().open(authorize("prompt", prompt));
        assertThat(browser.title()).isEqualTo("Log in");
        browser.login("alice", "wonderland");
        if (prompt.contains("consent")) {
            browser.submit("action", "allow");
        }
        assertThat(browser.told()).containsKey("code");
    }

    @Test
    void loginAsAnswersWithoutPagesUntilItIsTakenBack() {
        people.server.loginAs("carol");
        Browser browser = people.browser();
        assertThat(browser.open(authorize()).told()).containsKey("code");
        assertThat(browser.open(authorize("prompt", "login consent")).told()).containsKey("code");
        assertThat(browser.open(authorize("prompt", "none", "max_age", "0")).told())
                .containsKey("code");
        assertThat(browser.cookies).isEmpty();
        assertThat(browser.open(authorize("scope", "admin")).told("error")).isEqualTo("invalid_scope");

        people.server.loginByPages();
        assertThat(browser.open(authorize()).title()).isEqualTo("Log in");
    }

    @Test
    void allLoginsCanBeForgotten() {
        Browser browser = people.known();
        people.server.loginAs("carol");
        people.server.forgetLogins();
        assertThat(browser.open(authorize()).title()).isEqualTo("Log in");
        assertThat(browser.login("alice", "wonderland").title()).isEqualTo("Allow The shop?");
    }

    @Test
    void usersAndClientsAreNamedApart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> people.server.user("alice", Secret.of("x")))
                .withMessage("user 'alice' is registered already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> people.server.user("shop", Secret.of("x")))
                .withMessage(
                        "a user must not be called like a client, because both become subjects, but 'shop' is one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> people.server.client("alice", Secret.of("x")))
                .withMessage(
                        "a client must not be called like a user, because both become subjects, but 'alice' is one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> people.server.user("tab\t", Secret.of("x")))
                .withMessage("a user's name must be 1 to 100 characters without control characters, but was 'tab\t'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> people.server.user("carol", Secret.of("x".repeat(1_001))))
                .withMessage("user 'carol': a password must have at most 1000 characters");
    }
}
