package dev.lintel.embedded.authorization;

import static dev.lintel.embedded.authorization.People.authorize;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each page keeps to: safe against other sites, and good to use for everybody. */
class PagesTest {
    private final People people = new People();

    @AfterEach
    void stop() {
        people.close();
    }

    /** One browser on each kind of page. */
    private List<Browser> everyPage() {
        return List.of(
                people.browser().open(authorize()),
                people.browser().open(authorize()).login("alice", "wrong"),
                people.browser().open(authorize()).login("bob", "builder"),
                people.browser().open("/device"),
                people.known().open("/device"),
                people.known().open("/logout"),
                people.browser().open("/logout"),
                people.browser().open("/continue?flow=x"),
                people.browser().open(authorize("client_id", "nobody")));
    }

    @Test
    void noPageCanBeFramedScriptedStoredOrToldOf() throws Exception {
        for (Browser browser : everyPage()) {
            String style = between(browser.html(), "<style>", "</style>");
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            assertThat(header(browser, "Content-Security-Policy"))
                    .startsWith("default-src 'none'; style-src 'sha256-"
                            + Base64.getEncoder().encodeToString(hash)
                            + "'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'")
                    .doesNotContain("unsafe");
            assertThat(header(browser, "Cache-Control")).isEqualTo("no-store");
            assertThat(header(browser, "Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(header(browser, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(browser, "X-Frame-Options")).isEqualTo("DENY");
            assertThat(header(browser, "Content-Type")).isEqualTo("text/html;charset=utf-8");
            assertThat(browser.html()).doesNotContainIgnoringCase("<script").doesNotContain("http://", "https://");
        }
    }

    @Test
    void redirectsAreNotStoredOrToldOfEither() {
        Browser browser = people.known().openOnly(authorize());
        assertThat(header(browser, "Cache-Control")).isEqualTo("no-store");
        assertThat(header(browser, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(browser.html()).isEmpty();
    }

    @Test
    void aFormMayLeadWhereItsClientIs() {
        assertThat(header(people.browser().open(authorize()), "Content-Security-Policy"))
                .endsWith("form-action 'self' https:");
        assertThat(header(people.known().open("/device"), "Content-Security-Policy"))
                .endsWith("form-action 'self'");
    }

    @Test
    void everyPageIsGoodHtml() {
        for (Browser browser : everyPage()) {
            String html = browser.html();
            assertThat(html).startsWith("<!DOCTYPE html>\n<html lang=\"en\">").endsWith("</html>\n");
            assertThat(browser.title()).isNotBlank();
            assertThat(all(html, "<h1>")).hasSize(1);
            assertThat(all(html, "<main>")).hasSize(1);
            assertThat(all(html, " autofocus").size()).isLessThanOrEqualTo(1);
            List<String> labels = all(html, "<label for=\"([^\"]*)\">").stream()
                    .map(label -> label.group(1))
                    .toList();
            List<String> fields = all(html, "<input id=\"([^\"]*)\"").stream()
                    .map(field -> field.group(1))
                    .toList();
            assertThat(labels).isEqualTo(fields);
            assertThat(all(html, "<input (?!id=)(?!type=\"hidden\")")).isEmpty();
            for (MatchResult tag :
                    all(html, "<(p|h1|ul|li|code|strong|form|div|button|label|main|footer|style|title)\\b")) {
                assertThat(all(html, "<" + tag.group(1) + "\\b"))
                        .as(tag.group(1))
                        .hasSameSizeAs(all(html, "</" + tag.group(1) + ">"));
            }
            assertThat(all(html, " id=\"([^\"]*)\"").stream().map(id -> id.group(1)))
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' autofocus onfocus='alert(1)",
                "</title></style><script>alert(1)</script>",
                "{}",
                "&lt;b&gt;"
            })
    void nothingThatIsSentBecomesMarkup(String text) {
        for (String name : List.of(
                "client_id",
                "redirect_uri",
                "response_type",
                "scope",
                "state",
                "nonce",
                "login_hint",
                "prompt",
                "max_age",
                "resource",
                "dpop_jkt",
                "request_uri",
                "id_token_hint",
                text)) {
            check(people.browser().open(authorize(name, text)), text);
        }
        check(people.browser().open(authorize()).login(text, "guess"), text);
        check(people.browser().open("/continue?" + Browser.encoded(Map.of("flow", text))), text);
        check(people.known().open("/device?" + Browser.encoded(Map.of("user_code", text))), text);
        check(people.known().open("/device").submit("user_code", text), text);
        check(people.known().open("/logout?" + Browser.encoded(Map.of("post_logout_redirect_uri", text))), text);
        check(people.known().open("/logout?" + Browser.encoded(Map.of("state", text))), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{}"})
    void noNameBecomesMarkup(String text) {
        people.server.user(text, Secret.of("p"));
        people.server.client(People.shop("evil").name(text));
        Browser browser = people.browser().open(authorize("client_id", "evil"));
        check(browser, text);
        assertThat(browser.text()).contains("to continue to " + text);
        check(browser.login(text, "p"), text);
        assertThat(browser.text()).startsWith("Allow " + text + "? It asks for access to your account " + text);
        check(browser.open("/logout"), text);
    }

    private static void check(Browser browser, String text) {
        if (text.contains("<") || text.contains("'")) {
            assertThat(browser.html()).doesNotContain(text);
        }
        assertThat(browser.html()).doesNotContain("<script", "<img", "onfocus='");
        assertThat(browser.page().headers().map()).doesNotContainKey("onerror");
    }

    @Test
    void onHttpsCookiesBelongToThisHostAlone() {
        try (AuthorizationServer server = AuthorizationServer.start(s -> s.issuer(URI.create("https://id.example"))
                .signingAlgorithm(SigningAlgorithm.ES256)
                .login(l -> l.passwordRounds(1_000)))) {
            server.client(People.shop("shop"));
            try (Wire wire = new Wire(server.address())) {
                String answer = wire.send(
                                "GET " + authorize() + " HTTP/1.1\r\nHost: id.example\r\nConnection: close\r\n\r\n")
                        .rest();
                assertThat(answer)
                        .containsPattern("(?i)set-cookie: __Host-lintel-visit=[A-Za-z0-9_-]{43};"
                                + " Max-Age=86400; Path=/; HttpOnly; SameSite=Lax; Secure\r\n");
            }
        }
    }

    @Test
    void onHttpTheyAreNamedByPort() {
        Browser browser = people.browser().openOnly(authorize());
        assertThat(browser.page().headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .matches("lintel-visit-" + people.server.issuer().getPort()
                        + "=[A-Za-z0-9_-]{43}; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax");
    }

    private static String header(Browser browser, String name) {
        assertThat(browser.page().headers().allValues(name)).as(name).hasSize(1);
        return browser.page().headers().firstValue(name).orElseThrow();
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }

    private static List<MatchResult> all(String html, String pattern) {
        return Pattern.compile(pattern).matcher(html).results().toList();
    }
}
