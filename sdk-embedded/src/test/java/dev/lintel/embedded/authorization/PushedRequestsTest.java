package dev.lintel.embedded.authorization;

import static dev.lintel.embedded.authorization.People.authorize;
import static dev.lintel.embedded.authorization.People.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Secret;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that clients push themselves (RFC 9126). */
class PushedRequestsTest {
    private static final String NOT_GOOD = "This request cannot be answered";

    private final People people = new People();

    @AfterEach
    void stop() {
        people.close();
    }

    private HttpResponse<String> push(String secret, Map<String, String> form) {
        return new Caller(people.server)
                .send(
                        "POST",
                        "/par",
                        Browser.encoded(form),
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Authorization",
                        Caller.basic("shop", secret));
    }

    private String pushed(String... more) {
        return Caller.json(push("s3cret", request(more)).body())
                .get("request_uri")
                .textValue();
    }

    private static String named(String uri, String client) {
        return "/authorize?" + Browser.encoded(Map.of("client_id", client, "request_uri", uri));
    }

    @Test
    void aRequestThatWasPushedIsAnsweredByItsName() {
        HttpResponse<String> answer = push("s3cret", request());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        JsonNode json = Caller.json(answer.body());
        assertThat(json.fieldNames()).toIterable().containsExactly("request_uri", "expires_in");
        assertThat(json.get("expires_in").intValue()).isEqualTo(60);
        String uri = json.get("request_uri").textValue();
        assertThat(uri).matches("urn:ietf:params:oauth:request_uri:[A-Za-z0-9_-]{43}");

        Browser browser = people.browser().open(named(uri, "shop"));
        assertThat(browser.login("alice", "wonderland")
                        .submit("action", "allow")
                        .told())
                .containsKey("code")
                .containsEntry("state", "st");
    }

    @Test
    void whatTheBrowserAddsIsNotBelieved() {
        String target = named(pushed("scope", "orders.read"), "shop")
                + "&scope=orders.write&state=other&redirect_uri=https%3A%2F%2Fevil.example%2F";
        Browser browser = people.browser().open(target).login("alice", "wonderland");
        assertThat(browser.text()).contains("orders.read").doesNotContain("orders.write");
        assertThat(browser.submit("action", "allow").told()).containsEntry("state", "st");
    }

    @Test
    void itIsGoodOnce() {
        String uri = pushed();
        assertThat(people.browser().open(named(uri, "shop")).title()).isEqualTo("Log in");
        Browser again = people.browser().open(named(uri, "shop"));
        assertThat(again.title()).isEqualTo(NOT_GOOD);
        assertThat(again.text())
                .contains("request_uri is not one that this client has pushed within the last minute and not used yet");
    }

    @Test
    void itIsGoodForAMinute() {
        String first = pushed();
        String second = pushed();
        people.clock.forward(Duration.ofSeconds(59));
        assertThat(people.browser().open(named(first, "shop")).title()).isEqualTo("Log in");
        people.clock.forward(Duration.ofSeconds(1));
        assertThat(people.browser().open(named(second, "shop")).title()).isEqualTo(NOT_GOOD);
    }

    @Test
    void anotherClientGetsNothingAndSpoilsNothing() {
        people.server.client(People.shop("other"));
        String uri = pushed();
        assertThat(people.browser().open(named(uri, "other")).title()).isEqualTo(NOT_GOOD);
        assertThat(people.browser().open(named(uri, "shop")).title()).isEqualTo("Log in");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redirect_uri|https://evil.example/|400|invalid_request",
                "scope|admin|400|invalid_scope",
                "code_challenge|''|400|invalid_request",
                "response_type|token|400|unsupported_response_type",
                "request_uri|urn:ietf:params:oauth:request_uri:x|400|invalid_request",
                "request|e30.e30.|400|request_not_supported",
                "client_id|other|400|invalid_request",
            })
    void aBadRequestIsRefusedWhereItIsPushed(String name, String value, int status, String error) {
        HttpResponse<String> answer = push("s3cret", request(name, value));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Caller.json(answer.body()).get("error").textValue()).isEqualTo(error);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void aClientThatDoesNotProveItselfPushesNothing() {
        HttpResponse<String> answer = push("wrong", request());
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Caller.json(answer.body()).get("error").textValue()).isEqualTo("invalid_client");
    }

    @Test
    void aServerMayInsist() {
        try (AuthorizationServer server = AuthorizationServer.start(s -> s.signingAlgorithm(SigningAlgorithm.ES256)
                .login(l -> l.passwordRounds(1_000).pushedRequestsOnly()))) {
            server.client(People.shop("shop"));
            server.user("alice", Secret.of("wonderland"));
            assertThat(new Browser(server).open(authorize()).told())
                    .containsEntry("error", "invalid_request")
                    .containsEntry("error_description", "requests must be pushed first and named by request_uri");
            JsonNode metadata = Caller.json(new Caller(server)
                    .get("/.well-known/oauth-authorization-server")
                    .body());
            assertThat(metadata.get("require_pushed_authorization_requests").booleanValue())
                    .isTrue();
            assertThat(metadata.get("pushed_authorization_request_endpoint").textValue())
                    .isEqualTo(server.issuer() + "/par");
        }
    }
}
