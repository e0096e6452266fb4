package dev.lintel.embedded.authorization;

import static dev.lintel.embedded.authorization.People.authorize;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Secret;
import dev.lintel.embedded.log.LogWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What opens something on the way by the browser, and must not be seen anywhere but there. */
class FrontSecretsTest {
    private static final String PASSWORD = "c4n4ry-5d1b7e";

    private final List<String> secrets = new ArrayList<>(List.of(PASSWORD));
    private final List<String> seen = new ArrayList<>();

    @Test
    void noPasswordCodeSessionOrTicketIsLoggedOrPrinted() {
        try (LogWatch logs = LogWatch.open();
                People people = new People()) {
            people.server.user("carol", Secret.of(PASSWORD));
            useEverything(people);
            seen.add(people.server.toString());
            seen.add(people.server.journal().toString());
            seen.add(people.server.requests().toString());
            assertThat(logs.lines())
                    .anyMatch(line -> line.contains("a user has logged in"))
                    .anyMatch(line -> line.contains("a login was refused"));
            seen.addAll(logs.lines());
        }
        assertThat(secrets).hasSizeGreaterThan(12).allMatch(secret -> secret.length() > 8);
        for (String secret : secrets) {
            assertThat(seen).noneMatch(line -> line.contains(secret));
        }
    }

    private void useEverything(People people) {
        Browser browser = people.browser().openOnly(authorize("state", "c4n4ry-state", "nonce", "c4n4ry-nonce"));
        String flow = browser.page().headers().firstValue("Location").orElseThrow();
        secrets.add(flow.substring(flow.indexOf('=') + 1));
        secrets.addAll(List.of("c4n4ry-state", "c4n4ry-nonce"));
        browser.open(flow);
        secrets.add(browser.form().get("ticket"));
        browser.login("carol", PASSWORD + "x").login(PASSWORD, PASSWORD);
        seen.add(browser.html().replace(" value=\"" + PASSWORD + "\"", ""));
        browser.login("carol", PASSWORD);
        seen.add(browser.page().headers().map().toString());
        secrets.addAll(browser.cookies.values());
        secrets.add(browser.form().get("ticket"));
        Map<String, String> consent = browser.form("action", "allow");
        secrets.add(browser.post("/consent", consent).told("code"));
        seen.add(browser.post("/consent", consent).html());

        Caller caller = new Caller(people.server);
        String push = caller.send(
                        "POST",
                        "/par",
                        Browser.encoded(People.request()) + "&client_secret=s3cret-c4n4ry",
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                .body();
        seen.add(push);
        secrets.add("s3cret-c4n4ry");
        JsonNode pushed = Caller.json(caller.send(
                        "POST",
                        "/par",
                        Browser.encoded(People.request()),
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Authorization",
                        Caller.basic("shop", "s3cret"))
                .body());
        String uri = pushed.get("request_uri").textValue();
        secrets.add(uri.substring(uri.lastIndexOf(':') + 1));
        String named = "/authorize?" + Browser.encoded(Map.of("client_id", "shop", "request_uri", uri));
        secrets.add(browser.open(named).told("code"));
        seen.add(browser.open(named).html());

        seen.add(browser.open("/continue?flow=" + PASSWORD).html());
        seen.add(browser.open("/authorize?password=" + PASSWORD).html());
        seen.add(browser.post("/login", "password=" + PASSWORD + "&password=" + PASSWORD)
                .html());
        seen.add(browser.post("/login", "%" + PASSWORD).html());
        browser.open("/logout");
        secrets.add(browser.form().get("ticket"));
        browser.submit("action", "logout");
        seen.add(browser.html());
        seen.add(new Caller(people.server)
                .send("GET", "/userinfo?access_token=" + PASSWORD, "", "Authorization", "Bearer " + PASSWORD)
                .body());
    }
}
