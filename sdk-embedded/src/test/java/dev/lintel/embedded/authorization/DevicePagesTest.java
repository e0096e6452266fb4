package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users let in devices that have no browser (RFC 8628). */
class DevicePagesTest {
    private final People people = new People();
    private final Caller caller = new Caller(people.server);

    @BeforeEach
    void register() {
        people.server.client(ClientRegistration.publicClient("tv")
                .name("Television")
                .scopes("openid", "orders.read")
                .grants(GrantTypes.DEVICE_CODE));
    }

    @AfterEach
    void stop() {
        people.close();
    }

    private JsonNode device() {
        return Caller.json(post("/device_authorization", "client_id=tv").body());
    }

    private HttpResponse<String> poll(JsonNode device) {
        return post(
                "/token",
                Browser.encoded(Map.of(
                        "grant_type",
                        GrantTypes.DEVICE_CODE,
                        "client_id",
                        "tv",
                        "device_code",
                        device.get("device_code").textValue())));
    }

    private HttpResponse<String> post(String path, String form) {
        return caller.send("POST", path, form, "Content-Type", "application/x-www-form-urlencoded");
    }

    private String error(JsonNode device) {
        people.clock.forward(Duration.ofSeconds(30));
        return Caller.json(poll(device).body()).get("error").textValue();
    }

    private static String code(JsonNode device) {
        return device.get("user_code").textValue();
    }

    @Test
    void aUserLogsInTypesTheCodeAndAllows() {
        JsonNode device = device();
        assertThat(error(device)).isEqualTo("authorization_pending");
        Browser browser = people.browser().open(device.get("verification_uri").textValue());
        assertThat(browser.text()).isEqualTo("Log in with your account here. User name Password Log in");
        browser.login("alice", "wonderland");
        assertThat(browser.text()).isEqualTo("Connect a device Type the code that the device shows. Code Continue");
        browser.submit(
                "user_code", code(device).toLowerCase(java.util.Locale.ROOT).replace("-", " "));
        assertThat(browser.text())
                .isEqualTo("Allow Television? A device asks for access to your account alice : Know who you are openid"
                        + " See your orders orders.read Allow it only if it is yours, and shows this code now: "
                        + code(device) + " Allow Deny");
        browser.submit("action", "allow");
        assertThat(browser.text()).isEqualTo("Device connected You can close this page and go on at the device.");

        people.clock.forward(Duration.ofSeconds(30));
        HttpResponse<String> answer = poll(device);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Caller.json(answer.body()).get("scope").textValue()).isEqualTo("openid orders.read");
        String token = Caller.json(answer.body()).get("access_token").textValue();
        assertThat(caller.send("GET", "/userinfo", "", "Authorization", "Bearer " + token)
                        .body())
                .isEqualTo("{\"sub\":\"alice\"}");
    }

    @Test
    void anAddressWithTheCodeLeadsToTheQuestion() {
        JsonNode device = device();
        Browser browser = people.browser()
                .open(device.get("verification_uri_complete").textValue())
                .login("alice", "wonderland");
        assertThat(browser.title()).isEqualTo("Allow Television?");
        assertThat(browser.text()).contains("shows this code now: " + code(device));
        assertThat(error(device)).as("opening it allows nothing").isEqualTo("authorization_pending");
    }

    @Test
    void aUserMayDeny() {
        JsonNode device = device();
        Browser browser = people.known().open("/device").submit("user_code", code(device));
        assertThat(browser.submit("action", "deny").text())
                .isEqualTo("Device refused It gets no access to your account.");
        assertThat(error(device)).isEqualTo("access_denied");
    }

    @Test
    void aWrongCodeIsToldAndTenAreEnough() {
        Browser browser = people.known().open("/device");
        for (int i = 0; i < 10; i++) {
            browser.submit("user_code", "WRNG-CODE");
            assertThat(browser.status()).isEqualTo(400);
            assertThat(browser.title()).isEqualTo("Problem: Connect a device");
            assertThat(browser.problem()).isEqualTo("No device waits for this code. Look at the device again.");
        }
        JsonNode device = device();
        assertThat(browser.submit("user_code", code(device)).status()).isEqualTo(429);
        assertThat(browser.problem()).isEqualTo("Too many wrong codes. Try again in 15 minutes.");
        assertThat(browser.page().headers().firstValue("Retry-After")).hasValue("900");
        assertThat(browser.open("/device?user_code=" + code(device)).status()).isEqualTo(429);
        people.clock.forward(Duration.ofMinutes(15));
        assertThat(browser.open("/device").submit("user_code", code(device())).title())
                .isEqualTo("Allow Television?");
    }

    @Test
    void aCodeThatHasExpiredMeanwhileIsTold() {
        JsonNode device = device();
        Browser browser = people.known().open("/device").submit("user_code", code(device));
        people.clock.forward(Duration.ofMinutes(10));
        assertThat(browser.submit("action", "allow").text())
                .isEqualTo("This device no longer waits Its code has expired or was used. Start again at the device.");
    }

    @Test
    void anAnswerCountsOnceAndInItsOwnBrowser() {
        JsonNode device = device();
        Browser alice = people.known().open("/device").submit("user_code", code(device));
        Map<String, String> form = alice.form("action", "allow");
        Browser bob = people.browser().open(People.authorize()).login("bob", "builder");
        assertThat(bob.post("/device/decision", form).title()).isEqualTo("This page has expired");
        assertThat(alice.post("/device/decision", form).title()).isEqualTo("This page has expired");
        assertThat(error(device)).isEqualTo("authorization_pending");
    }

    @Test
    void aDeviceIsLetInOnce() {
        JsonNode device = device();
        Browser alice = people.known().open("/device").submit("user_code", code(device));
        Browser bob = people.browser().open(People.authorize()).login("bob", "builder");
        bob.open("/device").submit("user_code", code(device)).submit("action", "allow");
        assertThat(bob.title()).isEqualTo("Device connected");
        assertThat(alice.submit("action", "allow").title()).isEqualTo("This device no longer waits");
    }

    @Test
    void loginAsLetsDevicesInAtOnce() {
        people.server.loginAs("carol");
        JsonNode device = device();
        assertThat(people.browser()
                        .open(device.get("verification_uri_complete").textValue())
                        .title())
                .isEqualTo("Device connected");
        people.clock.forward(Duration.ofSeconds(30));
        assertThat(poll(device).statusCode()).isEqualTo(200);
        assertThat(people.browser().open("/device?user_code=WRNG-CODE").title())
                .isEqualTo("This device no longer waits");
    }
}
